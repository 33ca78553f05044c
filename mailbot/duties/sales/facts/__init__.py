"""What this duty knows of a mail: frozen facts, each with the words it was read from.

kinds.py    what mails and questions are called
doubts.py   why a line was not booked
particulars.py  what a line says of money and matter
lines.py    what was read, line by line
cards.py    what the records say of lines
answers.py  corrections, and answers to questions
known.py    all that the records say about one mail
"""
