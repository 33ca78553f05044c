"""What the desk does with a mail that it cannot settle: it leaves it to a person, with a task and a letter, and tells
the colleague who wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from mailbot.deciding.verbs import thread_of
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Language, Plain
from mailbot.letters.wording import Wording
from mailbot.message.addresses import address_key
from mailbot.message.model import Message
from mailbot.records.decision import Folder, Question, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known, PersonCard
from mailbot.records.outbox import HELD
from mailbot.records.questions import OpenTask
from mailbot.records.tables import Role
from mailbot.sorting.model import Sorted, Trust

DESK: Final = "desk"  # the one duty that is named here: it takes what no other does, and the answers to our letters
NEEDS_PERSON: Final = "needs-person"

_MOST_FILES = 5
_LONGEST_FILE_NAME = 80
_LONGEST_SUBJECT = 80  # characters that a task says of the subject, and of the name of who wrote


def left_to_a_person(
    message: Message | None, known: Known, judged: Sorted | None, ref: str, now: datetime, why: Words
) -> tuple[OpenTask | Send, ...]:
    """A task, the letter that names it to the coordinator, who says DONE when it is done, and a letter to the
    colleague whose mail it is. No letter to nobody, and none to clients, strangers and machines. The task and the
    letter say why in the language of the coordinator."""
    to, writer = coordinator(known), _colleague(known, judged)
    language = to.recipient.language if to else known.desk.language
    reason = why.to(language)
    task = OpenTask(DESK, NEEDS_PERSON, f"{ref}: {_mail_in_short(message, known, language)}{reason}")
    is_own = to is not None and writer is not None and writer.id == to.id
    facts: dict[str, Plain] = {
        **about(message, now),
        "reason": reason,
        "oddities": _oddities(judged),
        "folder": Folder.HELD.value,
        "own": is_own,
        "is_contact": known.sender is not None and known.sender.contact is not None,
    }
    question = Question(DESK, NEEDS_PERSON, reason, {"decision": ref})
    letters: list[Send] = []
    if to is not None:
        purpose = HELD if is_own else NEEDS_PERSON
        letters.append(Send(Draft(to.recipient, f"{DESK}/needs_person", facts, purpose, ref), question))
    if message is not None and judged is not None and writer is not None and not is_own:
        letters.append(_told(message, known, judged, writer, to, ref))
    return task, *letters


def _oddities(judged: Sorted | None) -> tuple[Plain, ...]:
    """What is odd about the sender: nobody should answer a mail without having been told."""
    found = judged.trust.oddities if judged else ()
    return tuple({"kind": each.kind.value, "shown": each.shown, "like": each.like} for each in found)


def _mail_in_short(message: Message | None, known: Known, language: Language) -> str:
    """Who wrote what, before the words of a task: `Raj Patel, "layout": `. Nothing for what fell due by the clock."""
    if message is None or message.sender is None:
        return ""
    sender = known.sender
    on_file = (sender.person or sender.contact) if sender else None
    name = on_file.name if on_file else message.sender.address
    subject = one_line(thread_of(message, known).subject, _LONGEST_SUBJECT)
    said = f", {Wording(language).quoted(subject)}" if subject else ""
    return f"{one_line(name, _LONGEST_SUBJECT)}{said}: "


def coordinator(known: Known) -> PersonCard | None:
    """The person who is asked where the desk is at its end: the first coordinator who is not the desk itself."""
    for person in known.in_role(Role.COORDINATOR):
        if not known.desk.is_own(address_key(person.address)):
            return person
    return None


def about(message: Message | None, now: datetime) -> dict[str, Plain]:
    """The mail that a letter to the coordinator is about; what fell due by the clock has no sender (None)."""
    if message is None:
        return {"sender": None, "subject": "", "received": now, "words": "", "files": (), "more_files": 0}
    return {
        "sender": str(message.sender or ""),
        "subject": message.subject,
        "received": message.date or now,
        "words": message.body.for_people.text,
        **_files(message),
    }


def _colleague(known: Known, judged: Sorted | None) -> PersonCard | None:
    """The colleague who wrote the mail, proven, and without the help of a machine."""
    if judged is None or judged.automatic is not None or judged.trust.trust < Trust.T3:
        return None
    return known.sender.person if known.sender else None


def _told(
    message: Message, known: Known, judged: Sorted, writer: PersonCard, keeper: PersonCard | None, ref: str
) -> Send:
    """To the colleague: what was not settled, who has it now, and what can be written instead."""
    question = judged.answers.question if judged.answers else None
    facts: dict[str, Plain] = {
        "words": message.body.for_people.text.strip(),
        **_files(message),
        "keeper": keeper.name if keeper else None,
        "letter": question.letter_ref if question else "",
        "is_rep": writer.role is Role.REP,
    }
    return Send(Draft(writer.recipient, f"{DESK}/held", facts, HELD, ref, answers=thread_of(message, known)))


def _files(message: Message) -> dict[str, Plain]:
    """The names of what is attached, the first few of them; what has no name is told by its type."""
    names = (one_line(each.filename, _LONGEST_FILE_NAME) or each.content_type for each in message.attachments)
    listed = tuple(name for _, name in zip(range(_MOST_FILES), names, strict=False))
    return {"files": listed, "more_files": len(message.attachments) - len(listed)}
