"""What follows from a bounce: nobody is marked without proof, one letter counts once, and what passes counts little."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.clock import local_date
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import HoldLetters, MarkAddress, RecordBounce
from mailbot.duties.bounces.facts import BounceFacts, proven
from mailbot.duties.bounces.recalling import recalled
from mailbot.duties.bounces.reports.failure import Reason
from mailbot.duties.bounces.returned.on_file import OnFile
from mailbot.errors import OurBug
from mailbot.records.decision import Folder

_LONGEST_BECAUSE = 300

IN_WORDS: Final[Mapping[Reason, str]] = {
    Reason.NO_SUCH_MAILBOX: "there is no such mailbox",
    Reason.NO_SUCH_HOST: "there is no such mail domain",
    Reason.MOVED: "the mailbox has moved",
    Reason.MAILBOX_FULL: "the mailbox is full",
    Reason.DISABLED: "the mailbox is disabled",
    Reason.BLOCKED: "our mail is refused",
    Reason.CONTENT: "this letter is refused for what it holds",
    Reason.TEMPORARY: "it could not be delivered this time",
    Reason.DELIVERED: "it was delivered",
    Reason.COMPLAINT: "its reader called it spam",
    Reason.UNKNOWN: "no reason that we can read",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How much of what passes is too much: a day on which a letter did not arrive is one point, however many did not.

    A point is worth half of it `half_life_days` later. At `points` the address counts as dead.
    """

    points: int = 3
    half_life_days: int = 30


def note(situation: Situation, _: NoParameters) -> Plan:
    """Keeps the decision and files the mail. Nothing changes, nobody is written to."""
    return Plan(f"Noted, nothing changed: {situation.finding.why}.")


def record(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce. No address is marked, nobody is written to."""
    facts = bounce_of(situation)
    letter, failure = proven(facts)
    summary = f"Counted: {letters.letter_in_words(letter)} {failure.outcome}, {in_words(failure.reason)}."
    return Plan(summary, (recorded(facts),))


def count_passing(situation: Situation, patience: Patience) -> Plan:
    """Counts what passes, once a day; where it goes on for too long, the address is marked like a dead one."""
    facts = bounce_of(situation)
    letter, failure = proven(facts)
    on_file = _on_file(facts)
    days = _days_of_trouble(situation, on_file)
    weight = sum(0.5 ** ((situation.today - day).days / patience.half_life_days) for day in days)
    if weight < patience.points:
        summary = (
            f"Counted: {letters.letter_in_words(letter)} {failure.outcome}, {in_words(failure.reason)}; "
            f"{weight:.1f} of {patience.points} points."
        )
        return Plan(summary, (recorded(facts),))
    because = f"{in_words(failure.reason)}: on {len(days)} days since {days[0]:%d %b %Y} (last: letter {letter.ref})"
    summary = f"{on_file.written} is given up: {in_words(failure.reason)} on {len(days)} days."
    return _given_up(situation, facts, because, summary, tuple(days))


def mark_dead(situation: Situation, _: NoParameters) -> Plan:
    """Marks the address, puts the letters to it on hold, and asks the owner of the client what to do."""
    facts = bounce_of(situation)
    letter, failure = proven(facts)
    words = failure.diagnostic or failure.status
    because = f"{in_words(failure.reason)} (letter {letter.ref}): {words}"
    return _given_up(situation, facts, because, f"{_on_file(facts).written} is dead: {in_words(failure.reason)}.")


def tell_admin_of_staff(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce of a colleague's address, marks nothing, and tells the admin."""
    facts = bounce_of(situation)
    letter, _failure = proven(facts)
    summary = f"A colleague's address bounced: {letters.letter_in_words(letter)}; it was not marked."
    return Plan(summary, (recorded(facts), letters.tell_admin_of_staff(situation, facts)), Folder.HELD)


def tell_sender(situation: Situation, _: NoParameters) -> Plan:
    """Counts the bounce, marks nobody, and tells the colleague whose letter it is that it did not arrive."""
    facts = bounce_of(situation)
    letter, failure = proven(facts)
    summary = f"Not delivered: {letters.letter_in_words(letter)}, {in_words(failure.reason)}; no address was marked."
    return Plan(summary, (recorded(facts), letters.tell_sender(situation, facts)))


def _given_up(
    situation: Situation, facts: BounceFacts, because: str, summary: str, days: tuple[date, ...] = ()
) -> Plan:
    on_file = _on_file(facts)
    actions = (
        recorded(facts),
        MarkAddress(on_file.address_id, on_file.written, because[:_LONGEST_BECAUSE]),
        HoldLetters(on_file.key),
        letters.ask_about_dead_address(situation, facts, days),
    )
    return Plan(summary, actions)


def _days_of_trouble(situation: Situation, on_file: OnFile) -> list[date]:
    """The days on which something passed at this address, today among them; the first one first."""
    zone = situation.known.desk.zone
    passed = (each for each in recalled(situation.known).passed if each.address_key == on_file.key)
    return sorted({situation.today, *(local_date(each.at, zone) for each in passed)})


def _on_file(facts: BounceFacts) -> OnFile:
    if facts.on_file is None:
        letter, _ = proven(facts)
        raise OurBug(f"{letter.recipient} is on no contact and cannot be marked: ask the field on_file in the rule")
    return facts.on_file


def recorded(facts: BounceFacts) -> RecordBounce:
    """The action that counts the bounce."""
    letter, failure = proven(facts)
    address_id = facts.on_file.address_id if facts.on_file else None
    return RecordBounce(letter.ref, letter.recipient_key, address_id, failure)


def bounce_of(situation: Situation) -> BounceFacts:
    """What the bounce says."""
    facts = situation.finding.facts
    if not isinstance(facts, BounceFacts):
        raise OurBug(f"a verb for bounces was used on a finding of kind {situation.finding.kind!r}")
    return facts


def in_words(reason: Reason) -> str:
    """A reason, in words for a summary."""
    return IN_WORDS.get(reason, reason.value.replace("_", " "))
