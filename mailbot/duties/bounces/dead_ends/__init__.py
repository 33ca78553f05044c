"""What a colleague says of clients who are no longer reached, and what a client gives instead."""
