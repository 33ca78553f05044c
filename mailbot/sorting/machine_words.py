"""Signs of a machine in what it says: for the many that write no header, in the languages our clients write.

Only the new words of a mail are read, so that our own letter quoted below is never taken for the sender's; and only
the first few thousand characters, because machines come to the point.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import re2

from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting import machine_phrases as phrases
from mailbot.sorting.model import Automatic, AutomaticKind

_READ = 3000  # characters of the new words
_AT_ONCE = timedelta(seconds=120)  # no person reads a letter and answers it in less
_CLOCKS_DIFFER = timedelta(seconds=30)
_ANY_REPLY_SUBJECT = phrases.ANSWER_SUBJECTS + phrases.ABSENCE_SUBJECTS


# Those that leave gaps of many words are not among them: with them the automaton of all grows without end.
_FAMILIES = (phrases.SAYS_SO, phrases.RECEIPT, phrases.ABSENT, phrases.WELCOME, phrases.CHALLENGE_WORD)
_ANY_FAMILY = re2.Set.SearchSet()
for _family in _FAMILIES:
    _ANY_FAMILY.Add(_family.pattern)
_ANY_FAMILY.Compile()


def bounce_subject(message: Message, _known: Known) -> Automatic | None:
    """The subjects of mail systems, at the very start: a forwarded bounce is a person's mail."""
    subject = _folded(message.subject)
    if subject in phrases.BOUNCE_SUBJECTS_ALONE or subject.startswith(phrases.BOUNCE_SUBJECTS):
        return Automatic(AutomaticKind.BOUNCE, f"its subject is that of a bounce: {message.subject[:80]}")
    return None


def challenge(message: Message, _known: Known) -> Automatic | None:
    """A mail that asks us to prove by a click that we are people."""
    said = _said(message)
    found = phrases.CHALLENGE.search(said) if phrases.CHALLENGE_WORD in _families_in(said) else None
    return Automatic(AutomaticKind.CHALLENGE, f'it wants a proof: "{found[0][:120]}"') if found else None


def auto_reply_subject(message: Message, _known: Known) -> Automatic | None:
    """ "Automatic reply: …" in the languages that mail programs speak, at the very start of the subject."""
    subject = _folded(message.subject).lstrip("[(*<# ")
    if not subject.startswith(_ANY_REPLY_SUBJECT):
        return None
    said = next((words for words in phrases.ANSWER_SUBJECTS if subject.startswith(words)), None)
    if said is None:
        said = next((words for words in phrases.ABSENCE_SUBJECTS if _stands_alone(subject, words)), None)
    return Automatic(AutomaticKind.AUTO_REPLY, f"its subject begins with {said!r}") if said else None


def receipt_subject(message: Message, _known: Known) -> Automatic | None:
    """ "Ticket 12 received", "Eingangsbestätigung": the subject of a ticket system."""
    subject = _folded(message.subject)
    found = phrases.RECEIPT_SUBJECT.search(subject) if any(map(subject.__contains__, phrases.OF_RECEIPTS)) else None
    return Automatic(AutomaticKind.AUTO_REPLY, f'its subject acknowledges: "{found[0]}"') if found else None


def says_it_is_a_machine(message: Message, _known: Known) -> Automatic | None:
    """ "This is an automated message", "please do not reply to this mail"."""
    found = _search(phrases.SAYS_SO, _said(message))
    return Automatic(AutomaticKind.MACHINE, f'it says so: "{found[0][:120]}"') if found else None


def ticket_receipt(message: Message, known: Known) -> Automatic | None:
    """ "Your request #55812 has been received": with a number, with a promise, or faster than a person answers."""
    said = _said(message)
    found = _search(phrases.RECEIPT, said)
    if found is None:
        return None
    beside = (
        phrases.NUMBERED.search(f"{_folded(message.subject)} {said}")
        or phrases.PROMISE.search(said)
        or phrases.WELCOME_OF_A_MACHINE.search(said)
    )
    if beside:
        return Automatic(AutomaticKind.AUTO_REPLY, f'it acknowledges: "{found[0][:100]}", "{beside[0][:60].strip()}"')
    if at_once := seconds_after_our_letter(message.date, known):
        return Automatic(AutomaticKind.AUTO_REPLY, f'it acknowledges: "{found[0][:100]}", {at_once}')
    return None


def absence_note(message: Message, known: Known) -> Automatic | None:
    """An absence, thanks for a mail and what to do meanwhile; a person who is away on Friday says less."""
    said = _said(message)
    found = _search(phrases.ABSENT, said)
    if found is None:
        return None
    if phrases.THANKS.search(said) and (until := phrases.UNTIL_THEN.search(said)):
        return Automatic(AutomaticKind.AUTO_REPLY, f'it is an absence note: "{found[0]}", "{until[0]}"')
    if at_once := seconds_after_our_letter(message.date, known):
        return Automatic(AutomaticKind.AUTO_REPLY, f'it is an absence note: "{found[0]}", {at_once}')
    return None


def thank_you_note(message: Message, known: Known) -> Automatic | None:
    """Thanks for contacting us, we shall be in touch: sure only where it is a phrase of machines, or comes at once."""
    said = _said(message)
    welcome = _search(phrases.WELCOME, said)
    promise = phrases.PROMISE.search(said) if welcome else None
    if not (welcome and promise):
        return None
    if sure := phrases.WELCOME_OF_A_MACHINE.search(said):
        return Automatic(AutomaticKind.AUTO_REPLY, f'it welcomes: "{sure[0]}", "{promise[0][:80]}"')
    if at_once := seconds_after_our_letter(message.date, known):
        return Automatic(AutomaticKind.AUTO_REPLY, f'it welcomes: "{welcome[0]}", {at_once}')
    return None


def families_said(message: Message) -> frozenset[re2._Regexp]:
    """The families of which a phrase stands in the new words: in most mails none does."""
    return _families_in(_said(message))


def may_have_come_at_once(message: Message) -> bool:
    """Whether it says what a machine says at once, and a person later."""
    said = _said(message)
    if _search(phrases.RECEIPT, said) or _search(phrases.ABSENT, said):
        return True
    return bool(_search(phrases.WELCOME, said) and phrases.PROMISE.search(said))


def _search(family: re2._Regexp, said: str) -> re2._Match | None:
    """Where a family of phrases stands; asked of all families at once, for most mails have none of them."""
    return family.search(said) if family in _families_in(said) else None


@lru_cache(maxsize=64)
def _families_in(said: str) -> frozenset[re2._Regexp]:
    return frozenset(_FAMILIES[number] for number in _ANY_FAMILY.Match(said) or ())


def _said(message: Message) -> str:
    return _folded(message.body.for_people.text[:_READ])


@lru_cache(maxsize=64)  # the detectors ask for the same words of a mail: where it is read, and a handful later again
def _folded(text: str) -> str:
    """The text in one case, one width, one kind of apostrophe, with single spaces."""
    text = text[:_READ]
    one_case = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(one_case.replace("`", "'").split())


def _stands_alone(subject: str, words: str) -> bool:
    """Whether the words are the whole subject, or all that stands before a colon, a dash or a bracket."""
    if not subject.startswith(words):
        return False
    rest = subject[len(words) :].lstrip(" ])*>!.")
    return not rest or rest[0] in ":;-–—(|"


def seconds_after_our_letter(written: datetime | None, known: Known) -> str | None:
    """How soon the mail was written after a letter of ours that it names, in words, where no person is as quick."""
    if written is None:
        return None
    for letter in (*known.letters, *known.asked_letters):
        if letter.sent_at is None:
            continue
        passed = _aware(written) - _aware(letter.sent_at)
        if -_CLOCKS_DIFFER <= passed <= _AT_ONCE:
            return f"{passed.total_seconds():.0f} seconds after {letter.ref}"
    return None


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
