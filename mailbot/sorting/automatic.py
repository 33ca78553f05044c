"""Whether a machine wrote a mail. Such a mail is read, but never answered (RFC 3834, RFC 5230).

The detectors stand in one ordered list. Each looks for one thing and says what it saw; the first that sees something
names the kind. A sign that people's own mail carries too is no detector.
"""

from __future__ import annotations

from collections.abc import Callable

from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting import machine_headers as headers
from mailbot.sorting import machine_words as words
from mailbot.sorting.model import Automatic

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
            return found
    return None
