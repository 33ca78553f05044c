"""What the mails, and the questions of this duty, are called."""

from __future__ import annotations

from typing import Final

NAME: Final = "sales"
# The kinds of mails that this duty reads.
NUMBERS, CORRECTION, CLIENT_ANSWER, LATE_ANSWER = "numbers", "correction", "client-answer", "late-answer"
RESEND_ANSWER: Final = "resend-answer"
TOTAL_ANSWER: Final = "total-answer"
NEWCOMER, HALVES = "new-client", "halves"  # answers to "which client?" that are none of the choices
# The kinds of the questions that letters of this duty ask.
WHICH_CLIENT: Final = "which-client"
NEW_CLIENT: Final = "new-client"  # may a client be created, and under which name
IN_HALVES: Final = "in-halves"  # is a line to be parted between two clients
YOURS: Final = "yours"  # asked of the owner of the client that a rep has named
SHEET_TOTAL: Final = "sheet-total"  # asked of a rep whose table has another total than its rows
RESENT: Final = "resent"  # asked of a rep who sends another amount for a client on the same day
WAS_IT_YOU: Final = "was-it-you"  # asked of the rep whose name a mail bears that came from elsewhere

DAYS_ALIKE: Final = 4  # so long after a sale, one of the same client and amount may be the same one, told again
