"""A signed contract is read from the words of a mail or of a file, point by point. Pure, and linear in the text.

page.py       the text, of which everything that was read is taken out, so that nothing is read twice
terms.py      from when until when
renewals.py   whether it renews, and the notice
artwork.py    who sends the artwork
months.py     the issues of the magazine that words name
promises.py   what is promised, clause by clause
values.py     what it is worth
reading.py    all of it together
comparing.py  where a mail and its file say different things
correcting.py "3 is May-Oct": a point is read anew
"""
