"""Whether a machine wrote a mail. Such a mail is read, but never answered (RFC 3834, RFC 5230).

The detectors stand in one ordered list. Each looks for one thing and says what it saw; the first that sees something
names the kind. A sign that people's own mail carries too is no detector.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting import machine_headers as headers
from mailbot.sorting import machine_words as words
from mailbot.sorting.absence import said_of_sender
from mailbot.sorting.model import Automatic, AutomaticKind

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


def automatic(message: Message, known: Known) -> Automatic | None:
    """The kind of machine that wrote the mail and the words that give it away; None for a mail that a person wrote."""
    for detector in DETECTORS:
        if found := detector(message, known):
            return _with_what_it_says(found, message, known)
    return None


def is_automatic(message: Message, known: Known) -> bool:
    """Whether a machine wrote the mail; what it says is not read."""
    return any(detector(message, known) for detector in DETECTORS)


def _with_what_it_says(found: Automatic, message: Message, known: Known) -> Automatic:
    """With the absence and the departure it speaks of; only of replies, and of machines that speak as one is absent."""
    if found.kind is not AutomaticKind.AUTO_REPLY and not _speaks_of_absence(found, message, known):
        return found
    absence, departure = said_of_sender(message, known)
    said = "; ".join(str(each) for each in (absence, departure) if each)
    return replace(found, why=f"{found.why}; {said}" if said else found.why, absence=absence, departure=departure)


def _speaks_of_absence(found: Automatic, message: Message, known: Known) -> bool:
    return found.kind is AutomaticKind.MACHINE and words.absence_note(message, known) is not None
