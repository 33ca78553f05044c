"""Contacts who are away or have left, and who follows them."""
