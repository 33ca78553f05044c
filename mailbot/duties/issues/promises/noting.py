"""A day that somebody promises: it is kept with the issue; the client hears of it where a rule says so."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.verbs import Plan, Situation
from mailbot.duties.issues import letters, to_clients
from mailbot.duties.issues.actions import Attach
from mailbot.duties.issues.facts import StaffWord
from mailbot.duties.issues.in_hand import facts_of, sender_of, speaker_of
from mailbot.duties.issues.promises import times
from mailbot.duties.issues.promises.actions import Promise
from mailbot.duties.issues.tables import Voice
from mailbot.duties.issues.voices.asides import without_addresses
from mailbot.errors import OurBug
from mailbot.records.decision import Action


@dataclass(frozen=True, slots=True)
class PromiseAs:
    """`tell`: the client hears of the day."""

    tell: bool = False


def note_promise(s: Situation, how: PromiseAs) -> Plan:
    """The day is what the clock of this issue goes by from now on."""
    word, speaker = facts_of(s, StaffWord), speaker_of(s)
    issue, day = word.issue, word.promised_on
    if day is None:
        raise OurBug(f"a rule notes a promise, but {sender_of(s)} has promised no day")
    tells = how.tell and not letters.is_out_of_reach(s, issue)
    actions: list[Action] = [
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender_of(s), word.words, passed_on=tells),
        Promise(issue.id, issue.ref, speaker.name, day, times.promised(issue, day, s.now, s.known.desk)),
    ]
    if tells:
        actions.append(to_clients.promised(s, issue, speaker, day, without_addresses(word.for_client, s.known)))
    actions.append(letters.promise_noted(s, issue, speaker, day, told=tells))
    heard = f"{issue.who} is told" if tells else f"{issue.who} hears nothing of it"
    return Plan(f"{speaker.name} promises {issue.ref} by {day:%d %b %Y}; {heard}.", tuple(actions))
