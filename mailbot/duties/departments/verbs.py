"""What the rules about departments may say and ask, and what that comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.departments import letters
from mailbot.duties.departments.actions import ClosePageTask
from mailbot.duties.departments.claims import Claim, Outcome, claimed
from mailbot.duties.departments.facts import (
    IS_IT_THERE,
    KINDS,
    NAME,
    DepartmentAnswer,
    OnAChange,
    Order,
    Says,
    SeenByAPerson,
    UnclearAnswer,
)
from mailbot.duties.departments.settings import seen_kinds
from mailbot.errors import OurBug
from mailbot.letters.model import Plain
from mailbot.records.contracts.actions import SetDeliverable
from mailbot.records.contracts.tables import DeliverableState
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

_ASKS: Final = (Outcome.WHERE, Outcome.WHICH_PAGE)


def take_answer(s: Situation, _how: NoParameters) -> Plan:
    """Keeps what is said of each thing, has pages looked at, tells rep and coordinator of problems, and answers."""
    answer = s.finding.facts
    if not isinstance(answer, DepartmentAnswer):
        raise OurBug("the verb 'take_answer' was asked about a mail that answers for no department")
    seen = seen_kinds(s.known.desk)
    claims = tuple(claimed(said, answer.order.meant, seen) for said in answer.said)
    actions: list[Action] = [action for claim in claims for action in claim.actions]
    if answer.order.question_id is not None and len(claims) == len(answer.order.items):
        actions.append(CloseQuestion(answer.order.question_id, claims[0].said.words))
    actions += _told_of_problems(s, claims)
    actions += _receipt(s, answer.order, claims)
    folder = Folder.ASKED if any(claim.outcome in _ASKS for claim in claims) else Folder.DONE
    told = ", ".join(f"{letters.what(claim.said.item)}: {claim.outcome.value}" for claim in claims)
    return Plan(f"{_speaker(s).name} answers for {claims[0].said.item.client}: {told}.", tuple(actions), folder)


def _told_of_problems(s: Situation, claims: Sequence[Claim]) -> list[Send]:
    """One letter to each rep about what is theirs, and one to each coordinator about all."""
    problems = [(claim.said.item, claim.said.words) for claim in claims if claim.said.says is Says.PROBLEM]
    problems = [(item, words) for item, words in problems if item.state is not DeliverableState.DROPPED]
    if not problems:
        return []
    department = s.known.person(problems[0][0].department_id) or _speaker(s)
    by_rep = defaultdict(list)
    for item, words in problems:
        by_rep[item.rep_id].append((item, words))
    reps = [(rep, said) for rep_id, said in by_rep.items() if (rep := s.known.person(rep_id)) is not None]
    told = [letters.problem(said, department, rep, s.ref, is_rep=True) for rep, said in reps]
    others = [each for each in letters.coordinators(s.known) if each.id not in {rep.id for rep, _ in reps}]
    return told + [letters.problem(problems, department, each, s.ref, is_rep=False) for each in others]


def _receipt(s: Situation, order: Order, claims: Sequence[Claim]) -> list[Send]:
    """What was understood, to the one who said it; nothing where all of it is looked at, and told of afterwards."""
    if all(claim.outcome is Outcome.LOOKING for claim in claims):
        return []
    numbers = {item.id: number for number, item in enumerate(order.items, start=1)}
    said: tuple[Mapping[str, Plain], ...] = tuple(
        letters.line(claim.said.item, numbers[claim.said.item.id], _speaker(s).language)
        | {"outcome": claim.outcome.value, "words": claim.said.words}
        for claim in claims
    )
    asks = letters.is_it_done(order.items) if any(claim.outcome in _ASKS for claim in claims) else None
    facts: dict[str, Plain] = {"said": said, "several": len(order.items) > 1}
    key = (letters.ANSWERED, order.letter_ref, s.ref)
    client_ids = {item.client_id for item in order.items}
    client_id = client_ids.pop() if len(client_ids) == 1 else None
    return [
        letters.to_staff(_speaker(s), "answered", facts, key, asks=asks, answers=s.thread, client_id=client_id),
    ]


def take_word(s: Situation, _how: NoParameters) -> Plan:
    """A person has looked at a page that the desk may not: it counts, or goes back to its department."""
    facts = s.finding.facts
    if not isinstance(facts, SeenByAPerson):
        raise OurBug("the verb 'take_word' was asked about a mail that says nothing of a page")
    item = facts.order.items[0]
    state = DeliverableState.DELIVERED if facts.is_there else DeliverableState.ORDERED
    actions: list[Action] = [SetDeliverable(item.id, letters.what(item), item.state, state)]
    if facts.is_there:
        actions.append(ClosePageTask(item.id, letters.what(item)))
    if facts.order.question_id is not None:
        actions.append(CloseQuestion(facts.order.question_id, facts.evidence.words))
    department = s.known.person(item.department_id)
    if not facts.is_there and department is not None:
        told: dict[str, Plain] = {
            "what": letters.what(item, department.language),
            "client": item.client,
            "contract": item.contract,
            "by": _speaker(s).name,
            "link": item.link,
        }
        key = (letters.WRONG, str(item.id), s.ref)
        asks = letters.is_it_done((item,))
        actions.append(letters.to_staff(department, "not_there", told, key, asks=asks, client_id=item.client_id))
    said = "is there" if facts.is_there else "is not there"
    return Plan(f"{_speaker(s).name} says that {letters.what(item)} {said}.", tuple(actions))


def ask_again(s: Situation, _how: NoParameters) -> Plan:
    """Says what an answer has to say; once a letter and day."""
    unclear = s.finding.facts
    if not isinstance(unclear, UnclearAnswer):
        raise OurBug("the verb 'ask_again' was asked about an answer that is clear")
    facts: dict[str, Plain] = {
        "items": letters.lines(unclear.order.items, _speaker(s).language),
        "words": unclear.words or None,
        "yes_or_no": unclear.order.kind == IS_IT_THERE,
    }
    key = ("departments-unclear", unclear.order.letter_ref, s.today.isoformat())
    asks = letters.once_more(unclear.order)
    letter = letters.to_staff(_speaker(s), "unclear", facts, key, asks=asks, answers=s.thread)
    return Plan(f"{_speaker(s).name} answers, and {unclear.why}.", (letter,), Folder.ASKED)


def note_heard(s: Situation, _how: NoParameters) -> Plan:
    """A department has heard of a change: nobody has to be told that."""
    said = _on_a_change(s)
    return Plan(f"{_speaker(s).name} has heard of the change.", _closing(said.order, said.words))


def tell_who_ordered(s: Situation, _how: NoParameters) -> Plan:
    """What a department says to a change goes to who ordered it, or to who coordinates; the change stands meanwhile."""
    said, department = _on_a_change(s), _speaker(s)
    item = said.order.items[0]
    who = s.known.person(said.order.ordered_by)
    readers = (who,) if who is not None else tuple(letters.coordinators(s.known)[:1])
    facts: dict[str, Plain] = {
        "department": department.name,
        "address": department.address,
        "contract": item.contract,
        "client": item.client,
        "words": said.words,
    }
    key = (letters.ON_A_CHANGE, said.order.letter_ref, s.ref)
    told = (letters.to_staff(each, "on_a_change", facts, key, client_id=item.client_id) for each in readers)
    return Plan(f"{department.name} answers to a change of {item.contract}.", tuple(told), Folder.ASKED)


def _closing(order: Order, words: str) -> tuple[Action, ...]:
    return (CloseQuestion(order.question_id, words),) if order.question_id is not None else ()


def _on_a_change(s: Situation) -> OnAChange:
    if not isinstance(s.finding.facts, OnAChange):
        raise OurBug("a rule asks of a mail what it says to a change, and it says nothing to one")
    return s.finding.facts


def _speaker(s: Situation) -> PersonCard:
    if s.known.sender is None or s.known.sender.person is None:
        raise OurBug("an answer for a department has no colleague as its sender")
    return s.known.sender.person


def _values(s: Situation) -> Mapping[str, object]:
    """What rules may ask about an answer."""
    facts = s.finding.facts
    said = facts.said if isinstance(facts, DepartmentAnswer) else ()
    return {
        "done": sum(each.says is Says.DONE for each in said),
        "problems": sum(each.says is Says.PROBLEM for each in said),
        "links": sum(bool(each.link or each.target) for each in said),
        "asks": isinstance(facts, UnclearAnswer) and "?" in facts.words,
        "is_there": isinstance(facts, SeenByAPerson) and facts.is_there,
    }


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={"done": int, "problems": int, "links": int, "asks": bool, "is_there": bool},
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("take_answer", NoParameters, take_answer, "keeps what a department says, and looks before it counts"),
            Verb("take_word", NoParameters, take_word, "takes a person's word on a page that the desk may not look at"),
            Verb("note_heard", NoParameters, note_heard, "notes that a department has heard of a change"),
            Verb(
                "tell_who_ordered",
                NoParameters,
                tell_who_ordered,
                "passes on what a department says to a change, to who ordered it",
            ),
            Verb("ask_again", NoParameters, ask_again, "says what an answer to a letter about a part has to say"),
        )
    },
)
