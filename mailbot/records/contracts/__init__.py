"""What was sold and has to be delivered: contracts, what each of them holds, and what was seen of it.

tables.py          the tables
tables_in_words.py the words in which people are told of them
cards.py           frozen cards of contracts, and the queries that fill them
actions.py         what more than one duty does to them
magazine.py        the issues of the magazine, as people say them
dates.py           the last day of a contract, and the last one to give notice
"""
