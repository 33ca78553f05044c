"""What becomes of a contract that runs: it changes, goes on or is cancelled, or money goes back. A colleague says so,
its owner confirms it point by point; whether money goes back is decided by who manages.

facts.py      what was read, and what waits for a word
said.py       which kind of change a mail says, and in which words
amending.py   what is added, moved, taken out, and what it is worth then
ending.py     the last day of a contract that is cancelled, and what falls away with it
renewing.py   the contract that follows another: the same things, moved
comparing.py  its lines beside those of the file that came with it
against.py    the words read against the contract they are about
points.py     the numbered points, as a letter lists them
planning.py   what holds after the OK, as what it does to the records
correcting.py "2 is 30 June", "drop 3"
reading.py    what a mail is: a change, or the answer to a question about one
recalling.py  the contracts that a mail names, and the changes that wait
actions.py    what it does to the records
billing.py    a change as it is handed to billing
letters.py    the letters
verbs.py      what the rules may say of it
"""
