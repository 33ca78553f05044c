"""Which issue a mail belongs to, and what is new in it. Pure.

Our own letter that is answered decides first (its signed reference, then In-Reply-To and References), then the client's
own thread, then a number that somebody wrote, then the subject where exactly one open issue has it: two threads of one
client never mix.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mailbot.clock import local_date
from mailbot.duties.issues.facts import IssueCard, IssuesKnown
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.signals import LONGEST_TEXT
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.subjects import taken_apart
from mailbot.records.known import Known
from mailbot.sorting.model import Sorted

MOST_EVIDENCE = 12
_LONGEST_LINE = 80
_NAMED_BY_NOBODY = frozenset({"moment", "question"})  # an open question is no reason to keep every mail with its issue


def cards(known: Known) -> tuple[IssueCard, ...]:
    """The issues that the mail may be about, the surest first."""
    recalled = known.recalled.get(NAME)
    return recalled.issues if isinstance(recalled, IssuesKnown) else ()


def first_of(known: Known, fits: Callable[[IssueCard], bool]) -> IssueCard | None:
    """The surest issue that fits."""
    return next((card for card in cards(known) if fits(card)), None)


def of_client(message: Message, known: Known, sorted_as: Sorted) -> IssueCard | None:
    """The issue that a mail from outside continues."""
    ref = answered_issue(sorted_as)
    answered = first_of(known, lambda card: card.is_called(ref) and may_continue(card, message, known))
    return answered or first_of(
        known, lambda card: card.found_by not in _NAMED_BY_NOBODY and may_continue(card, message, known)
    )


def answered_issue(sorted_as: Sorted) -> str:
    """The number of the issue that the answered letter of ours is about; "" where there is none."""
    answers = sorted_as.answers
    if answers is None:
        return ""
    if answers.question and answers.question.duty == NAME:
        return str(answers.question.context.get("issue", ""))
    return answers.letter.object if answers.letter.duty == NAME else ""


def may_continue(card: IssueCard, message: Message, known: Known) -> bool:
    """Whether a mail that names an issue may be kept with it: of the same party, or with our signed reference.

    A number, a thread or a subject that a stranger names proves nothing: anybody can write one.
    """
    signed = any(letter.proven and letter.duty == NAME and card.is_called(letter.object) for letter in known.letters)
    return card.found_by != "moment" and (signed or is_of_party(card, message, known))


def is_of_party(card: IssueCard, message: Message, known: Known) -> bool:
    """Whether a mail comes from the address, or the client, that opened the issue."""
    if message.sender is not None and message.sender.key == card.address_key:
        return True
    client = known.sender.client if known.sender else None
    return client is not None and client.id == card.client_id


# --- what is new in the mail ---


def own_subject(message: Message) -> str:
    """The subject where it is new; that of a reply or a forward repeats somebody's old words."""
    return "" if taken_apart(message.subject).is_repeated else message.subject


def words(message: Message) -> str:
    """The new words, without quotes and signature."""
    return message.body.for_people.text.strip()[:LONGEST_TEXT]


def written_on(message: Message, known: Known) -> date | None:
    """The day on which it was written, in the desk's zone; None where the mail does not say."""
    return local_date(message.date, known.desk.zone) if message.date else None


def first_line(message: Message) -> tuple[Evidence, ...]:
    """The beginning of the new words, or of the subject where there are none."""
    text = message.body.for_people.text
    start = len(text) - len(text.lstrip())
    end = min(len(text), start + _LONGEST_LINE, text.find("\n", start) if "\n" in text[start:] else len(text))
    if end > start:
        return (message.body.for_people.evidence(start, end),)
    return (Evidence(message.subject[:_LONGEST_LINE], Place("subject", 0, min(_LONGEST_LINE, len(message.subject)))),)
