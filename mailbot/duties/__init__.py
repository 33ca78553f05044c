"""One folder for each duty of a coordinator, all furnished alike.

    __init__.py   DUTY: what the duty is, and what it hands to the kernel
    reading.py    message and Known → frozen facts, each with the words it was read from            (pure)
    verbs.py      what its rules may say, and what that comes to                                     (pure)
    actions.py    its frozen actions, and what each does to the records
    recalling.py  what it wants to know from the records about a mail, where the kernel's Known is not enough
    tables.py     its tables
    upkeep.py     open records and the moment → what is due                                          (pure)
"""
