"""What follows when a contact is away or has left: letters wait, or a colleague is asked who takes over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import HoldLetters, MarkLeft
from mailbot.duties.bounces.recalling import NAME, SUCCESSOR, recalled
from mailbot.duties.bounces.whereabouts.actions import KeepWhereabouts, WaitUntilBack
from mailbot.duties.bounces.whereabouts.reading import GoneFacts, TimeAway, international, time_away
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Question, Send
from mailbot.records.tables import AddressStatus

_LONGEST_BECAUSE = 300
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long letters wait for somebody who does not say until when they are away; and how long an absence may last
    before the owner of the client is asked who stands in: else one word of a program would silence us for years."""

    default_days: int = 7
    ask_after_days: int = 30


def wait_until_back(situation: Situation, waiting: Waiting) -> Plan:
    """Letters to somebody who is away wait until they are back; the deputy is kept. Nobody outside is written to."""
    facts = gone_of(situation)
    if facts.absence is None:
        raise OurBug(f"{facts.contact.name} is not away: ask the field kind in the rule")
    away = time_away(facts.absence, situation.now, situation.today, situation.known.desk, waiting.default_days)
    if away is None:
        return Plan(f"{facts.contact.name} was away; that is over, nothing changed.")
    if recalled(situation.known).is_away_until(facts.contact.id, away.letters_from):
        return Plan(f"{facts.contact.name} is away until {away.until:%d %b %Y}, as we know.")
    actions: list[Action] = [
        _kept(situation, facts, away.until),
        WaitUntilBack(facts.contact.id, facts.contact.name, facts.sender.key, away.away_from, away.letters_from),
    ]
    days = (away.until - situation.today).days
    if days > waiting.ask_after_days:
        actions.append(_ask(situation, facts, away))
    back = away.letters_from.astimezone(situation.known.desk.zone)
    return Plan(f"{facts.contact.name} is away; letters wait until {back:%d %b %Y}.", tuple(actions))


def ask_who_follows(situation: Situation, _: NoParameters) -> Plan:
    """Marks that the contact has left, holds the letters, and asks the owner of the client who takes over."""
    facts = gone_of(situation)
    since = f" on {facts.since:%d %b %Y}" if facts.since else ""
    because = f'has left{since}, by an automatic reply: "{one_line(facts.said.words, _LONGEST_BECAUSE)}"'
    actions = (
        _kept(situation, facts, None),
        *mark_left(facts, because),
        _ask(situation, facts, None),
    )
    return Plan(f"{facts.contact.name} ({facts.client.name}) has left{since}.", actions)


def mark_left(facts: GoneFacts, because: str) -> tuple[Action, ...]:
    """The address is off and its letters are held; one that asked us to stop stays stopped."""
    if facts.sender.status is AddressStatus.STOPPED:
        return ()
    marked = MarkLeft(facts.sender.address_id, facts.contact.address, because[:_LONGEST_BECAUSE])
    return marked, HoldLetters(facts.sender.key)


def gone_of(situation: Situation) -> GoneFacts:
    """What was said of the contact."""
    facts = situation.finding.facts
    if not isinstance(facts, GoneFacts):
        raise OurBug(f"a verb for absences was used on a finding of kind {situation.finding.kind!r}")
    return facts


def _kept(situation: Situation, facts: GoneFacts, until: date | None) -> KeepWhereabouts:
    named = facts.stand_in
    return KeepWhereabouts(
        contact_id=facts.contact.id,
        contact=facts.contact.name,
        kind=facts.kind,
        since=facts.since,
        until=until,
        stand_in=named.name if named else "",
        stand_in_address=named.address if named else "",
        stand_in_phone=_phone(situation, facts),
        words=facts.said.words,
    )


def _phone(situation: Situation, facts: GoneFacts) -> str:
    on_file = recalled(situation.known).address(facts.sender.key)
    return international(facts.stand_in.phone, on_file.phone if on_file else None) if facts.stand_in else ""


def _ask(situation: Situation, facts: GoneFacts, away: TimeAway | None) -> Send:
    part = recalled(situation.known)
    named, phone = facts.stand_in, _phone(situation, facts)
    written: dict[str, Plain] = {
        "contact": facts.contact.name,
        "client": facts.client.name,
        "since": facts.since,
        "away_until": away.until if away else None,
        "words": facts.said.words,
        "successor": named.name if named else None,
        "address": named.address if named else None,
        "phone": phone or None,
        "known": named is not None and named.on_file is not None,
        "strange": named is not None and named.is_strange,
        "why_nobody": facts.why_nobody or None,
        "hanging": part.hanging[:_SHOWN],
        "more": max(len(part.hanging) - _SHOWN, 0),
        "waiting": len(part.letters_to(facts.sender.key)),
    }
    to = facts.client.owner or letters.the_one_in_charge(situation.known)
    asks = Question(
        duty=NAME,
        kind=SUCCESSOR,
        words=f"{facts.contact.name} ({facts.client.name}) {'is away for long' if away else 'has left'}. Who follows?",
        context={
            "address_key": facts.sender.key,
            "letter": situation.ref,
            "name": named.name if named else "",
            "address": named.address if named else "",
            "phone": phone,
        },
    )
    draft = Draft(to.recipient, f"{NAME}/who_follows", written, purpose=SUCCESSOR, object=situation.ref)
    return Send(replace(draft, about_client=facts.client.id), asks)
