"""People, clients and contracts from a CSV file: bytes → lines → columns → rows → records, every bad row named.

sheet.py       bytes → lines: charset, separator, quotes
columns.py     the first line → which column holds what
cells.py       a cell → a word, a day, an amount, a number, or why not
rows.py        a line → the values of one person or of one client, or why not
register.py    the people, clients and addresses that are known already
rehearsing.py  a pen that writes nothing, to see beforehand what will happen
people.py      rows → people: the frozen action that writes them
clients.py     rows → clients and their contacts: the frozen action that writes them
contract_rows.py, contract_register.py, contracts.py
               the same for contracts with what they promise, and for the figures of months
reading.py     all of it together: what a file comes to, before anything is written
"""
