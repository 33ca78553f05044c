"""What a mail is to the reminders duty: an answer to a reminder, how satisfied a client is, praise, or a colleague's
word about a call or a talk. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from mailbot.clock import local_date
from mailbot.duties.reminders.facts import CHECK_IN, SLOT, Answer, BenefitSaid, CallResult, HowItGoes, SlotChosen
from mailbot.duties.reminders.recalling import recalled
from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.tables import Said
from mailbot.duties.reminders.touch.praise import praise_in
from mailbot.duties.reminders.touch.scores import score_in
from mailbot.duties.reminders.touch.talks import chosen_slot
from mailbot.duties.reminders.touch.wishes import price_questions, talk_wish
from mailbot.duties.reminders.unused.answers import heard
from mailbot.duties.reminders.unused.figures_asked import months_asked, sentence_about_figures
from mailbot.duties.reminders.unused.letters import CALLED
from mailbot.message.model import Evidence, Message
from mailbot.records.contracts.questions import BENEFIT_USED, benefits_asked
from mailbot.records.known import Known, QuestionCard
from mailbot.sorting.called import called_in
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice
from mailbot.sorting.stopping import asked_to_stop
from mailbot.sorting.trouble import asks, says_wrong

ANSWER: Final = "answer"  # the kinds of this duty's findings
MORE: Final = "answer-and-more"
SATISFACTION: Final = "satisfaction"
PRAISE: Final = "praise"
CALL_RESULT: Final = "called"
SLOT_CHOSEN: Final = "slot"
UNCLEAR: Final = "unclear"
KINDS: Final = (ANSWER, MORE, SATISFACTION, PRAISE, CALL_RESULT, SLOT_CHOSEN, UNCLEAR)

_LONGEST: Final = 20_000
_USED: Final = (
    Option("yes", ("used", "genutzt", "benutzt", "gebucht", "eingelöst"), numbered=False),
    Option("no", numbered=False),
)


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """What the mail is to this duty; who wrote it decides which way it is read."""
    if sorted_as.automatic:
        return NotMine("a machine wrote it")
    if known.sender is not None and known.sender.person is not None and sorted_as.trust.trust >= Trust.T3:
        return _of_staff(message, known, sorted_as)
    if known.sender is None or known.sender.contact is None or sorted_as.trust.trust is not Trust.T2:
        return NotMine("it comes from no contact of a client who is proven")
    if asked_to_stop(message, known, sorted_as):
        return NotMine("it says STOP, which the desk itself obeys")
    question = _question(sorted_as)
    if question is not None and question.kind == BENEFIT_USED:
        return _answer(message, known, sorted_as, question)
    if question is not None and question.kind == CHECK_IN:
        return _satisfaction(message, known, sorted_as, question)
    if _asked_somebody_else(known, sorted_as):
        return NotMine("it answers a letter that asked somebody else, and whether it may is for a person to say")
    said = praise_in(message, recalled(known).running)
    if said is not None:
        return Finding(NAME, PRAISE, said, (said.words,), "it praises, and asks for nothing", yields=True)
    return NotMine("it answers no reminder, and praises nothing")


def _asked_somebody_else(known: Known, sorted_as: Sorted) -> bool:
    """Whether it answers a letter with an open question that its sender was not asked: a colleague of theirs was."""
    answers = sorted_as.answers
    if answers is None or answers.question is not None:
        return False
    return any(question.letter_ref == answers.letter.ref for question in known.questions)


def _question(sorted_as: Sorted) -> QuestionCard | None:
    question = sorted_as.answers.question if sorted_as.answers else None
    return question if question is not None and question.duty == NAME else None


# --- clients ---


def _answer(message: Message, known: Known, sorted_as: Sorted, question: QuestionCard) -> Finding | NotMine:
    """YES, NO or HELP, and what is said besides. Where that is more than a remark, others may write to the client."""
    text, words = message.body.for_people.text[:_LONGEST], _whole(message)
    asked = benefits_asked(question)
    found = [each for key in asked if (each := recalled(known).deliverable(key)) is not None]
    if not found:
        return NotMine("what it answers about is no longer part of a running contract")
    today = written_on(message, known)
    sentence = sentence_about_figures(text)
    figures = months_asked(sentence, sorted_as.language, today, found, recalled(known).running)
    said = heard(text.replace(sentence, " ") if sentence else text, len(asked))
    if said is None and not figures:
        facts = Answer(asked, (), (), words, text.strip())
        if says_wrong(text) or asks(text):
            return NotMine("it says something else than the answer: that something is wrong, or a question")
        return Finding(NAME, UNCLEAR, facts, (words,), "it answers a reminder, but not with one of its words")
    besides = said.besides if said else ""
    wants_help = said is not None and Said.HELP in said.said.values()  # a person reads the question with it
    facts = Answer(
        asked=asked,
        said=_of_benefits(known, asked, said.said if said else {}),
        figures=figures if all(each.views is not None for each in figures) else (),
        words=words,
        remark=_without_name(besides, known),
        wrong=says_wrong(besides),
        asks=(not wants_help and asks(besides)) or any(each.views is None for each in figures),
    )
    kind = MORE if facts.is_for_a_person else ANSWER
    return Finding(NAME, kind, facts, (words,), f"it answers {question.letter_ref}", alone=kind == ANSWER)


def _of_benefits(known: Known, asked: tuple[int, ...], said: object) -> tuple[BenefitSaid, ...]:
    found = []
    for place, value in dict(said if isinstance(said, dict) else {}).items():
        benefit = recalled(known).deliverable(asked[place])
        contract = recalled(known).contract_of(benefit) if benefit else None
        if benefit is not None and contract is not None:
            found.append(BenefitSaid(benefit, contract.ref, value))
    return tuple(found)


def _satisfaction(message: Message, known: Known, sorted_as: Sorted, question: QuestionCard) -> Finding | NotMine:
    """A score, a question about prices, a wish to talk: any of them, or all."""
    text, words = message.body.for_people.text[:_LONGEST], _whole(message)
    contract = recalled(known).contract(question.context.get("contract"))
    number = question.context.get("number")
    if contract is None or not isinstance(number, int):
        return NotMine("what it answers about is no longer a running contract")
    score = score_in(text)
    rest = score.rest if score else text
    price = price_questions(rest)
    talk = talk_wish(rest, sorted_as.language, written_on(message, known))
    for understood in (*price, *((talk.words,) if talk else ())):
        rest = " ".join(rest.split()).replace(understood, " ")
    facts = HowItGoes(
        contract=contract,
        number=number,
        score=score.score if score else None,
        sentence=score.sentence if score else " ".join(text.split())[:_LONGEST],
        price=price,
        talk=talk,
        words=words,
        wrong=says_wrong(text),
        asks=asks(rest),
    )
    why = f"it says how satisfied {known.sender.client.name if known.sender and known.sender.client else 'it'} is"
    return Finding(NAME, SATISFACTION, facts, (words,), why, alone=not (facts.wrong or facts.asks))


# --- colleagues ---


def _of_staff(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    question = _question(sorted_as)
    if question is None:
        return NotMine("a colleague wrote it, and it answers nothing that this duty asked")
    if question.kind == CALLED:
        return _call_result(message, known, question)
    if question.kind == SLOT:
        return _slot(message, known, question)
    return NotMine("a colleague wrote it, and a client was asked")


def _call_result(message: Message, known: Known, question: QuestionCard) -> Finding | NotMine:
    """ "called: they booked it"; a bare DONE is an order to the desk itself."""
    body = message.body.for_people
    begins = called_in(body.text)
    if begins is None:
        return NotMine("it does not say what came of a call")
    outcome = body.text[begins:]
    asked = benefits_asked(question)
    benefits = tuple(each for key in asked if (each := recalled(known).deliverable(key)) is not None)
    said = choice(outcome, _USED)
    client_id = question.context.get("client_id")
    facts = CallResult(
        benefits=benefits,
        client_id=client_id if isinstance(client_id, int) else 0,
        contract_id=benefits[0].contract_id if benefits else None,
        used=isinstance(said, Chosen) and said.key == "yes",
        tasks=recalled(known).tasks,
        question=question,
        words=_whole(message),
    )
    return Finding(NAME, CALL_RESULT, facts, (facts.words,), "it says what came of a call", alone=True)


def _slot(message: Message, known: Known, question: QuestionCard) -> Finding | NotMine:
    """The digit of a time, or NO."""
    body = message.body.for_people
    meeting = next((each for each in recalled(known).meetings if each.uid == question.context.get("meeting")), None)
    found = chosen_slot(body.text, question)
    if meeting is None or found is None:
        return Finding(NAME, UNCLEAR, None, (), "it answers with none of the times that were offered")
    evidence = body.evidence(found.start, found.end)
    facts = SlotChosen(question, meeting, found.starts_at, evidence)
    return Finding(NAME, SLOT_CHOSEN, facts, (evidence,), f'it says "{evidence.words}"', alone=True)


# --- what they share ---


def written_on(message: Message, known: Known) -> date:
    """The day on which a mail was written, in the desk's zone; a day far in the past where it does not say."""
    return local_date(message.date, known.desk.zone) if message.date else _LONG_AGO


_LONG_AGO: Final = date(1971, 1, 1)


def _whole(message: Message) -> Evidence:
    body = message.body.for_people
    start = len(body.text) - len(body.text.lstrip())
    return body.evidence(start, max(start, len(body.text.rstrip())))


def _without_name(words: str, known: Known) -> str:
    """Words that are more than the writer's own name and thanks."""
    name = known.sender.contact.name.casefold().split() if known.sender and known.sender.contact else []
    telling = [word for word in words.split() if word.casefold().strip(".,!") not in {*name, *_THANKS}]
    return words if telling else ""


_THANKS: Final = frozenset({"thanks", "thank", "you", "thx", "danke", "vielen", "dank", "regards", "grüße", "gruß"})
