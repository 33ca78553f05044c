"""What the rules about issues may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from mailbot.clock import local_date
from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.issues import letters
from mailbot.duties.issues.actions import (
    Attach,
    Close,
    KeepTheirNumber,
    Open,
    RaiseSeverity,
    Reopen,
    is_pause_of,
)
from mailbot.duties.issues.anger.alarm import alarmed, answer_angry, because, note_call
from mailbot.duties.issues.anger.letters import Angry
from mailbot.duties.issues.facts import FollowUp, IssueCard, Report, RobotNote, StaffWord, Thanks, severity_of
from mailbot.duties.issues.reading import CALLED, DONE, FOLLOW_UP, ISSUE, MAY_BE_SENT, NOTE, ROBOT, THANKS
from mailbot.duties.issues.recalling import NAME
from mailbot.duties.issues.signals import Sign, anger_of, shows
from mailbot.duties.issues.tables import IssueState, Severity, Voice
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action, Folder
from mailbot.records.in_words import Words
from mailbot.records.known import ClientCard, PersonCard
from mailbot.records.questions import OpenTask

_LONGEST_WORDS = 200  # of a mail, in a task

Facts = TypeVar("Facts", Report, FollowUp, RobotNote, StaffWord, Thanks)


@dataclass(frozen=True, slots=True)
class OpenAs:
    """`acknowledge`: the client gets a number at once. `alarm`: a person answers, and managers are told too.
    `answer_at_once`: an angry client gets the short answer without a person's yes."""

    acknowledge: bool = True
    alarm: bool = False
    answer_at_once: bool = False


@dataclass(frozen=True, slots=True)
class AttachAs:
    """`tell`: the owner hears of it, once an issue and day. `alarm`: an angry mail, of which managers hear too."""

    tell: bool = True
    alarm: bool = False


# --- a new issue ---


def open_issue(s: Situation, how: OpenAs) -> Plan:
    """A new issue: its number, its first mail, and the letters about it."""
    report = _facts(s, Report)
    client = s.known.sender.client if s.known.sender and report.by_known_client else None
    keeper = letters.looks_after(s.known, client)
    ack = letters.acknowledgement(s, s.ref, keeper) if how.acknowledge and not how.alarm else None
    actions: list[Action] = [_opening(s, report, client, keeper)]
    if ack:
        actions.append(ack)
    if how.alarm:
        angry = Angry(s.ref, client, report.words, report.signals, report.deadline)
        actions += alarmed(s, angry, keeper, at_once=how.answer_at_once)
    elif keeper:
        heard = letters.is_heard(s, ack)
        actions.append(letters.report(s, s.ref, keeper, report.words, client_hears=heard))
    who = client.name if client else _sender(s)
    with_whom = f"with {keeper.name}" if keeper else "and nobody on file looks after it"
    summary = f"{who} opened {s.ref} ({report.severity}), {with_whom}."
    return Plan(summary, tuple(actions), Folder.DONE if keeper else Folder.HELD)


def _opening(s: Situation, report: Report, client: ClientCard | None, keeper: PersonCard | None) -> Open:
    contact = s.known.sender.contact if s.known.sender and report.by_known_client else None
    return Open(
        ref=s.ref,
        client_id=client.id if client else None,
        writer=contact.name if contact else "",
        address=_sender(s),
        address_key=s.message.sender.key if s.message.sender else "",
        subject=report.subject,
        words=report.words,
        severity=report.severity,
        severity_because=because(report.signals),
        owner_id=keeper.id if keeper else None,
        deadline=report.deadline,
    )


# --- a further mail ---


def attach(s: Situation, how: AttachAs) -> Plan:
    """A further mail is kept with its issue; a solved one is opened again by the party that opened it."""
    mail = _facts(s, FollowUp)
    issue = mail.issue
    client = s.known.client(issue.client_id)
    keeper = letters.looks_after(s.known, client, issue.owner_id)
    actions: list[Action] = [Attach(issue.id, issue.ref, issue.state, Voice.CLIENT, _sender(s), mail.words)]
    reopens = issue.state is IssueState.SOLVED and mail.by_same_party and not mail.is_only_thanks
    if reopens:
        actions.append(Reopen(issue.id, issue.ref))
    newly_angry = how.alarm and mail.by_same_party and issue.severity is not Severity.HIGH
    if newly_angry:
        actions.append(RaiseSeverity(issue.id, issue.ref, Severity.HIGH, because(mail.signals), mail.deadline))
        actions += alarmed(s, Angry(issue.ref, client, mail.words, mail.signals, mail.deadline), keeper)
    elif how.tell:
        actions += _told(s, mail, keeper, reopens=reopens)
    if reopens and not how.alarm and (ack := letters.acknowledgement(s, issue.ref, keeper, again=True)):
        actions.append(ack)
    summary = f"{_sender(s)} wrote again about {issue.ref}" + (", which is open again." if reopens else ".")
    return Plan(summary, tuple(actions), Folder.DONE if keeper or not how.tell else Folder.HELD)


def _told(s: Situation, mail: FollowUp, keeper: PersonCard | None, *, reopens: bool) -> list[Action]:
    """The owner is told by letter once a day; what comes after that waits as a task, so that nothing goes unseen."""
    issue = mail.issue
    if keeper is None:
        return []
    if _was_told_today(s, issue):
        once_more = Words("wrote once more", "hat noch einmal geschrieben").to(keeper.recipient.language)
        words = f'{issue.ref}: {_sender(s)} {once_more}: "{one_line(mail.words, _LONGEST_WORDS)}"'
        return [OpenTask(NAME, "follow-up", words, person_id=keeper.id, client_id=issue.client_id)]
    return [letters.more(s, issue, keeper, mail.words, reopened=reopens, on_file=mail.by_same_party)]


def _was_told_today(s: Situation, issue: IssueCard) -> bool:
    return issue.told_more_at is not None and local_date(issue.told_more_at, s.known.desk.zone) == s.today


def file_thanks(s: Situation, _: NoParameters) -> Plan:
    """Mere thanks are filed; nobody has to see them."""
    words = one_line(_facts(s, Thanks).words, _LONGEST_WORDS)
    return Plan(f'{_sender(s)} says thanks, and nothing else: "{words}". Filed, nobody was written to.')


# --- machines and colleagues ---


def note_robot(s: Situation, _: NoParameters) -> Plan:
    """An automatic reply is kept with its issue, and the number it gives; nobody is answered."""
    note = _facts(s, RobotNote)
    issue = note.issue
    actions: list[Action] = [Attach(issue.id, issue.ref, issue.state, Voice.ROBOT, _sender(s), note.words)]
    if note.their_number and issue.their_number is None:
        actions.append(KeepTheirNumber(issue.id, issue.ref, note.their_number))
    number = f"; they call it {note.their_number}" if note.their_number else ""
    return Plan(f"An automatic reply to {issue.ref}{number}. Kept, not answered.", tuple(actions))


def close(s: Situation, _: NoParameters) -> Plan:
    """An issue is solved, by the word of the one who looks after it."""
    word = _facts(s, StaffWord)
    issue, speaker = word.issue, _speaker(s)
    was_closed = issue.state is IssueState.SOLVED
    client = s.known.client(issue.client_id)
    resumed = client.name if client and is_pause_of(client.paused_because, issue.ref) else None
    actions: list[Action] = [Attach(issue.id, issue.ref, issue.state, Voice.STAFF, _sender(s), word.words)]
    if not was_closed:
        actions.append(Close(issue.id, issue.ref))
    actions.append(letters.closed(s, issue, speaker, resumed=resumed, was_closed=was_closed))
    said = f"{issue.ref} was closed already." if was_closed else f"{speaker.name} closed {issue.ref}."
    return Plan(said, tuple(actions))


def keep_note(s: Situation, _: NoParameters) -> Plan:
    """A colleague's words are kept with the issue; the colleague hears that they went no further."""
    word = _facts(s, StaffWord)
    speaker = _speaker(s)
    actions: tuple[Action, ...] = (
        Attach(word.issue.id, word.issue.ref, word.issue.state, Voice.STAFF, _sender(s), word.words),
        letters.not_passed_on(s, word.issue, speaker, may_not_close=word.is_done),
    )
    return Plan(f"{speaker.name} wrote about {word.issue.ref}; kept, passed on to nobody.", actions)


# --- the vocabulary ---


def values(s: Situation) -> Mapping[str, object]:
    """What rules may ask about a mail that this duty has read."""
    facts = s.finding.facts
    signals = facts.signals if isinstance(facts, Report | FollowUp) else ()
    known_client = (
        facts.by_known_client if isinstance(facts, Report) else bool(s.known.sender and s.known.sender.client)
    )
    return {
        "problem": shows(signals, Sign.PROBLEM),
        "asks": shows(signals, Sign.QUESTION),
        "anger": len(anger_of(signals)),
        "severity": severity_of(signals).value if signals else None,
        "known_client": known_client,
        "thanks": isinstance(facts, Thanks) or (isinstance(facts, FollowUp) and facts.is_only_thanks),
        "same_party": isinstance(facts, FollowUp) and facts.by_same_party,
        "their_number": facts.their_number if isinstance(facts, RobotNote) else None,
        "state": facts.issue.state.value if isinstance(facts, FollowUp | RobotNote | StaffWord) else None,
    }


VOCABULARY = Vocabulary(
    duty=NAME,
    kinds=(ISSUE, FOLLOW_UP, ROBOT, DONE, NOTE, THANKS, CALLED, MAY_BE_SENT),
    fields={
        "problem": bool,
        "asks": bool,
        "anger": int,
        "severity": Severity,
        "known_client": bool,
        "thanks": bool,
        "same_party": bool,
        "their_number": str,
        "state": IssueState,
    },
    values=values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("open", OpenAs, open_issue, "opens an issue and tells the one who looks after the client"),
            Verb("attach", AttachAs, attach, "keeps a further mail with its issue and tells its owner"),
            Verb(
                "note_robot",
                NoParameters,
                note_robot,
                "keeps an automatic reply, and their ticket number, with the issue",
            ),
            Verb("file_thanks", NoParameters, file_thanks, "files a mail that says thanks and nothing else"),
            Verb("close", NoParameters, close, "closes the issue and confirms it to the one who said so"),
            Verb("keep_note", NoParameters, keep_note, "keeps a colleague's words with the issue; they go no further"),
            Verb("note_call", NoParameters, note_call, "keeps what came of a call, and ends the reminders to make it"),
            Verb("answer_angry", NoParameters, answer_angry, "sends an angry client the answer that was shown, or not"),
        )
    },
)


def _facts(s: Situation, kind: type[Facts]) -> Facts:
    facts = s.finding.facts
    if not isinstance(facts, kind):
        raise OurBug(
            f"a rule asks for what does not fit: the mail is of kind {s.finding.kind!r}; add when.kind.is to it"
        )
    return facts


def _speaker(s: Situation) -> PersonCard:
    if s.known.sender is None or s.known.sender.person is None:
        raise OurBug(f"a colleague's word about an issue, but {_sender(s)} is none")
    return s.known.sender.person


def _sender(s: Situation) -> str:
    return s.message.sender.address if s.message.sender else ""
