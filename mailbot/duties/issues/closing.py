"""DONE, and whether it is good for the client: a word of a colleague closes an issue, a word of the client opens it
again."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.issues import letters, to_clients
from mailbot.duties.issues.actions import Attach, Claim, Close, is_pause_of
from mailbot.duties.issues.facts import Good, IssueCard, StaffWord
from mailbot.duties.issues.in_hand import facts_of, sender_of, speaker_of
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.tables import IssueState, Severity, Voice
from mailbot.duties.issues.voices.asides import without_addresses
from mailbot.records.decision import Action
from mailbot.records.known import PersonCard
from mailbot.records.looks import AskLook
from mailbot.records.questions import CloseQuestion


@dataclass(frozen=True, slots=True)
class CloseAs:
    """`ask`: the client is asked whether all is good now; one whom a person calls is not. `look`: the page that the
    issue is about is looked at before DONE is believed."""

    ask: bool = True
    look: bool = True


def close(s: Situation, how: CloseAs) -> Plan:
    """An issue is solved, by the word of somebody who looks after it."""
    word, speaker = facts_of(s, StaffWord), speaker_of(s)
    issue = word.issue
    page = word.page or issue.link
    if how.look and page and issue.state is IssueState.OPEN and issue.severity is not Severity.HIGH:
        return _looked_at_first(s, word, page, speaker)
    was_closed = issue.state is IssueState.SOLVED
    asks = how.ask and not was_closed and _may_be_asked(s, issue)
    client = s.known.client(issue.client_id)
    resumed = client.name if client and is_pause_of(client.paused_because, issue.ref) else None
    said = without_addresses(word.for_client, s.known) if asks else ""
    actions: list[Action] = [
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender_of(s), word.words, passed_on=bool(said))
    ]
    if not was_closed:
        actions.append(Close(issue.id, issue.ref))
    if asks:
        actions.append(to_clients.is_good(s, issue, speaker, said))
    actions.append(letters.closed(s, issue, speaker, resumed=resumed, was_closed=was_closed, asked=asks))
    return Plan(
        f"{issue.ref} was closed already." if was_closed else f"{speaker.name} closed {issue.ref}.", tuple(actions)
    )


def _looked_at_first(s: Situation, word: StaffWord, page: str, speaker: PersonCard) -> Plan:
    """DONE is a claim: nobody is told before the page was seen. What was seen decides what follows."""
    issue = word.issue
    actions = (
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender_of(s), word.words),
        Claim(issue.id, issue.ref, page),
        AskLook(page, issue.ref, NAME),
    )
    return Plan(f"{speaker.name} says that {issue.ref} is done; {page} is looked at first.", actions)


def _may_be_asked(s: Situation, issue: IssueCard) -> bool:
    """An angry client talks with a person, and a stranger has no letters from us that are no answers."""
    client = s.known.client(issue.client_id)
    is_calm = client is not None and client.paused_because is None and issue.severity is not Severity.HIGH
    return is_calm and not letters.is_out_of_reach(s, issue)


def note_good(s: Situation, _: NoParameters) -> Plan:
    """The client says that all is good; nobody is written to."""
    good = facts_of(s, Good)
    issue = good.issue
    actions = (
        CloseQuestion(good.question.id, good.words),
        Attach(issue.id, issue.ref, issue.state, Voice.CLIENT, sender_of(s), good.words),
    )
    return Plan(f"{sender_of(s)} says that {issue.ref} is good now.", actions)
