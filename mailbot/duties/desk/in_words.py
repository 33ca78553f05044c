"""WHY and UNDO in sentences are answered in one letter: the mails behind a figure, what was taken back, what was not.

A thing is taken back whole or not at all. Where later mails were built on it, where its mails also told of other
clients, or where several things may be meant, nothing is taken back and the letter says what to reply.
"""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.desk.named import Named
from mailbot.duties.desk.recalled_letters import departments_among
from mailbot.duties.desk.recalling import recalled_of
from mailbot.duties.desk.replies import obeyed
from mailbot.duties.desk.told import changes_told, letters_told, steps, to_others
from mailbot.duties.desk.words import NAME, OwnAnswer
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.undo import Undo
from mailbot.records.why import LetterTold
from mailbot.sorting.model import Trust

FOLLOW_UP: Final = "follow-up"  # the question whether who got letters shall hear that they no longer hold

_MOST_LATER: Final = 8
_MOST_THINGS: Final = 5


def in_words(situation: Situation, _: NoParameters) -> Plan:
    """Tells and takes back what the sentences of the mail ask for, as far as the sender may."""
    asked = situation.finding.facts
    if not isinstance(asked, tuple) or not all(isinstance(each, Named) for each in asked):
        raise OurBug("the verb 'in_words' was asked about a mail that orders nothing in words")
    undos = [each for each in asked if isinstance(each, Named) and _outcome(situation, each) == "undone"]
    refs = tuple(dict.fromkeys(ref for each in undos for ref in each.refs))
    letters = tuple(
        letter
        for each in undos
        for undoing in each.undoings
        for letter in to_others(situation, undoing.cannot_be_unsent)
    )
    facts: dict[str, Plain] = {
        "orders": tuple(_told(situation, each) for each in asked if isinstance(each, Named)),
        "letters": letters_told(letters),
        "tell": tuple(person.name for person in _people(situation, letters)),
    }
    summary = "; ".join(_summary(situation, each) for each in asked if isinstance(each, Named))
    return obeyed(f"{summary}.", *(Undo(ref) for ref in refs), _letter(situation, facts, undos, letters))


def follow_up(situation: Situation, answer: OwnAnswer) -> tuple[Action, ...]:
    """The letters to those who shall hear that what they were written no longer holds."""
    context = answer.question.context
    sender = situation.known.sender.person if situation.known.sender else None
    ids = context.get("people")
    people = [situation.known.person(each) for each in ids] if isinstance(ids, list | tuple) else []
    facts: dict[str, Plain] = {"clients": str(context.get("clients", "")), "by": sender.name if sender else ""}
    return tuple(
        Send(Draft(each.recipient, "desk/taken_back", facts, "taken-back", f"{situation.ref} {each.id}"))
        for each in people
        if each is not None
    )


def _letter(situation: Situation, facts: dict[str, Plain], undos: list[Named], letters: tuple[LetterTold, ...]) -> Send:
    sender = situation.known.sender
    if sender is None or sender.person is None:
        raise OurBug("an order was taken from somebody who is no colleague")
    people = _people(situation, letters)
    clients = ", ".join(dict.fromkeys(name for each in undos for name in each.clients))
    question = Question(
        duty=NAME,
        kind=FOLLOW_UP,
        words=f"Tell {', '.join(person.name for person in people)} that {clients} was taken back?",
        context={"people": tuple(person.id for person in people), "clients": clients},
    )
    draft = Draft(sender.person.recipient, "desk/in_words", facts, "in-words", situation.ref, answers=situation.thread)
    return Send(draft, question if people else None)


def _people(situation: Situation, letters: tuple[LetterTold, ...]) -> tuple[PersonCard, ...]:
    """The colleagues who got one of the letters; departments hear by themselves."""
    _, letters = departments_among(situation, letters)
    reached = {letter.addressee for letter in letters} | {letter.recipient for letter in letters}
    return tuple(person for person in situation.known.staff if person.name in reached or person.address in reached)


def _outcome(situation: Situation, named: Named) -> str:
    """What becomes of an order; for a WHY "told", for an UNDO "undone", else what stands in its way."""
    own = set(recalled_of(situation.known).own)
    if len(named.clients) > 1:
        return "several clients"
    if situation.sorted.trust.trust < Trust.T4 and not (named.refs and own.issuperset(named.refs)):
        return "not yours"
    if not named.refs:
        return "nothing"
    if named.order.does == "why":
        return "told"
    if named.things > 1:
        return "several things"
    if named.later:
        return "built on"
    return "others" if named.others else "undone"


def _told(situation: Situation, named: Named) -> dict[str, Plain]:
    outcome = _outcome(situation, named)
    may_read = outcome != "not yours"
    changes = tuple(change for undoing in named.undoings for change in undoing.reverses)
    return {
        "does": named.order.does,
        "outcome": outcome,
        "clients": named.clients[:_MOST_THINGS] if may_read else (),
        "steps": steps(named.stories) if may_read else (),
        "changes": changes_told(changes) if may_read else (),
        "things": tuple(
            {"ref": each.ref, "changes": changes_told(each.reverses)} for each in named.undoings[:_MOST_THINGS]
        )
        if may_read
        else (),
        "others": named.others[:_MOST_THINGS],
        "later": tuple(
            {"ref": each.ref, "moment": each.moment, "sender": each.sender, "what": each.what}
            for each in named.later[-_MOST_LATER:]
        ),
        "newest": named.undoings[0].ref if named.undoings else "",
    }


def _summary(situation: Situation, named: Named) -> str:
    about = " or ".join(named.clients[:_MOST_THINGS])
    return f"{named.order.does.upper()} {about}: {_outcome(situation, named)}"
