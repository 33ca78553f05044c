"""Benefits that a client has paid for and not used: the ladder of reminders, and what clients answer."""
