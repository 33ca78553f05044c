"""A year at the desk: a company made from a seed, people who answer its letters, and what must never happen in it.

company.py   who there is: staff, clients, contracts with what they promise
actors.py    who answers what, from the words of a letter alone
postman.py   the two doors of the desk: letters reach their readers, mails and bounces come back at their hours
diary.py     what was seen at these doors, in its order
figures.py   the figures of a month, counted from the diary
watching.py  what must never happen, looked for in the diary
"""
