"""Rule files become a rule book; a reading, what is known, the rule book and the moment become a decision. Pure."""
