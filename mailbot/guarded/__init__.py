"""Work on bytes that nobody trusts is done by a child process with limits: bytes in, bytes out, and nothing else.

Nothing is imported here: the child imports this package too, and has to be there at once.

running.py  the desk's side: starts the child, and says how it ended
limits.py   the child's side: what it may use
"""
