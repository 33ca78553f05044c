"""What the rules of the desk itself may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mailbot.config import Level
from mailbot.deciding.late import LateAnswer, not_again
from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.desk.actions import SettleLetter
from mailbot.duties.desk.addresses import forget_address
from mailbot.duties.desk.cards import tell_card
from mailbot.duties.desk.done import done
from mailbot.duties.desk.in_words import FOLLOW_UP, follow_up, in_words
from mailbot.duties.desk.matters import Matter
from mailbot.duties.desk.reading import Forged
from mailbot.duties.desk.recalled_letters import departments_among
from mailbot.duties.desk.recalling import recalled_of
from mailbot.duties.desk.replies import obeyed, reply
from mailbot.duties.desk.stopping import stop, stop_kinds
from mailbot.duties.desk.told import MOST_CHANGES, changes_told, letters_told, steps, to_others
from mailbot.duties.desk.which_question import WHICH_QUESTION, ask_which
from mailbot.duties.desk.words import NAME, Command, OwnAnswer
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.deciding_again import DecideAgain
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.outbox import ALARM
from mailbot.records.pauses import ResumeSending
from mailbot.records.proposals import DoAsProposed
from mailbot.records.questions import CloseQuestion, CloseTask
from mailbot.records.stopping import StopLetters
from mailbot.records.tables import LetterState, Role
from mailbot.records.undo import Refusal, Undo
from mailbot.sorting.model import Trust

_MOST_LATER = 8  # decisions that stand in the way of an UNDO, the newest of them
_LONGEST_NAME = 250  # characters of a forged address that are kept as the key of its alarm


@dataclass(frozen=True, slots=True)
class Tell:
    """Whom to tell of a forged mail."""

    roles: tuple[Role, ...] = (Role.COORDINATOR, Role.ADMIN)


def _why(situation: Situation, _: NoParameters) -> Plan:
    command, recalled = _command(situation), recalled_of(situation.known)
    if not recalled.stories:
        return _unknown(situation, command)
    is_trusted = situation.sorted.trust.trust >= Trust.T4
    stories = tuple(story for story in recalled.stories if is_trusted or story.ref in recalled.own)
    if command.ref not in [story.ref for story in stories]:
        return _not_yours(situation, command)
    facts: dict[str, Plain] = {"about": command.ref or "", "steps": steps(stories)}
    return obeyed(f"Told why {command.ref}.", reply(situation, "why", facts))


def _undo(situation: Situation, _: NoParameters) -> Plan:
    command, recalled = _command(situation), recalled_of(situation.known)
    undoing = recalled.undoing
    if undoing is None:
        return _unknown(situation, command)
    if not (recalled.may_undo or situation.sorted.trust.trust >= Trust.T4):
        return _not_yours(situation, command)
    if undoing.refused is not None:
        return _refused(situation, undoing.ref, undoing.refused)
    letters = to_others(situation, undoing.cannot_be_unsent)
    hear, tell = departments_among(situation, letters)
    facts: dict[str, Plain] = {
        "about": undoing.ref,
        "changes": changes_told(undoing.reverses),
        "more": max(0, len(undoing.reverses) - MOST_CHANGES),
        "letters": letters_told(letters),
        "hear": tuple(person.name for person in hear),
        "tell": bool(tell),
    }
    return obeyed(f"Took back {undoing.ref}.", Undo(undoing.ref), reply(situation, "undone", facts))


def _settle(situation: Situation, _: NoParameters) -> Plan:
    """Does what the answer to one of the desk's own questions says; where it cannot any more, it says so."""
    answer = situation.finding.facts
    if not isinstance(answer, OwnAnswer):
        raise OurBug("the verb 'settle' was asked about a mail that answers nothing")
    close = CloseQuestion(answer.question.id, answer.words.words)
    matter = next((m for m in recalled_of(situation.known).matters if m.question_id == answer.question.id), None)
    if matter is None:
        raise OurBug(f"{answer.question.letter_ref} was answered, and nobody looked up what it is about")
    said = f'"{answer.words.words}" to {answer.question.letter_ref}'
    about = str(answer.question.context.get("letter", answer.question.decision_ref))
    if answer.key == "stop" and matter.writer is not None:
        about = matter.writer.address
    if hindrance := _hindrance(answer, matter):
        refusal = not_again(situation, answer.words, about, hindrance, matter.settled)
        return obeyed(f"{said}: not done, it is {hindrance}.", close, refusal)
    actions = _of_answer(situation, answer, matter)
    tasks = (matter.task_words,) if matter.task is not None and answer.key == "done" else ()
    key = "as-proposed" if answer.key == "yes" and matter.due is not None else answer.key
    confirmed = reply(situation, "noted", {"key": key, "about": about, "tasks": tasks})
    summary = f"{said}: {'; '.join(map(str, actions)) or 'nothing more to do'}."
    return obeyed(summary, close, *actions, confirmed)


def _hindrance(answer: OwnAnswer, matter: Matter) -> Literal["", "gone", "settled"]:
    """Why a YES or an AGAIN cannot be followed any more; nobody is told that what is done is done."""
    if answer.key not in ("yes", "again") or answer.question.kind == FOLLOW_UP:
        return ""
    if answer.question.kind in ("unsure-letter", "refused-letter"):
        return "" if matter.letter in (LetterState.UNSURE, LetterState.REFUSED) else "settled"
    if matter.settled is not None:
        return "settled"
    return "gone" if matter.mail is None and matter.due is None else ""


def _of_answer(situation: Situation, answer: OwnAnswer, matter: Matter) -> tuple[Action, ...]:
    context = answer.question.context
    match answer.question.kind, answer.key:
        case ("approve", "yes") | ("set-aside", "again") if matter.mail is not None:
            return (DecideAgain(matter.mail, approved=answer.key == "yes"),)
        case "approve", "yes" if matter.due is not None:
            return (DoAsProposed(matter.due, answer.question.decision_ref),)
        case "follow-up", "yes":
            return follow_up(situation, answer)
        case "unsure-letter" | "refused-letter", "again":
            return (SettleLetter(str(context["letter"]), was_sent=False),)
        case "unsure-letter", "sent" if matter.letter is LetterState.UNSURE:
            return (SettleLetter(str(context["letter"]), was_sent=True),)
        case "resume", "resume":
            return (ResumeSending(str(context["scope"])),)
        case "needs-person", "done" | "stop":
            return (*_stopped(answer, matter), *((CloseTask(matter.task),) if matter.task is not None else ()))
        case _:
            return ()


def _stopped(answer: OwnAnswer, matter: Matter) -> tuple[Action, ...]:
    """STOP to a mail that was held: its writer gets no more letters of the desk's own accord."""
    if answer.key != "stop" or matter.writer is None or matter.writer.is_stopped:
        return ()
    because = f'"{answer.words.words}" to {answer.question.letter_ref}'
    return (StopLetters(matter.writer.address_id, matter.writer.address, because),)


def _alarm(situation: Situation, tell: Tell) -> Plan:
    """Says, once a day for each name that is forged, that this happens; nothing goes to whoever sent it.

    Names that nobody on file bears are one: they are made up without end, and each would make an alarm.
    """
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
    name = situation.known.sender.key[:_LONGEST_NAME] if situation.known.sender else "nobody on file"
    today = situation.today.isoformat()
    told = [person for role in tell.roles for person in situation.known.in_role(role)]
    letters = tuple(
        Send(Draft(person.recipient, "desk/forged", facts, f"{ALARM}forged", f"{name} {person.id}", today))
        for person in told
    )
    summary = f"A forged mail in the name of {forged.claimed}; nothing was done."
    return Plan(summary, letters, Folder.QUARANTINE, acts_from=Level.PROPOSE)


def _unknown(situation: Situation, command: Command) -> Plan:
    named = command.ref or ""
    facts: dict[str, Plain] = {"asked": command.written.upper(), "named": named}
    return obeyed(f"{command.written} {named or 'of nothing'}: unknown.", reply(situation, "unknown_ref", facts))


def _not_yours(situation: Situation, command: Command) -> Plan:
    facts: dict[str, Plain] = {"asked": command.written.upper(), "about": command.ref or ""}
    return obeyed(f"{command.written} {command.ref}: somebody else's.", reply(situation, "not_yours", facts))


def _refused(situation: Situation, ref: str, refusal: Refusal) -> Plan:
    facts: dict[str, Plain] = {
        "about": ref,
        "reason": refusal.reason,
        "earlier": max(0, len(refusal.later) - _MOST_LATER),
        "later": tuple(
            {
                "ref": each.ref,
                "moment": each.moment,
                "origin": each.origin,
                "sender": each.sender,
                "what": each.what,
            }
            for each in refusal.later[-_MOST_LATER:]
        ),
    }
    summary = f"Left {ref} as it is: {refusal.reason.replace('_', ' ')}."
    return obeyed(summary, reply(situation, "undo_refused", facts))


def _command(situation: Situation) -> Command:
    if not isinstance(situation.finding.facts, Command):
        raise OurBug("a mail that gives no order was taken for one")
    return situation.finding.facts


def _values(situation: Situation) -> Mapping[str, object]:
    facts = situation.finding.facts
    return {
        "ref": facts.ref or "" if isinstance(facts, Command) else "",
        "answer": facts.key if isinstance(facts, OwnAnswer | LateAnswer) else "",
    }


VOCABULARY = Vocabulary(
    duty=NAME,
    kinds=(
        "why",
        "undo",
        "done",
        "card",
        "in-words",
        "answer",
        "late",
        "unclear",
        WHICH_QUESTION,
        "remove",
        "stop",
        "stop-kinds",
        "forged",
        "nothing",
    ),
    fields={"ref": str, "answer": str},
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("tell_why", NoParameters, _why, "writes to the sender why the decision it names was made"),
            Verb("undo", NoParameters, _undo, "takes the decision back that the mail names, or says why not"),
            Verb(
                "tell_card", NoParameters, tell_card, "writes to the sender what is known of the client that it names"
            ),
            Verb("in_words", NoParameters, in_words, "answers WHY and UNDO in sentences that name a client"),
            Verb("settle", NoParameters, _settle, "does what the answer to a question of the desk says"),
            Verb("done", NoParameters, done, "closes the tasks that the mail names, or says why not"),
            Verb("ask_which", NoParameters, ask_which, "asks which of several open questions a short reply answers"),
            Verb("forget_address", NoParameters, forget_address, "takes an address off that counted as a colleague's"),
            Verb("stop_letters", NoParameters, stop, "stops the automatic letters to the contact who said STOP"),
            Verb("stop_kinds", NoParameters, stop_kinds, "stops the kinds of letters that a contact wants no more"),
            Verb("alarm", Tell, _alarm, "puts a forged mail into quarantine and tells people, once a day"),
        )
    },
)
