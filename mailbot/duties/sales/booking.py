"""What a mail of numbers comes to: what is booked, noted, kept waiting and asked, and the one answer that says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales import letters
from mailbot.duties.sales.actions import Book, KeepWaiting, told
from mailbot.duties.sales.expecting import noted_forecasts
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.grids import plan_sheets, totals
from mailbot.duties.sales.tables_in_words import DOUBTS
from mailbot.duties.sales.talks import handing_on, new_clients, resends
from mailbot.duties.sales.weeks import late, noting
from mailbot.errors import OurBug
from mailbot.letters.wording import Wording
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.in_words import Words
from mailbot.records.known import PersonCard
from mailbot.records.questions import OpenTask
from mailbot.records.tables import Role

_MOST_QUESTIONS: Final = 3  # for one mail; further lines wait for a person
_MOST_TOLD: Final = 5  # lines in the words of one task


def book(s: Situation, _how: NoParameters) -> Plan:
    """Books the clear lines, keeps the others waiting, asks which client was meant, and says it all in one answer."""
    facts, rep = numbers_of(s), rep_of(s)
    asked = [line for line in facts.unclear if _is_asked_about(line)][:_MOST_QUESTIONS]
    owners = _owners_to_ask(s, facts)
    too_late = late.late_lines(facts, s.known)
    settled = [*asked, *too_late]
    told_of = [line for number, line in enumerate(facts.unclear, 1) if line not in settled and number not in owners]
    actions: list[Action] = [*_bookings(facts, rep), *noted_forecasts(s, facts, rep), *_waiting(facts, rep, owners)]
    total = totals.checked(s, facts.lines)
    actions += totals.settled_by(total, " ".join(line.evidence.words for line in facts.lines), s.ref)
    is_told = bool(
        facts.lines
        or facts.expected
        or facts.asides
        or told_of
        or owners
        or (facts.repeated and not any(map(resends.can_be_asked, asked)))
    )
    if is_told:
        handed = [(facts.unclear[number - 1], owner) for number, owner in owners.items()]
        actions.append(letters.booked(s, rep, facts, told_of, handed, total))
    actions += _questions(s, rep, facts, asked, is_told=is_told)
    actions += [
        handing_on.ask_owner(s, rep, owner, facts, facts.unclear[number - 1]) for number, owner in owners.items()
    ]
    plans = list(plan_sheets.offer(s, rep, facts))
    actions += plans
    if told_of:
        actions.append(_task(s, rep, told_of))
    actions += _contracts(s, rep, facts)
    actions += late.ask(s, rep, facts, too_late)
    actions += noting.answered(s, rep, facts.week)
    return Plan(_summary(facts, rep), tuple(actions), _folder([*asked, *owners, *too_late, *plans], told_of))


def _is_asked_about(line: UnclearLine) -> bool:
    """Whether one word of the rep settles the line."""
    can_be_asked = (resends.can_be_asked, new_clients.can_be_asked, totals.can_be_asked)
    return bool(line.choices) or any(may(line) for may in can_be_asked)


def _owners_to_ask(s: Situation, facts: Numbers) -> dict[int, PersonCard]:
    """The colleagues who can settle a line with one word, by the number of the line among those not booked."""
    if facts.week is None:
        return {}
    found = ((number, handing_on.owner_to_ask(line, s.known)) for number, line in enumerate(facts.unclear, start=1))
    return dict([(number, owner) for number, owner in found if owner is not None][:_MOST_QUESTIONS])


def _questions(
    s: Situation, rep: PersonCard, facts: Numbers, asked: list[UnclearLine], *, is_told: bool
) -> Iterable[Send]:
    """The questions to the rep, each in a letter of its own; the first says what was there already, if none has."""
    first = not is_told
    for line in asked:
        position = facts.unclear.index(line) + 1
        if resends.can_be_asked(line):
            yield resends.ask(s, rep, facts, line, position, first=first)
            first = False
        elif totals.can_be_asked(line):
            yield totals.ask(s, rep, line, position)
        elif new_clients.can_be_asked(line) and line.price is not None:
            yield new_clients.ask(s, rep, line.name, line.evidence.words, line.price, position)
        else:
            yield letters.which_client(s, rep, line, position)


def _bookings(facts: Numbers, rep: PersonCard) -> list[Book]:
    if facts.lines and (facts.week is None or facts.said_on is None):
        raise OurBug("a line was found to be clear in a mail without a week")
    return [
        Book(
            rep_id=rep.id,
            client_id=line.client.id,
            client_name=line.client.name,
            price=line.price,
            week=facts.week,
            said_on=facts.said_on,
            line=number,
            words=line.evidence.words,
            place=str(line.evidence.place),
            said=line.said,
        )
        for number, line in enumerate(facts.lines, start=1)
        if facts.week is not None and facts.said_on is not None
    ]


def _waiting(facts: Numbers, rep: PersonCard, owners: Mapping[int, PersonCard]) -> list[KeepWaiting]:
    """What was not booked waits for the rep; for the colleague, where one is asked."""
    return [
        KeepWaiting(
            rep_id=owners.get(position, rep).id,
            position=position,
            words=line.evidence.words,
            place=str(line.evidence.place)[:300],
            doubt=line.doubt.value,
            client_words=line.name,
            client_id=line.client.id if line.client else None,
            price=line.price,
            week=facts.week if line.doubt not in _ANOTHER_TIME else None,
            said_on=facts.said_on,
            said=line.said,
        )
        for position, line in enumerate(facts.unclear, start=1)
    ]


def _contracts(s: Situation, rep: PersonCard, facts: Numbers) -> Iterable[OpenTask]:
    """A contract that was signed is to be sent: the rep is asked for it, and it stays on the list until it came."""
    wording = Wording(rep.recipient.language)
    for line in facts.lines:
        if line.contract_of is not None:
            day = wording.day(line.contract_of)
            what = Words(
                f"the signed contract of {line.client.name} of {day} is still to come",
                f"der unterschriebene Vertrag von {line.client.name} vom {day} fehlt noch",
            )
            yield OpenTask(NAME, "signed-contract", f"{s.ref}: {what.to(rep.recipient.language)}", rep.id)


_ANOTHER_TIME: Final = frozenset((Doubt.OTHER_PERIOD, Doubt.EXPECTED, Doubt.NO_DATE))


def _task(s: Situation, rep: PersonCard, lines: list[UnclearLine]) -> OpenTask:
    """The lines that only a person can settle, for the coordinator and in the coordinator's language."""
    coordinator = next(iter(s.known.in_role(Role.COORDINATOR)), None)
    language = coordinator.recipient.language if coordinator else s.known.desk.language
    quoted = Wording(language).quoted
    said = "; ".join(
        f"{quoted(' '.join(line.evidence.words.split())[:120])} ({DOUBTS[line.doubt.value].to(language)})"
        for line in lines[:_MOST_TOLD]
    )
    what = Words(f"{rep.name} sent lines that were not booked", f"nicht gebuchte Zeilen von {rep.name}")
    left = len(lines) - _MOST_TOLD
    more = Words(f" and {left} more", f" und {left} weitere").to(language) if left > 0 else ""
    return OpenTask(
        duty=NAME,
        kind="unclear-lines",
        words=f"{s.ref}: {what.to(language)}: {said}{more}",
        person_id=coordinator.id if coordinator else None,
    )


def _folder(asked: Sequence[object], told_of: Sequence[UnclearLine]) -> Folder:
    if told_of:
        return Folder.HELD
    return Folder.ASKED if asked else Folder.DONE


def _summary(facts: Numbers, rep: PersonCard) -> str:
    parts = [f"{len(facts.lines)} {'line' if len(facts.lines) == 1 else 'lines'} booked"]
    if facts.lines:
        parts[0] += f" ({', '.join(told(total) for total in facts.totals())})"
    if facts.expected:
        parts.append(f"{len(facts.expected)} expected")
    if facts.unclear:
        parts.append(f"{len(facts.unclear)} not booked")
    if facts.repeated:
        parts.append(f"{len(facts.repeated)} already there")
    week = f", week {facts.week.number}" if facts.week else ""
    return f"{rep.name}{week}: {', '.join(parts)}."


def numbers_of(s: Situation) -> Numbers:
    """The numbers that a situation is about."""
    if not isinstance(s.finding.facts, Numbers):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for numbers")
    return s.finding.facts


def rep_of(s: Situation) -> PersonCard:
    """The rep who wrote the mail."""
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a mail of a rep has no rep as its sender")
    return person
