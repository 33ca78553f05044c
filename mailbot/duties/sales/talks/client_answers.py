"""The answers to our questions about one line: which client it is for ("1", "medical"), and whether it is yours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.facts import kinds
from mailbot.duties.sales.facts.answers import ClientAnswer, Corrections, InHalves, NewClient
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.kinds import RESENT, WAS_IT_YOU, YOURS
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.naming.aliases import can_be_learned
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.duties.sales.talks.claim_answers import late_claim_answer
from mailbot.duties.sales.talks.halves_answers import halves_agreed, halves_wished
from mailbot.duties.sales.talks.new_client_answers import name_answer, says_new
from mailbot.duties.sales.talks.resend_answers import said_of_two
from mailbot.message.model import Evidence, Words
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.settled import ClosedQuestion
from mailbot.records.tables import Role
from mailbot.sorting.one_word import Chosen, Option, Several, choice

_LONGEST_EVIDENCE: Final = 200
_KEY: Final = "choice-"  # no word of a mail, so that only digits and names choose
_MINE: Final = ("mine", "meiner", "meine", "meins")
_YES_OR_NO: Final = (Option("yes", _MINE, numbered=False), Option("no", numbered=False))
# "Not mine" has to be known as a whole: "not" alone turns any answer round, and would leave it unread.
_NOT_MINE: Final = re.compile(r"\b(?:not mine|not my client|nicht mein(?:e|er|s| kunde)?)\b", re.IGNORECASE)


def owner_of(client: NamedClient | None, known: Known) -> PersonCard | None:
    """The rep whose client it is, where that is somebody who can be asked."""
    reps = known.in_role(Role.REP)
    return next((rep for rep in reps if client is not None and rep.id == client.owner_id), None)


def placeable(found: Corrections, rep_id: int, known: Known) -> Corrections:
    """The corrections, where a line that goes to a client of nobody who can be asked is unclear."""
    lost = [each for each in found.changes if each.client and each.client.owner_id != rep_id]
    lost = [each for each in lost if owner_of(each.client, known) is None]
    changes = tuple(each for each in found.changes if each not in lost)
    return replace(found, changes=changes, unclear=(*found.unclear, *(each.evidence for each in lost)))


def owner_answer(words: Words, question: QuestionCard, recalled: SalesKnown) -> ClientAnswer | None:
    """The answer to "is it yours?"; None where the line that was asked about no longer waits."""
    pending = _pending_of(question, recalled)
    client = next(iter(_offered(question.context)), None)
    if pending is None or client is None:
        return None
    key = _yes_or_no(words.text)
    sent_by = question.context.get("sent_by")
    return ClientAnswer(
        question_id=question.id,
        pending=pending,
        chosen=client if key == "yes" else None,
        is_own=key == "yes",
        evidence=words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)),
        why=f"it says {key} to {client.name}" if key else "it says neither yes nor no",
        client=client,
        sent_by=sent_by if isinstance(sent_by, int) else None,
        is_refused=key == "no",
    )


def _yes_or_no(text: str) -> str:
    """Yes or no to "is it yours?"; "" where it is neither, or where more is said beside it."""
    said = choice(_NOT_MINE.sub("no", text), _YES_OR_NO)
    return said.key if isinstance(said, Chosen) and not said.besides else ""


def late_answer(words: Words, closed: ClosedQuestion) -> Evidence | None:
    """The words with which a mail answers a question of this duty that is closed; None where it says anything else."""
    if closed.kind == WAS_IT_YOU:
        return late_claim_answer(words)
    if closed.kind == YOURS:
        return words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)) if _yes_or_no(words.text) else None
    if closed.kind == RESENT:
        return said_of_two(words)
    said = choice(words.text, _options(_offered(closed.context)))
    return words.evidence(said.start, said.end) if isinstance(said, Chosen) and not said.besides else None


Answered = ClientAnswer | NewClient | InHalves


def answer_about_client(
    words: Words, question: QuestionCard, recalled: SalesKnown, rep: PersonCard, known: Known
) -> Answered | None:
    """The answer to a question about the client of one line; None where that line no longer waits."""
    pending = _pending_of(question, recalled)
    if pending is None:
        return None
    offered = _offered(question.context)
    match question.kind:
        case kinds.YOURS:
            return owner_answer(words, question, recalled)
        case kinds.NEW_CLIENT:
            return name_answer(words, question, pending, recalled, rep)
        case kinds.IN_HALVES:
            return halves_agreed(words, question, pending, offered, known) or _none_of_it(words, question, pending)
        case _:
            return (
                says_new(words, question, pending)
                or halves_wished(words, question, pending, offered, _options(offered), known)
                or _chosen(words, question, pending, offered, rep.id)
            )


def _none_of_it(words: Words, question: QuestionCard, pending: PendingCard) -> ClientAnswer:
    evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    return ClientAnswer(question.id, pending, None, False, evidence, "it does not say yes to the halves")


def _chosen(
    words: Words, question: QuestionCard, pending: PendingCard, offered: Sequence[NamedClient], rep_id: int
) -> ClientAnswer:
    said = choice(words.text, _options(offered))
    match said:
        case Chosen(key, start, end, besides) if not besides:
            chosen = offered[int(key.removeprefix(_KEY)) - 1]
            evidence = words.evidence(start, end)
            why = f"it chooses {chosen.name}"
            learned = pending.name if can_be_learned(pending.name) else ""
            is_own = chosen.owner_id == rep_id
            return ClientAnswer(question.id, pending, chosen, is_own, evidence, why, learned=learned)
        case Chosen():
            why = "it chooses a client and says more besides"
        case Several():
            why = "it names more than one of the clients"
        case _:
            why = "it names none of the clients that were offered"
    return ClientAnswer(
        question.id, pending, None, False, words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)), why
    )


def _pending_of(question: QuestionCard, recalled: SalesKnown) -> PendingCard | None:
    """The line that was asked about: by its own number, or as one of the waiting lines of the decision that asked."""
    by_id = next((card for card in recalled.pending if card.id == question.context.get("pending_id")), None)
    at = (question.decision_ref, question.context.get("position"))
    return by_id or next((card for card in recalled.pending if (card.decision_ref, card.position) == at), None)


def _options(offered: Sequence[NamedClient]) -> list[Option]:
    return [Option(f"{_KEY}{place}", (client.name,)) for place, client in enumerate(offered, start=1)]


def _offered(context: Mapping[str, object]) -> tuple[NamedClient, ...]:
    """The clients that a question offered, in their order, as they were when it was asked."""
    choices = context.get("choices")
    found: list[NamedClient] = []
    for each in choices if isinstance(choices, list | tuple) else ():
        if isinstance(each, Mapping):
            owner_id, owner = each.get("owner_id"), each.get("owner_name")
            found.append(
                NamedClient(
                    id=int(each["id"]),
                    name=str(each["name"]),
                    owner_id=owner_id if isinstance(owner_id, int) else None,
                    owner_name=owner if isinstance(owner, str) else None,
                )
            )
    return tuple(found)
