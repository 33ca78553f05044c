"""What was sold to the client who writes: which of it a mail is about, its pages on the web, its stored figures."""
