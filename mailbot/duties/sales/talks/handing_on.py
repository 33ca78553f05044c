"""A line that its rep places with the client of a colleague: the colleague is asked, and both hear what came of it.

Nobody writes into a colleague's ledger alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import KeepWaiting, told
from mailbot.duties.sales.facts.answers import Change, ClientAnswer
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME, YOURS
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.numbers.phrases import EXPECTED, TO_BE_WON, said
from mailbot.duties.sales.talks.actions import HandOn
from mailbot.duties.sales.talks.client_answers import owner_of
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known, PersonCard
from mailbot.records.questions import CloseQuestion, OpenTask
from mailbot.records.tables import Role

_LONGEST_WORDS: Final = 120
_NOT_SOLD_YET: Final = EXPECTED | TO_BE_WON


@dataclass(frozen=True, slots=True)
class LineTold:
    """A line of a mail that is being decided: what a colleague is told of it."""

    price: Price
    words: str
    week: Week


def hand_on(s: Situation, _how: NoParameters) -> Plan:
    """Asks the colleague whose client was chosen, and tells the rep who was asked."""
    answer, rep = _answer(s), _sender(s)
    client, owner = answer.chosen, owner_of(answer.chosen, s.known)
    if client is None or owner is None or answer.is_own:
        raise OurBug("a line was about to be handed on to nobody; the rules must hold it")
    waiting = answer.pending
    actions = (
        CloseQuestion(answer.question_id, answer.evidence.words),
        HandOn(waiting.id, client.id, client.name, owner.id, owner.name),
        asking(s, rep, owner, client, waiting, {"pending_id": waiting.id}),
        _telling(s, rep, "asked", client, owner, waiting),
    )
    return Plan(
        f"{rep.name}: {told(waiting.price)} may be {owner.name}'s, for {client.name}; asked.", actions, Folder.ASKED
    )


def heard(s: Situation, answer: ClientAnswer, outcome: str) -> tuple[Send, ...]:
    """The letter to the rep who sent the line, once the owner has answered; none where the rep is there no more."""
    sent_by = next((person for person in s.known.staff if person.id == answer.sent_by), None)
    if sent_by is None or answer.client is None:
        return ()
    return (_telling(s, sent_by, outcome, answer.client, _sender(s), answer.pending),)


def give_back(s: Situation, _how: NoParameters) -> Plan:
    """The owner says no: the line stays where it waits, a person settles it, and both hear that."""
    answer, owner = _answer(s), _sender(s)
    if answer.client is None:
        raise OurBug("a line was about to be given back that nobody was asked about; the rules must hold it")
    coordinator = next(iter(s.known.in_role(Role.COORDINATOR)), None)
    line = one_line(answer.pending.words, _LONGEST_WORDS)
    answered = Words(
        f'{owner.name} says that "{line}" is no sale of theirs', f"{owner.name} sagt Nein zu der Zeile „{line}“"
    )
    words = f"{s.ref}: {answered.to(coordinator.recipient.language if coordinator else s.known.desk.language)}"
    actions: tuple[Action, ...] = (
        CloseQuestion(answer.question_id, answer.evidence.words),
        OpenTask(NAME, "unplaced-line", words, coordinator.id if coordinator else None),
        _telling(s, owner, "refused", answer.client, owner, answer.pending),
        *heard(s, answer, "no"),
    )
    return Plan(
        f"{owner.name}: {told(answer.pending.price)} for {answer.client.name} is not theirs.", actions, Folder.HELD
    )


def owner_to_ask(line: UnclearLine, known: Known) -> PersonCard | None:
    """The colleague whose client a line names, where one word of theirs books it; None for every other line.

    What the rep only expects is no colleague's sale yet.
    """
    if line.doubt is not Doubt.ANOTHERS_CLIENT or line.price is None or said(line.evidence.words, _NOT_SOLD_YET):
        return None
    return owner_of(line.client, known)


def ask_owner(s: Situation, rep: PersonCard, owner: PersonCard, facts: Numbers, line: UnclearLine) -> Send:
    """The question to the colleague about a line of a mail of numbers."""
    if line.price is None or line.client is None or facts.week is None:
        raise OurBug("a colleague was about to be asked about a line without an amount, a client or a week")
    position = facts.unclear.index(line) + 1
    told_of = LineTold(line.price, line.evidence.words, facts.week)
    return asking(s, rep, owner, line.client, told_of, {"position": position}, about=f"{s.ref}/{position}")


def hand_over(s: Situation, rep: PersonCard, change: Change, position: int) -> tuple[Action, ...]:
    """A booked line that its rep says is for the client of a colleague waits for that colleague, who is asked; nothing
    for every other change."""
    client, price = change.client, change.price
    if client is None or price is None or client.owner_id == rep.id:
        return ()
    owner = owner_of(client, s.known)
    if owner is None:
        raise OurBug("a line was about to be handed over to nobody; what is read must say that it is unclear")
    entry = change.entry
    waiting = KeepWaiting(
        rep_id=owner.id,
        position=position,
        words=entry.words,
        place=str(change.evidence.place)[:300],
        doubt=Doubt.ANOTHERS_CLIENT.value,
        client_words=client.name,
        client_id=client.id,
        price=price,
        week=entry.week,
        said_on=entry.said_on,
    )
    told_of = LineTold(price, entry.words, entry.week)
    about = f"{s.ref}/{position}"
    return (waiting, asking(s, rep, owner, client, told_of, {"position": position}, about))


def asking(
    s: Situation,
    rep: PersonCard,
    owner: PersonCard,
    client: NamedClient,
    waiting: PendingCard | LineTold,
    which: Mapping[str, int],
    about: str = "",
) -> Send:
    """ "Is it yours?" `which` says which waiting line is meant."""
    facts: dict[str, Plain] = {**_line(client, waiting), "rep": rep.name, "keeper": _keeper(s.known)}
    question = Question(
        duty=NAME,
        kind=YOURS,
        words=f"{client.name}, {told(waiting.price)} (from {rep.name}): yours?",
        context={
            **which,
            "sent_by": rep.id,
            "choices": ({"id": client.id, "name": client.name, "owner_id": owner.id, "owner_name": owner.name},),
        },
    )
    return Send(Draft(owner.recipient, "sales/yours", facts, "sales-yours", about or s.ref), question)


def _telling(
    s: Situation, to: PersonCard, outcome: str, client: NamedClient, owner: PersonCard, waiting: PendingCard
) -> Send:
    facts: dict[str, Plain] = {
        **_line(client, waiting),
        "outcome": outcome,
        "owner": owner.name,
        "keeper": _keeper(s.known),
    }
    answers = s.thread if to.id == _sender(s).id else None
    return Send(Draft(to.recipient, "sales/handed_on", facts, "sales-handed-on", f"{s.ref} {to.id}", answers=answers))


def _line(client: NamedClient, waiting: PendingCard | LineTold) -> dict[str, Plain]:
    return {
        "client": client.name,
        "amount": waiting.price.amount,
        "currency": waiting.price.currency,
        "words": one_line(waiting.words, _LONGEST_WORDS),
        "week": waiting.week.number,
    }


def _keeper(known: Known) -> str | None:
    coordinator = next(iter(known.in_role(Role.COORDINATOR)), None)
    return coordinator.name if coordinator else None


def _answer(s: Situation) -> ClientAnswer:
    if not isinstance(s.finding.facts, ClientAnswer):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for an answer")
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer of a rep has no rep as its sender")
    return person
