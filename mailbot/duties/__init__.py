"""One folder for each duty of a coordinator, all furnished alike.

__init__.py   DUTY: what the duty is, and what it hands to the kernel
facts.py      what can be read in a mail, frozen
reading.py    message and Known → a finding with such facts, and the words they were read from   (pure)
verbs.py      what its rules may say, and what that comes to                                     (pure)
letters.py    what it writes                                                                     (pure)
actions.py    its frozen actions, and what each does to the records
recalling.py  what it wants to know from the records about a mail, where the kernel's Known is not enough
tables.py     its tables
upkeep.py     what falls due by the clock
"""
