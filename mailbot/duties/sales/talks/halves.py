"""A line that its rep parts between two clients: the halves are shown first, and written after a yes."""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import told
from mailbot.duties.sales.client_actions import Part
from mailbot.duties.sales.facts.answers import Half, InHalves
from mailbot.duties.sales.facts.kinds import IN_HALVES, NAME, YOURS
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role

_LONGEST_WORDS: Final = 120


def propose(s: Situation, _how: NoParameters) -> Plan:
    """Shows the halves and asks whether they are right; until then the line waits whole."""
    answer, rep = _answer(s), _sender(s)
    choices = tuple(_choice(half) for half in answer.halves)
    question = Question(
        NAME,
        IN_HALVES,
        f"{told(answer.pending.price)} in halves: {_said(answer)}?",
        {"pending_id": answer.pending.id, "choices": choices},
    )
    asking = Send(_draft(s, rep, answer, asked=True), question)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(f"{rep.name} parts a line: {_said(answer)}; asked.", (closing, asking), Folder.ASKED)


def part(s: Situation, _how: NoParameters) -> Plan:
    """Parts the line: the rep's own half is booked, and the colleague is asked about the other one."""
    answer, rep = _answer(s), _sender(s)
    actions: list[Action] = [
        CloseQuestion(answer.question_id, answer.evidence.words),
        Part(answer.pending.id, answer.halves),
        Send(_draft(s, rep, answer, asked=False)),
    ]
    others = [(position, half) for position, half in enumerate(answer.halves, 1) if half.owner.id != rep.id]
    actions += [_asking(s, rep, half, answer, position) for position, half in others]
    return Plan(f"{rep.name}: {_said(answer)}.", tuple(actions), Folder.ASKED if others else Folder.DONE)


def _asking(s: Situation, rep: PersonCard, half: Half, answer: InHalves, position: int) -> Send:
    facts: dict[str, Plain] = {
        "client": half.client.name,
        "amount": half.price.amount,
        "currency": half.price.currency,
        "words": one_line(answer.pending.words, _LONGEST_WORDS),
        "week": answer.pending.week.number,
        "rep": rep.name,
        "keeper": _keeper(s),
    }
    question = Question(
        NAME,
        YOURS,
        f"{half.client.name}, {told(half.price)} (from {rep.name}): yours?",
        {"position": position, "sent_by": rep.id, "choices": (_choice(half),)},
    )
    about = f"{s.ref}/{position}"
    return Send(Draft(half.owner.recipient, "sales/yours", facts, "sales-yours", about), question)


def _draft(s: Situation, rep: PersonCard, answer: InHalves, *, asked: bool) -> Draft:
    facts: dict[str, Plain] = {
        "asked": asked,
        "words": one_line(answer.pending.words, _LONGEST_WORDS),
        "amount": answer.pending.price.amount,
        "currency": answer.pending.price.currency,
        "week": answer.pending.week.number,
        "halves": tuple(
            {
                "client": half.client.name,
                "amount": half.price.amount,
                "currency": half.price.currency,
                "owner": None if half.owner.id == rep.id else half.owner.name,
            }
            for half in answer.halves
        ),
    }
    return Draft(rep.recipient, "sales/halves", facts, "sales-halves", s.ref, answers=s.thread)


def _choice(half: Half) -> dict[str, object]:
    client = half.client
    return {"id": client.id, "name": client.name, "owner_id": half.owner.id, "owner_name": half.owner.name}


def _said(answer: InHalves) -> str:
    return " and ".join(f"{half.client.name} {told(half.price)}" for half in answer.halves)


def _keeper(s: Situation) -> str | None:
    coordinator = next(iter(s.known.in_role(Role.COORDINATOR)), None)
    return coordinator.name if coordinator else None


def _answer(s: Situation) -> InHalves:
    if not isinstance(s.finding.facts, InHalves):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for halves")
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer of a rep has no rep as its sender")
    return person
