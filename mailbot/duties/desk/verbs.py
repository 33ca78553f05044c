"""What the rules of the desk itself may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.deciding.verbs import FieldValue, Plan, Situation, Verb, Vocabulary
from mailbot.duties.desk.actions import DecideAgain, SettleLetter
from mailbot.duties.desk.reading import NAME, Command, Forged, OwnAnswer
from mailbot.duties.desk.recalling import Recalled
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient, Thread
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.known import PersonCard
from mailbot.records.outbox import ALARM
from mailbot.records.pauses import ResumeSending
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role
from mailbot.records.telling import ChangeTold
from mailbot.records.undo import Undo, Undoing
from mailbot.records.why import LetterTold, Story
from mailbot.sorting.model import Trust


@dataclass(frozen=True, slots=True)
class Nothing:
    """A verb that takes no parameters."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Whom to tell of a forged mail."""

    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.ADMIN)


def _why(situation: Situation, _: Nothing) -> Plan:
    command, recalled = _command(situation), _recalled(situation)
    if not recalled.stories:
        return _unknown(situation, command)
    if not (recalled.own or situation.sorted.trust.trust >= Trust.T4):
        return _refused(situation, command.ref or "", "not_yours")
    facts: dict[str, Plain] = {"about": command.ref or "", "steps": _steps(recalled.stories)}
    return Plan(f"Told why {command.ref}.", (_reply(situation, "why", facts),))


def _undo(situation: Situation, _: Nothing) -> Plan:
    command, undoing = _command(situation), _recalled(situation).undoing
    if undoing is None:
        return _unknown(situation, command)
    if not (_recalled(situation).own or situation.sorted.trust.trust >= Trust.T4):
        return _refused(situation, undoing.ref, "not_yours")
    if undoing.refused is not None:
        return _refused(situation, undoing.ref, undoing.refused.reason, undoing)
    facts: dict[str, Plain] = {
        "about": undoing.ref,
        "changes": _changes(undoing.reverses),
        "letters": _letters(undoing.cannot_be_unsent),
    }
    return Plan(f"Took back {undoing.ref}.", (Undo(undoing.ref), _reply(situation, "undone", facts)))


def _settle(situation: Situation, _: Nothing) -> Plan:
    """Does what the answer to one of the desk's own questions says."""
    answer = situation.finding.facts
    if not isinstance(answer, OwnAnswer):
        raise OurBug("the verb 'settle' was asked about a mail that answers nothing")
    close = CloseQuestion(answer.question.id, answer.words.words)
    actions = _of_answer(answer, _recalled(situation))
    said = f'"{answer.words.words}" to {answer.question.letter_ref}'
    return Plan(f"{said}: {'; '.join(map(str, actions)) or 'nothing more to do'}.", (close, *actions))


def _of_answer(answer: OwnAnswer, recalled: Recalled) -> tuple[Action, ...]:
    context = answer.question.context
    match answer.question.kind, answer.key:
        case "approve", "yes":
            if recalled.arrival_to_repeat is None:
                raise OurBug(f"the mail of {context.get('decision')} is no longer kept; it cannot be decided again")
            return (DecideAgain(recalled.arrival_to_repeat, approved=True),)
        case "set-aside", "again":
            return (DecideAgain(int(str(context["arrival"])), approved=False),)
        case "unsure-letter" | "refused-letter", "again":
            return (SettleLetter(str(context["letter"]), was_sent=False),)
        case "unsure-letter", "sent":
            return (SettleLetter(str(context["letter"]), was_sent=True),)
        case "resume", "resume":
            return (ResumeSending(str(context["scope"])),)
        case _:
            return ()


def _alarm(situation: Situation, tell: Tell) -> Plan:
    """Says, once, that a mail was forged; nothing goes to whoever sent it."""
    forged = situation.finding.facts
    if not isinstance(forged, Forged):
        raise OurBug("the verb 'alarm' was asked about a mail that is not forged")
    message = situation.message
    facts: dict[str, Plain] = {
        "sender": forged.claimed,
        "subject": message.subject,
        "received": message.date or situation.now,
        "checks": forged.checks,
        "words": message.body.for_people.text,
        "folder": Folder.QUARANTINE.value,
    }
    told = [person for role in tell.roles for person in situation.known.in_role(role)]
    letters = tuple(
        Send(Draft(_recipient(person), "desk/forged", facts, f"{ALARM}forged", f"{situation.ref} {person.id}"))
        for person in told
    )
    return Plan(f"A forged mail in the name of {forged.claimed}; nothing was done.", letters, Folder.QUARANTINE)


def _unknown(situation: Situation, command: Command) -> Plan:
    named = command.ref or situation.message.subject
    facts: dict[str, Plain] = {"asked": command.written.upper(), "named": named}
    return Plan(f"{command.written} {named}: unknown.", (_reply(situation, "unknown_ref", facts),))


def _refused(situation: Situation, ref: str, reason: str, undoing: Undoing | None = None) -> Plan:
    later = undoing.refused.later if undoing and undoing.refused else ()
    facts: dict[str, Plain] = {
        "about": ref,
        "reason": reason,
        "later": tuple(
            {"ref": each.ref, "moment": each.moment, "sender": each.sender, "what": each.what} for each in later
        ),
    }
    return Plan(f"Left {ref} as it is: {reason.replace('_', ' ')}.", (_reply(situation, "undo_refused", facts),))


def _reply(situation: Situation, template: str, facts: Mapping[str, Plain]) -> Send:
    """A letter to the colleague who gave the order, at the address on record."""
    sender = situation.known.sender
    if sender is None or sender.person is None:
        raise OurBug("an order was taken from somebody who is no colleague")
    message = situation.message
    return Send(
        Draft(
            to=_recipient(sender.person),
            template=f"desk/{template}",
            facts=facts,
            purpose=template,
            object=situation.ref,
            answers=Thread(message.subject, message.message_id, message.references),
        )
    )


def _recipient(person: PersonCard) -> Recipient:
    return Recipient(person.address, person.name, person.language)


def _steps(stories: tuple[Story, ...]) -> tuple[Plain, ...]:
    return tuple(
        {
            "ref": story.ref,
            "moment": story.decided_at,
            "sender": story.sender,
            "subject": story.subject,
            "rule": story.rule,
            "words": story.evidence,
            "changes": _changes(story.changes),
            "letters": tuple(
                {"ref": each.ref, "to": each.recipient, "subject": each.subject} for each in story.letters
            ),
            "undone": story.undone_by is not None,
        }
        for story in stories
    )


def _changes(changes: tuple[ChangeTold, ...]) -> tuple[Plain, ...]:
    return tuple({"what": each.what, "before": each.before, "after": each.after} for each in changes)


def _letters(letters: tuple[LetterTold, ...]) -> tuple[Plain, ...]:
    return tuple({"moment": each.moment, "to": each.recipient, "subject": each.subject} for each in letters)


def _command(situation: Situation) -> Command:
    if not isinstance(situation.finding.facts, Command):
        raise OurBug("a mail that gives no order was taken for one")
    return situation.finding.facts


def _recalled(situation: Situation) -> Recalled:
    recalled = situation.known.recalled.get(NAME)
    return recalled if isinstance(recalled, Recalled) else Recalled()


def _values(situation: Situation) -> Mapping[str, FieldValue]:
    facts = situation.finding.facts
    return {
        "ref": facts.ref or "" if isinstance(facts, Command) else "",
        "answer": facts.key if isinstance(facts, OwnAnswer) else "",
    }


VOCABULARY = Vocabulary(
    duty=NAME,
    kinds=("why", "undo", "answer", "unclear", "forged", "nothing"),
    fields={"ref": str, "answer": str},
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("tell_why", Nothing, _why, "writes to the sender why the decision it names was made"),
            Verb("undo", Nothing, _undo, "takes the decision back that the mail names, or says why not"),
            Verb("settle", Nothing, _settle, "does what the answer to a question of the desk says"),
            Verb("alarm", Tell, _alarm, "puts a forged mail into quarantine and tells people, once"),
        )
    },
)
