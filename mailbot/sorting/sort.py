"""A mail and what is known about it become a Reading: first the judgements that all duties share, then each duty."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from mailbot.message.model import Message
from mailbot.records.decision import Asked
from mailbot.records.known import Known
from mailbot.sorting.answers import answers
from mailbot.sorting.automatic import automatic
from mailbot.sorting.language import language
from mailbot.sorting.model import Finding, NotMine, Reader, Reading, Sorted, Trouble
from mailbot.sorting.seen import Seen
from mailbot.sorting.trust import judge


def sort(message: Message, known: Known, readers: Sequence[tuple[str, Reader]], seen: Seen | None = None) -> Reading:
    """What the mail is, to the desk and to each duty, asked in the order in which they are written. Never raises.

    `seen` is what was seen in the mail when it was read, where that was done.

    A reader that raises is a bug of ours: the others are still asked, and `trouble` says that a person must look.
    """
    sorted_as = _judged_for_all(message, known, seen)
    findings: list[Finding] = []
    asked: list[Asked] = []
    trouble: list[Trouble] = []
    for duty, reader in readers:
        answer = _ask(reader, message, known, sorted_as)
        if isinstance(answer, NotMine):
            asked.append(_no(duty, answer.why))
        elif isinstance(answer, Finding):
            asked.append(Asked(duty, answer.kind, answer.why))
            findings.append(answer)
        else:
            asked.append(Asked(duty, None, answer))
            trouble.append(Trouble(duty, answer))
    alone = [finding for finding in findings if finding.alone]
    firm = [finding for finding in findings if not finding.yields]
    return Reading(sorted_as, tuple(alone or firm or findings), tuple(asked), tuple(trouble))


@lru_cache(maxsize=1_000)  # most duties say no to most mails, in the same words
def _no(duty: str, why: str) -> Asked:
    return Asked(duty, None, why)


def _judged_for_all(message: Message, known: Known, seen: Seen | None) -> Sorted:
    trust = judge(message, known, seen.verdict if seen else None)
    machine = automatic(message, known, seen.signs if seen else None)
    return Sorted(
        trust=trust,
        automatic=machine,
        answers=answers(message, known, trust.trust, machine),
        language=language(message, known),
    )


def _ask(reader: Reader, message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine | str:
    """The reader's answer, or in words how it failed."""
    try:
        return reader(message, known, sorted_as)
    except Exception as error:  # noqa: BLE001 - whatever a duty does, the mail is held and the other duties are asked
        return f"its reader failed: {type(error).__name__}: {error}"
