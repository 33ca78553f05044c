"""What an angry mail sets going: a pause, the people who must know, and the one answer that a person allows."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.issues.actions import Attach
from mailbot.duties.issues.anger import letters as of_anger
from mailbot.duties.issues.anger.actions import NoteCall, PauseClient
from mailbot.duties.issues.anger.letters import Angry
from mailbot.duties.issues.facts import Called, MaySend
from mailbot.duties.issues.signals import Sign, Signal, anger_of
from mailbot.duties.issues.tables import Voice
from mailbot.errors import OurBug
from mailbot.message.addresses import address_key
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.known import ClientCard, ContactCard, PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role


def alarmed(s: Situation, mail: Angry, keeper: PersonCard | None, *, at_once: bool = False) -> list[Action]:
    """Nothing automatic to the client any more; those who must know are told, and one is asked for the answer."""
    actions: list[Action] = []
    if mail.client:
        paused = f"{mail.number}: an angry mail, {quoted(anger_of(mail.signals))}"
        actions.append(PauseClient(mail.client.id, mail.client.name, paused))
    if keeper:
        readers = {person.id: person for person in (keeper, *s.known.in_role(Role.MANAGER))}
        actions += [of_anger.alarm(s, mail, reader, keeper) for reader in readers.values()]
    return [*actions, *_answer(s, mail, at_once=at_once)]


def _answer(s: Situation, mail: Angry, *, at_once: bool) -> Iterator[Send]:
    """The answer to the client, or the question whether it may go; nothing where nobody on file wrote."""
    contact = of_anger.writer_of(s)
    if mail.client is None or contact is None:
        return
    days = tuple(dict.fromkeys((*(of_anger.day(s, each) for each in of_anger.earlier(s)), s.today)))
    answer = of_anger.answer(s, mail.number, mail.client, contact, days)
    reader = next(iter((*s.known.in_role(Role.COORDINATOR), *s.known.in_role(Role.MANAGER))), None)
    if at_once:
        yield answer
    elif reader is not None:
        yield of_anger.may_i(mail.number, reader, answer, days)


# --- what colleagues say to it ---


def answer_angry(s: Situation, _: NoParameters) -> Plan:
    """The answer goes out as it was shown, or stays here; both are confirmed by nothing but the letter itself."""
    said = s.finding.facts
    if not isinstance(said, MaySend):
        raise OurBug("a rule lets an answer go out, but nobody said that it may")
    closing = CloseQuestion(said.question.id, said.words)
    if not said.says_yes:
        return Plan(f"{said.issue.ref}: the answer to the client stays here.", (closing,))
    client = s.known.client(said.issue.client_id)
    contact = _contact_of(said, client)
    if client is None or contact is None:
        return Plan(f"{said.issue.ref}: who wrote is on file no more, and nobody is answered.", (closing,), Folder.HELD)
    answer = of_anger.answer(s, said.issue.ref, client, contact, said.days)
    return Plan(f"{contact.name} is answered about {said.issue.ref}.", (closing, answer))


def _contact_of(said: MaySend, client: ClientCard | None) -> ContactCard | None:
    """The contact whose mail opened the issue."""
    contacts = client.contacts if client else ()
    return next((each for each in contacts if address_key(each.address) == said.issue.address_key), None)


def note_call(s: Situation, _: NoParameters) -> Plan:
    """What came of a call is kept with the issue; nobody is reminded of the call any more."""
    called = s.finding.facts
    speaker = s.known.sender.person if s.known.sender else None
    if not isinstance(called, Called) or speaker is None:
        raise OurBug("a rule notes a call, but no colleague has said that there was one")
    issue = called.issue
    sender = s.message.sender.address if s.message.sender else ""
    actions = (
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender, called.words),
        NoteCall(issue.id, issue.ref),
        of_anger.call_noted(s, issue, speaker),
    )
    return Plan(f"{speaker.name} has called about {issue.ref}.", actions)


# --- words ---


def because(signals: tuple[Signal, ...]) -> str:
    """The signs that make an issue press, each quoted: anger first, then what is wrong, then what is asked."""
    anger = anger_of(signals)
    if anger:
        return quoted(anger)
    wrong = [signal for signal in signals if signal.sign is Sign.PROBLEM]
    return quoted(tuple(wrong or [signal for signal in signals if signal.sign is Sign.QUESTION]))


def quoted(signals: tuple[Signal, ...]) -> str:
    """The signs with their words, each once."""
    return ", ".join(dict.fromkeys(str(signal) for signal in signals))
