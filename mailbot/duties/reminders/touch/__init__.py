"""Keeping in touch: how satisfied clients are, what they ask about prices, and the talks they wish for."""
