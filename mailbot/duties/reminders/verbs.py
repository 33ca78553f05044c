"""What the rules about reminders may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.reminders import letters
from mailbot.duties.reminders.actions import CloseQuestions, KeepAnswer, KeepWords
from mailbot.duties.reminders.facts import Answer, BenefitSaid, CallResult, HowItGoes, SlotChosen
from mailbot.duties.reminders.reading import KINDS
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import Said, WordKind
from mailbot.duties.reminders.touch.planning import agree, keep_praise, take_satisfaction
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.contracts.actions import UseBenefit
from mailbot.records.contracts.questions import BENEFIT_USED, BENEFITS
from mailbot.records.decision import Action
from mailbot.records.in_words import Words
from mailbot.records.questions import CloseQuestion, CloseTask, OpenTask

_LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class AfterNo:
    """`after_no`: "end", and no further letter about that benefit goes out; "go-on", and the ladder is climbed to its
    end. The call of its owner stays in both cases."""

    after_no: Literal["end", "go-on"] = "end"


def take_answer(s: Situation, how: AfterNo) -> Plan:
    """What the client says of each benefit is kept; help is promised and left to a person; figures are told."""
    answer = _answer(s)
    contact, client = letters.writer(s)
    actions = _kept(s, answer, how)
    if any(each.said is Said.HELP for each in answer.said):
        actions += _helped(s, answer)
    actions.append(letters.answered(s, answer))
    return Plan(f"{contact.name} ({client.name}): {_summary(answer)}.", tuple(actions))


def take_answer_and_leave(s: Situation, how: AfterNo) -> Plan:
    """The same where more is said: the answer is kept, and who takes in the rest writes to the client."""
    answer = _answer(s)
    contact, client = letters.writer(s)
    return Plan(f"{contact.name} ({client.name}): {_summary(answer)}, and more.", tuple(_kept(s, answer, how)))


def _kept(s: Situation, answer: Answer, how: AfterNo) -> list[Action]:
    contact, client = letters.writer(s)
    actions: list[Action] = []
    for each in answer.said:
        what = f"{each.benefit.words} ({each.contract})"
        if each.said is Said.YES:
            actions.append(UseBenefit(each.benefit.id, what, s.now))
        ends = each.said is not Said.NO or how.after_no == "end"
        words = one_line(answer.words.words, _LONGEST_WORDS)
        actions.append(KeepAnswer(each.benefit.id, client.id, contact.id, what, each.said, ends, words))
    if answer.remark and answer.said and not answer.is_for_a_person:
        contract = answer.said[0].benefit.contract_id
        actions.append(KeepWords(client.id, contract, contact.id, WordKind.REMARK, answer.remark))
    if answer.said:
        key = s.known.sender.key if s.known.sender else ""
        answered = tuple(each.benefit.id for each in answer.said)
        actions.append(CloseQuestions(key, BENEFIT_USED, BENEFITS, answered))
    return actions


def _helped(s: Situation, answer: Answer) -> list[Action]:
    contact, client = letters.writer(s)
    keeper = letters.keeper(s, client)
    if keeper is None:
        return []
    quoted = one_line(answer.words.words, _LONGEST_WORDS)
    words = Words(
        f'{contact.name} ({client.name}) wants help: "{quoted}"',
        f"{contact.name} ({client.name}) braucht Hilfe: „{quoted}“",
    )
    task = OpenTask(NAME, "help", words.to(keeper.language), person_id=keeper.id, client_id=client.id)
    return [task, letters.help_wanted(s, answer, keeper)]


def _summary(answer: Answer) -> str:
    said = [f"{each.benefit.words} {each.said.value.upper()}" for each in answer.said]
    return ", ".join((*said, *("asks for figures" for _ in answer.figures[:1]))) or "nothing of its question"


def note_call(s: Situation, _: NoParameters) -> Plan:
    """What came of a call fills the record: the words, whether it is used, and the task is done."""
    result = s.finding.facts
    if not isinstance(result, CallResult):
        raise OurBug("a rule notes a call, but nobody says what came of one")
    client = s.known.client(result.client_id)
    name = client.name if client else "a client"
    actions: list[Action] = [
        CloseQuestion(result.question.id, one_line(result.words.words, _LONGEST_WORDS)),
        *(CloseTask(task) for task in result.tasks),
        KeepWords(result.client_id, result.contract_id, None, WordKind.CALL, result.words.words),
    ]
    if result.used:
        actions += [UseBenefit(each.id, each.words, s.now) for each in result.benefits]
    actions.append(letters.call_noted(s, result, name))
    return Plan(f"{letters.speaker(s).name} has called {name}.", tuple(actions))


def _answer(s: Situation) -> Answer:
    if not isinstance(s.finding.facts, Answer):
        raise OurBug(f"an answer to a reminder is wanted, and the mail is of kind {s.finding.kind!r}")
    return s.finding.facts


def _values(s: Situation) -> Mapping[str, object]:
    facts = s.finding.facts
    said: tuple[BenefitSaid, ...] = facts.said if isinstance(facts, Answer) else ()
    goes = facts if isinstance(facts, HowItGoes) else None
    return {
        "said": tuple(dict.fromkeys(each.said.value for each in said)),
        "benefit_kinds": tuple(dict.fromkeys(each.benefit.kind for each in said)),
        "wants_figures": isinstance(facts, Answer) and bool(facts.figures),
        "wrong": isinstance(facts, Answer | HowItGoes) and facts.wrong,
        "score": goes.score if goes else None,
        "wants_price": goes is not None and bool(goes.price),
        "wants_talk": goes is not None and goes.talk is not None,
        "used": isinstance(facts, CallResult) and facts.used,
        "chosen": isinstance(facts, SlotChosen) and facts.starts_at is not None,
    }


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={
        "said": tuple[str, ...],
        "benefit_kinds": tuple[str, ...],
        "wants_figures": bool,
        "wrong": bool,
        "score": int,
        "wants_price": bool,
        "wants_talk": bool,
        "used": bool,
        "chosen": bool,
    },
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb("take_answer", AfterNo, take_answer, "keeps what a client answers to a reminder, and answers it"),
            Verb(
                "take_answer_and_leave",
                AfterNo,
                take_answer_and_leave,
                "keeps what a client answers to a reminder; the rest of the mail is another duty's",
            ),
            Verb(
                "take_satisfaction",
                NoParameters,
                take_satisfaction,
                "keeps how satisfied a client is; prices and talks go to the owner",
            ),
            Verb("keep_praise", NoParameters, keep_praise, "notes praise on the contract; nobody is written to"),
            Verb("note_call", NoParameters, note_call, "keeps what came of a call, and closes its task"),
            Verb("agree_on_talk", NoParameters, agree, "sends the invitation for the time that the rep has chosen"),
        )
    },
)
