"""What the rules about issues may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.issues import letters, to_clients
from mailbot.duties.issues.actions import Attach, KeepTheirNumber, Open, Reopen
from mailbot.duties.issues.anger.actions import RaiseSeverity
from mailbot.duties.issues.anger.alarm import alarmed, answer_angry, because, note_call
from mailbot.duties.issues.anger.letters import Angry
from mailbot.duties.issues.closing import CloseAs, close, note_good
from mailbot.duties.issues.facts import FollowUp, Report, RobotNote, StaffWord, Thanks, severity_of
from mailbot.duties.issues.in_hand import facts_of, sender_of
from mailbot.duties.issues.kinds import KINDS, NAME
from mailbot.duties.issues.orders.actions import Wake
from mailbot.duties.issues.orders.obeying import obey
from mailbot.duties.issues.passing_on import LONGEST_WORDS, keep_note, pass_on, told
from mailbot.duties.issues.promises import times
from mailbot.duties.issues.promises.noting import PromiseAs, note_promise
from mailbot.duties.issues.settings import settings_of
from mailbot.duties.issues.signals import Sign, Signal, anger_of, shows
from mailbot.duties.issues.sold.answering import used, works_on_it
from mailbot.duties.issues.sold.facts import NOTHING
from mailbot.duties.issues.tables import IssueState, Severity, Voice
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action, Folder
from mailbot.records.known import ClientCard, PersonCard
from mailbot.records.looks import AskLook
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role


@dataclass(frozen=True, slots=True)
class OpenAs:
    """`to`: the address of the department, or the colleague, that works on it; "" leaves that to what was sold.
    `look`: a page that it is about is looked at before anybody is written to. `acknowledge`: the client gets a number
    at once. `alarm`: a person answers, and managers are told too. `answer_at_once`: an angry client gets the short
    answer without a person's yes."""

    to: str = ""
    look: bool = True
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
    """A new issue: its number, its first mail, what it is about; and the letters, or a look at the page before them."""
    report = facts_of(s, Report)
    client = s.known.sender.client if s.known.sender and report.by_known_client else None
    keeper = letters.looks_after(s.known, client)
    department = None if how.alarm else works_on_it(s, report, how.to)  # an angry client is a person's
    worker = department or keeper
    looks = bool(how.look and how.acknowledge and not how.alarm and client and report.about.page)
    actions: list[Action] = [_opening(s, report, client, keeper, department), *used(s, report)]
    if how.alarm:
        angry = Angry(s.ref, client, report.words, report.signals, report.deadline, report.about.contract)
        actions += alarmed(s, angry, keeper, at_once=how.answer_at_once)
    elif looks and report.about.page:
        actions.append(AskLook(report.about.page, s.ref, NAME))
    else:
        actions += _letters(s, report, worker, acknowledge=how.acknowledge)
    who = client.name if client else sender_of(s)
    with_whom = f"with {worker.name}" if worker else "and nobody on file looks after it"
    summary = f"{who} opened {s.ref} ({report.severity}), {with_whom}."
    return Plan(summary, tuple(actions), Folder.DONE if keeper else Folder.HELD)


def _letters(s: Situation, report: Report, worker: PersonCard | None, *, acknowledge: bool) -> Iterator[Action]:
    """To the one who wrote, and to the one who works on it."""
    ack = to_clients.acknowledgement(s, s.ref, worker, report) if acknowledge else None
    if ack:
        yield ack
    if worker:
        yield letters.report(s, s.ref, worker, report, client_hears=to_clients.is_heard(s, ack))


def _opening(
    s: Situation, report: Report, client: ClientCard | None, keeper: PersonCard | None, department: PersonCard | None
) -> Open:
    contact = s.known.sender.contact if s.known.sender and report.by_known_client else None
    return Open(
        ref=s.ref,
        client_id=client.id if client else None,
        writer=contact.name if contact else "",
        address=sender_of(s),
        address_key=s.message.sender.key if s.message.sender else "",
        subject=report.subject,
        words=report.words,
        severity=report.severity,
        severity_because=because(report.signals),
        owner_id=keeper.id if keeper else None,
        deadline=report.deadline,
        language=letters.language_of(s),
        department_id=department.id if department else None,
        contract_id=report.about.contract_id,
        deliverable_id=report.about.sold.id if report.about.sold else None,
        link=report.about.page,
        asks_month=report.about.asked_month,
        times=times.of_new(report.severity, s.now, s.known.desk),
    )


# --- a further mail ---


def attach(s: Situation, how: AttachAs) -> Plan:
    """A further mail is kept with its issue; a solved one is opened again by the party that opened it."""
    mail = facts_of(s, FollowUp)
    issue = mail.issue
    client = s.known.client(issue.client_id)
    keeper = letters.looks_after(s.known, client, issue.owner_id)
    actions: list[Action] = [Attach(issue.id, issue.ref, issue.state, Voice.CLIENT, sender_of(s), mail.words)]
    reopens = issue.state is IssueState.SOLVED and mail.by_same_party and not mail.is_only_thanks
    if mail.question is not None:
        actions.append(CloseQuestion(mail.question.id, mail.words))
    if issue.snoozed_until is not None:
        actions.append(Wake(issue.id, issue.ref))
    if reopens:
        actions.append(Reopen(issue.id, issue.ref))
    newly_angry = how.alarm and mail.by_same_party and issue.severity is not Severity.HIGH
    if newly_angry:
        actions.append(RaiseSeverity(issue.id, issue.ref, Severity.HIGH, because(mail.signals), mail.deadline))
        actions += alarmed(s, Angry(issue.ref, client, mail.words, mail.signals, mail.deadline), keeper)
    elif how.tell:
        actions += told(s, mail, letters.works_on(s.known, issue, keeper), reopened=reopens)
    if reopens and not how.alarm and (ack := to_clients.reopened(s, issue, letters.works_on(s.known, issue, keeper))):
        actions.append(ack)
    summary = f"{sender_of(s)} wrote again about {issue.ref}" + (", which is open again." if reopens else ".")
    return Plan(summary, tuple(actions), Folder.DONE if keeper or not how.tell else Folder.HELD)


def open_anew(s: Situation, _: NoParameters) -> Plan:
    """A mail about an issue that was solved long ago: a new one, which takes the old one up."""
    mail = facts_of(s, FollowUp)
    issue = mail.issue
    client = s.known.client(issue.client_id)
    keeper = letters.looks_after(s.known, client, issue.owner_id)
    worker = letters.works_on(s.known, issue, keeper)
    report = Report(issue.subject, mail.words, mail.signals, client is not None, mail.deadline)
    opening = replace(
        _opening(s, report, client, keeper, s.known.person(issue.department_id)),
        follows_id=issue.id,
        contract_id=issue.contract_id,
        deliverable_id=issue.deliverable_id,
    )
    summary = f"{sender_of(s)} wrote about {issue.ref}, which was solved long ago: {s.ref} takes it up."
    actions = (opening, *_letters(s, report, worker, acknowledge=True))
    return Plan(summary, actions, Folder.DONE if keeper else Folder.HELD)


def file_thanks(s: Situation, _: NoParameters) -> Plan:
    """Mere thanks are filed; nobody has to see them."""
    words = one_line(facts_of(s, Thanks).words, LONGEST_WORDS)
    return Plan(f'{sender_of(s)} says thanks, and nothing else: "{words}". Filed, nobody was written to.')


# --- machines and colleagues ---


def note_robot(s: Situation, _: NoParameters) -> Plan:
    """An automatic reply is kept with its issue, and the number it gives; nobody is answered."""
    note = facts_of(s, RobotNote)
    issue = note.issue
    actions: list[Action] = [Attach(issue.id, issue.ref, issue.state, Voice.ROBOT, sender_of(s), note.words)]
    if note.their_number and issue.their_number is None:
        actions.append(KeepTheirNumber(issue.id, issue.ref, note.their_number))
    number = f"; they call it {note.their_number}" if note.their_number else ""
    return Plan(f"An automatic reply to {issue.ref}{number}. Kept, not answered.", tuple(actions))


# --- the vocabulary ---


def values(s: Situation) -> Mapping[str, object]:
    """What rules may ask about a mail that this duty has read."""
    facts = s.finding.facts
    signals = facts.signals if isinstance(facts, Report | FollowUp) else ()
    about = facts.about if isinstance(facts, Report) else NOTHING
    client = s.known.sender.client if s.known.sender else None
    known_client = (
        facts.by_known_client if isinstance(facts, Report) else bool(s.known.sender and s.known.sender.client)
    )
    return {
        "problem": shows(signals, Sign.PROBLEM),
        "by_department": s.known.sender is not None
        and s.known.sender.person is not None
        and s.known.sender.person.role is Role.DEPARTMENT,
        "long_solved": isinstance(facts, FollowUp) and _is_long_solved(s, facts),
        "client": client.name if client else None,
        "contract": about.contract or None,
        "sold": about.sold.kind if about.sold else None,
        "asks": shows(signals, Sign.QUESTION),
        "anger": len(anger_of(signals)),
        "severity": _severity(s, signals),
        "known_client": known_client,
        "thanks": isinstance(facts, Thanks) or (isinstance(facts, FollowUp) and facts.is_only_thanks),
        "same_party": isinstance(facts, FollowUp) and facts.by_same_party,
        "their_number": facts.their_number if isinstance(facts, RobotNote) else None,
        "state": facts.issue.state.value if isinstance(facts, FollowUp | RobotNote | StaffWord) else None,
    }


def _is_long_solved(s: Situation, mail: FollowUp) -> bool:
    """Whether the issue was solved too long ago to be opened again."""
    solved_at = mail.issue.solved_at
    days = timedelta(days=settings_of(s.known.desk).reopen_days)
    return mail.issue.state is IssueState.SOLVED and solved_at is not None and s.now - solved_at > days


def _severity(s: Situation, signals: tuple[Signal, ...]) -> str | None:
    """Of a colleague's word, the severity of the issue it is about."""
    facts = s.finding.facts
    if isinstance(facts, StaffWord):
        return facts.issue.severity.value
    return severity_of(signals).value if signals else None


VOCABULARY = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={
        "problem": bool,
        "by_department": bool,
        "long_solved": bool,
        "client": str,
        "contract": str,
        "sold": str,
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
            Verb("open_anew", NoParameters, open_anew, "opens a new issue that takes up one solved long ago"),
            Verb("file_thanks", NoParameters, file_thanks, "files a mail that says thanks and nothing else"),
            Verb("close", CloseAs, close, "closes the issue, and asks the client whether all is good now"),
            Verb("note_good", NoParameters, note_good, "notes that the client says that all is good"),
            Verb("pass_on", NoParameters, pass_on, "sends a colleague's answer to the client, in the colleague's name"),
            Verb("note_promise", PromiseAs, note_promise, "keeps the day by which somebody promises to have it done"),
            Verb("keep_note", NoParameters, keep_note, "keeps a colleague's words with the issue; they go no further"),
            Verb("obey", NoParameters, obey, "merges, splits, hands over or puts off an issue, as a colleague orders"),
            Verb("note_call", NoParameters, note_call, "keeps what came of a call, and ends the reminders to make it"),
            Verb("answer_angry", NoParameters, answer_angry, "sends an angry client the answer that was shown, or not"),
        )
    },
)
