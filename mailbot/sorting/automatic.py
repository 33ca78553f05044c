"""Whether a machine wrote a mail. Such a mail is read, but never answered (RFC 3834, RFC 5230).

The detectors stand in one ordered list. Each looks for one thing and says what it saw; the first that sees something
names the kind. A sign that people's own mail carries too is no detector.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import re2

from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting import machine_headers as headers
from mailbot.sorting import machine_phrases as phrases
from mailbot.sorting import machine_words as words
from mailbot.sorting.absence import said_of_sender
from mailbot.sorting.model import Automatic, AutomaticKind, Mark

Detector = Callable[[Message, Known], Automatic | None]

DETECTORS: tuple[Detector, ...] = (
    # What is ours comes first: whatever else it carries, it is we who wrote it.
    headers.our_own_mail,
    # Reports name themselves (RFC 6522); after them come the bounces that do not.
    headers.machine_report,
    headers.mail_system_sender,
    words.bounce_subject,
    headers.aggregate_report,
    # A challenge looks like an auto-reply but wants a click.
    words.challenge,
    # Replies of machines: by what their writers say of them, then by subject.
    headers.auto_submitted_reply,
    headers.auto_reply_field,
    words.auto_reply_subject,
    headers.calendar_answer,
    # Mail to many.
    headers.mailing_list,
    headers.precedence,
    # Everything else that says it was not written by hand.
    headers.auto_submitted,
    headers.suppresses_all_answers,
    headers.machine_field,
    headers.nobody_reads_answers,
    headers.null_return_path,
    headers.too_many_hops,
    # Machines without any header: by what they say, and by how quickly they say it.
    words.receipt_subject,
    words.says_it_is_a_machine,
    words.ticket_receipt,
    words.absence_note,
    words.thank_you_note,
)


# What sees something only in mails with one of these fields, which most have not.
_ONLY_WITH: Mapping[Detector, frozenset[str]] = {
    headers.auto_submitted_reply: frozenset({"auto-submitted"}),
    headers.auto_reply_field: headers.OF_REPLIES,
    headers.precedence: frozenset({"precedence"}),
    headers.auto_submitted: frozenset({"auto-submitted"}),
    headers.suppresses_all_answers: frozenset({"x-auto-response-suppress"}),
    headers.machine_field: headers.OF_MACHINES,
}
_TELLING_FIELDS = frozenset[str]().union(*_ONLY_WITH.values())
# What sees something only where a phrase of a family stands, as it does in few mails.
_ONLY_WHERE_SAID = {
    words.challenge: phrases.CHALLENGE_WORD,
    words.says_it_is_a_machine: phrases.SAYS_SO,
    words.ticket_receipt: phrases.RECEIPT,
    words.absence_note: phrases.ABSENT,
    words.thank_you_note: phrases.WELCOME,
}
# What sees something in people's own mail too, where a list passes it on or a program marks all that it sends.
_MARKS: Mapping[Detector, Mark] = {
    headers.mailing_list: Mark.LIST,
    headers.precedence: Mark.BULK,
    headers.suppresses_all_answers: Mark.NO_ANSWERS,
}
# What may see more once the letters are known that the mail names.
_WITH_LETTERS = (headers.our_own_mail, words.ticket_receipt, words.absence_note, words.thank_you_note)


@lru_cache(maxsize=256)
def _asked_of(fields: frozenset[str], said: frozenset[re2._Regexp]) -> tuple[Detector, ...]:
    """The detectors that may see something in a mail that has these of the telling fields, and says these phrases."""
    by_fields = (each for each in DETECTORS if each not in _ONLY_WITH or fields & _ONLY_WITH[each])
    return tuple(each for each in by_fields if each not in _ONLY_WHERE_SAID or _ONLY_WHERE_SAID[each] in said)


@dataclass(frozen=True, slots=True)
class MachineSigns:
    """What a mail shows of a machine before the records were asked.

    `seen_by`: the first detector that sees one in the mail by itself. `if_at_once`: it speaks as machines and people
    do, and a machine wrote it if it came at once after a letter of ours.
    """

    seen_by: Detector | None
    if_at_once: bool

    def mean_a_machine(self, written: datetime | None, known: Known) -> bool:
        """Whether `automatic` finds one, now that the letters are known which the mail names."""
        if self.seen_by is not None:
            return True
        return self.if_at_once and words.seconds_after_our_letter(written, known) is not None

    def leave_open(self, detector: Detector) -> bool:
        """Whether the detector may still see one: the others saw none, or come behind the one that did."""
        return detector is self.seen_by or detector in _WITH_LETTERS


_NO_SIGNS = MachineSigns(None, if_at_once=False)
_IF_AT_ONCE = MachineSigns(None, if_at_once=True)


def machine_signs(message: Message, beforehand: Known) -> MachineSigns:
    """What the mail itself shows of a machine, by what is known before the records are asked. Pure."""
    said = words.families_said(message)
    for detector in _asked_of(message.named_among(_TELLING_FIELDS), said):
        if detector(message, beforehand):
            return MachineSigns(detector, if_at_once=False)
    return _IF_AT_ONCE if said and words.may_have_come_at_once(message) else _NO_SIGNS


def automatic(message: Message, known: Known, signs: MachineSigns | None = None) -> Automatic | None:
    """The kind of machine that wrote the mail and the words that give it away; None for a mail that a person wrote.

    `signs` are what `machine_signs` saw in it: what saw nothing then is not asked a second time.
    """
    if signs is not None and not signs.mean_a_machine(message.date, known):
        return None
    for detector in _asked_of(message.named_among(_TELLING_FIELDS), words.families_said(message)):
        if (signs is None or signs.leave_open(detector)) and (found := detector(message, known)):
            return _with_its_mark(_with_what_it_says(found, message, known), detector, message, known)
    return None


def _with_its_mark(found: Automatic, detector: Detector, message: Message, known: Known) -> Automatic:
    """With the mark that gave it away, where nothing else does: no other detector sees a machine, nobody is away."""
    if detector not in _MARKS or found.absence or found.departure:
        return found
    asked = _asked_of(message.named_among(_TELLING_FIELDS), words.families_said(message))
    if any(each(message, known) for each in asked if each not in _MARKS):
        return found
    return replace(found, only_mark=_MARKS[detector])


def _with_what_it_says(found: Automatic, message: Message, known: Known) -> Automatic:
    """With the absence and the departure it speaks of; only of replies, and of machines that speak as one is absent."""
    if found.kind is not AutomaticKind.AUTO_REPLY and not _speaks_of_absence(found, message, known):
        return found
    absence, departure = said_of_sender(message, known)
    said = "; ".join(str(each) for each in (absence, departure) if each)
    return replace(found, why=f"{found.why}; {said}" if said else found.why, absence=absence, departure=departure)


def _speaks_of_absence(found: Automatic, message: Message, known: Known) -> bool:
    return found.kind is AutomaticKind.MACHINE and words.absence_note(message, known) is not None
