"""Workbooks are opened here, in a process of their own, and nowhere else: bytes in, frozen values out.

It is a floor of its own, below `message/`, because nowhere on the road would be the place for it. One cell far down
makes the library abort whatever process it runs in, and a small file can unpack to gigabytes: that takes another
process. `message/` and the duties may know no processes, and the records may not be locked while a file is opened. So
`service/` has it done in the worker process that has just read the mail, before anybody is asked about it, and puts
what was found into the Message; from there on everything is pure again.

Nothing is imported here: the child imports this package too, and has to be there at once.
"""
