"""An angry client: what they wrote before, by when they want it done, the call that is owed, and the one short answer
that a person allows. Nothing automatic reaches them meanwhile."""
