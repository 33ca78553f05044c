"""The names of this duty: the kinds of its mails, that rules ask for, of its questions, and of letters that several
places know."""

from __future__ import annotations

from typing import Final

NAME: Final = "issues"

# --- kinds of mails: from clients and strangers ---
ISSUE: Final = "issue"
FOLLOW_UP: Final = "follow-up"
GOOD: Final = "good"
THANKS: Final = "thanks"
# --- from machines ---
ROBOT: Final = "robot"
# --- from colleagues and departments ---
ANSWER: Final = "answer"
CALLED: Final = "called"
DONE: Final = "done"
MAY_BE_SENT: Final = "may-be-sent"
NOTE: Final = "note"
ORDER: Final = "order"
PROMISE: Final = "promise"

KINDS: Final = (
    ISSUE,
    FOLLOW_UP,
    GOOD,
    THANKS,
    ROBOT,
    ANSWER,
    CALLED,
    DONE,
    MAY_BE_SENT,
    NOTE,
    ORDER,
    PROMISE,
)

# --- kinds of questions ---
DONE_QUESTION: Final = "issue-done"
MAY_SEND: Final = "issue-may-send"  # may this answer go to the angry client?
IS_GOOD: Final = "issue-good"  # the client is asked whether all is good now

# --- the purposes of the letters that ask whether an issue is done, or may be answered with DONE ---
TOLD: Final = "issue-told"
TOLD_MORE: Final = "issue-more"
ALARMED: Final = "issue-alarm"
HANDED: Final = "issue-handed"
ASKING_DONE: Final = (TOLD, TOLD_MORE, ALARMED, HANDED)
