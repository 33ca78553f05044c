"""Accuracy: what the desk reads in a folder of mails, written down in the form in which somebody else scores it.

A folder is read without its labels. Every prediction comes from the code that the service runs.

measuring.py   a whole folder: the predictions as JSON, the speed as a table
predicting.py  a mail of a folder, what is predicted of it, and how long that took
strangers.py   mails that a desk which knows nobody reads: replies, automatic mail, odd mail, bounces
world.py       a small company as a file describes it, its desk, and a moment in it of which nothing stays
judging.py     a mail at that desk: everything that comes of it
attacks.py     hostile mails in a company
numbers.py     the mails of reps, in a company with their clients
"""
