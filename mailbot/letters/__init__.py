"""Template and facts become a letter, and a letter becomes bytes. Pure: no I/O once the templates are loaded."""

from mailbot.letters.compose import compose
from mailbot.letters.model import Draft, Enclosure, Language, Letter, Letterhead, Plain, Recipient, Thread
from mailbot.letters.refs import SignedRef, decision_key, decision_of, is_genuine, sign
from mailbot.letters.templates import Templates, Unwritten, Written

__all__ = [
    "Draft",
    "Enclosure",
    "Language",
    "Letter",
    "Letterhead",
    "Plain",
    "Recipient",
    "SignedRef",
    "Templates",
    "Thread",
    "Unwritten",
    "Written",
    "compose",
    "decision_key",
    "decision_of",
    "is_genuine",
    "sign",
]
