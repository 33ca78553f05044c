"""Reports: what was sold in a span of days beside its plan, by letter, in the terminal, and again when it changes."""
