"""The answer to "which of the two amounts?": NEW, OLD or BOTH. Pure."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.answers import ResendAnswer
from mailbot.duties.sales.facts.cards import EntryCard
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.message.model import Evidence, Words
from mailbot.records.known import QuestionCard
from mailbot.sorting.one_word import Chosen, Option, choice

NEW, OLD, BOTH = "new", "old", "both"

_LONGEST_EVIDENCE: Final = 200
_OPTIONS: Final = (
    Option(NEW, ("replace", "replaces", "ersetzt", "ersetzen", "die neue", "der neue"), numbered=False),
    Option(OLD, ("keep", "earlier", "alt", "alte", "altes", "alter", "bisherige", "frühere"), numbered=False),
    Option(BOTH, ("two", "zwei", "separate"), numbered=False),
)


def resend_answer(words: Words, question: QuestionCard, recalled: SalesKnown) -> ResendAnswer | None:
    """What the rep says; None where the line that was asked about no longer waits."""
    position = question.context.get("position")
    pending = next(
        (card for card in recalled.pending if card.decision_ref == question.decision_ref and card.position == position),
        None,
    )
    client = _client_of(question)
    if pending is None or client is None:
        return None
    earlier = _as_it_stands(question.context.get("entry_id"), recalled)
    said = said_of_two(words)
    evidence = said or words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    return ResendAnswer(question.id, pending, client, earlier, _key(words.text), evidence)


def said_of_two(words: Words) -> Evidence | None:
    """The words that answer "which of the two?"; None where they say anything else."""
    said = choice(words.text, _OPTIONS)
    return words.evidence(said.start, said.end) if isinstance(said, Chosen) and not said.besides else None


def _key(text: str) -> str:
    said = choice(text, _OPTIONS)
    return said.key if isinstance(said, Chosen) and not said.besides else ""


def _client_of(question: QuestionCard) -> NamedClient | None:
    client_id, name, owner_id = (question.context.get(key) for key in ("client_id", "client", "owner_id"))
    if not isinstance(client_id, int) or not isinstance(name, str):
        return None
    return NamedClient(client_id, name, owner_id if isinstance(owner_id, int) else None, None)


def _as_it_stands(entry_id: object, recalled: SalesKnown) -> EntryCard | None:
    """The earlier line, followed through its corrections; None where it counts no longer."""
    by_id = {entry.id: entry for entry in recalled.entries}
    after = {entry.supersedes_id: entry for entry in recalled.entries if entry.supersedes_id is not None}
    entry = by_id.get(entry_id) if isinstance(entry_id, int) else None
    while entry is not None and entry.id in after:
        entry = after[entry.id]
    return entry if entry is not None and entry.is_current else None
