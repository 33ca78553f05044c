"""A letter of ours came back: what follows for its address, and what a colleague answers about that."""
