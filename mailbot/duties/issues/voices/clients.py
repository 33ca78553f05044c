"""What clients write, and strangers who prove who they are: something is wrong, something is asked, it is good now,
thanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mailbot.duties.issues.anger.deadlines import deadline_in
from mailbot.duties.issues.facts import FollowUp, Good, IssueCard, IssuesKnown, Report, Thanks
from mailbot.duties.issues.kinds import FOLLOW_UP, GOOD, IS_GOOD, ISSUE, NAME, THANKS
from mailbot.duties.issues.signals import (
    LONGEST_TEXT,
    Sign,
    Signal,
    anger_of,
    is_only_thanks,
    sentence_around,
    sentences_of,
    shows,
    signals_of,
)
from mailbot.duties.issues.sold.facts import Sold
from mailbot.duties.issues.sold.reading import about, asked_about, asks_for_figures
from mailbot.duties.issues.thanks import says_only_thanks
from mailbot.duties.issues.voices.belonging import (
    MOST_EVIDENCE,
    first_line,
    is_of_party,
    of_client,
    own_subject,
    words,
    written_on,
)
from mailbot.message.model import Evidence, Message
from mailbot.message.subjects import taken_apart
from mailbot.records.known import Known, QuestionCard
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice
from mailbot.sorting.stopped_kinds import kinds_stopped, names_a_kind
from mailbot.sorting.stopping import asked_to_stop

_OPT_OUT = re.compile(r"\b(?:unsubscribe|opt[ -]out|newsletter abbestellen|hier abmelden)\b", re.IGNORECASE)
_GOOD_OR_NOT = (Option("yes", numbered=False), Option("no", numbered=False))


def read_client(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """A further mail about an issue, a new one, thanks; or nothing to this duty."""
    if asked_to_stop(message, known, sorted_as):
        return NotMine("it says STOP, which the desk itself obeys")
    signals = signals_of(own_subject(message), message.body.for_people)
    issue = of_client(message, known, sorted_as)
    if issue is not None:
        return _about(issue, message, known, sorted_as, signals)
    is_known = known.sender is not None and known.sender.client is not None and sorted_as.trust.trust >= Trust.T2
    if not is_known and (refusal := _no_business_of_a_stranger(message, known)):
        return refusal
    if is_known and _asks_nothing_open(sorted_as) and says_only_thanks(message, known):
        return thanks(message)
    return _new(message, known, sorted_as, signals, is_known=is_known)


def thanks(message: Message) -> Finding:
    """A mail that says thanks, and continues no issue."""
    return Finding(NAME, THANKS, Thanks(words(message)), first_line(message), "it says thanks, and nothing else")


def _new(
    message: Message, known: Known, sorted_as: Sorted, signals: tuple[Signal, ...], *, is_known: bool
) -> Finding | NotMine:
    signals = _without_a_stop(signals, message, known, sorted_as)
    wanted = [signal for signal in signals if signal.sign not in (Sign.THANKS, Sign.SOLVED)]
    if not wanted:
        return NotMine("it reports no problem and asks nothing")
    if is_only_thanks(signals, words(message)):
        return NotMine("it only says thanks")
    today = written_on(message, known)
    sold = _sold_to(known) if is_known else ()
    question = _question_about_sold(sorted_as, sold)
    text = message.body.for_people.text
    thing = about(text, own_subject(message), signals, sold, question, sorted_as.language, today)
    facts = Report(
        subject=taken_apart(message.subject).base,
        words=words(message),
        signals=signals,
        by_known_client=is_known,
        deadline=deadline_in(signals, sorted_as.language, today) if today else None,
        about=thing,
        question=question if thing.used else None,
    )
    evidence = tuple(signal.evidence for signal in wanted[:MOST_EVIDENCE])
    is_wrong = shows(signals, Sign.PROBLEM) or bool(anger_of(signals))
    if question is not None and not is_wrong:
        return _asked_besides(facts, evidence, question)
    return Finding(NAME, ISSUE, facts, evidence, _said(known, signals), alone=question is not None)


def _without_a_stop(
    signals: tuple[Signal, ...], message: Message, known: Known, sorted_as: Sorted
) -> tuple[Signal, ...]:
    """Without the requests by which a client stops a kind of letters, "please send no more reminders": the desk itself
    obeys those."""
    if kinds_stopped(message, known, sorted_as) is None:
        return signals
    sentences = sentences_of(f"{own_subject(message)}\n\n{message.body.for_people.text}")

    def is_of_the_stop(signal: Signal) -> bool:
        around = [each for each in sentences if signal.evidence.words in each]
        return signal.sign is Sign.QUESTION and all(names_a_kind(each) for each in around)

    return tuple(signal for signal in signals if not is_of_the_stop(signal))


def _asked_besides(facts: Report, evidence: tuple[Evidence, ...], question: QuestionCard) -> Finding | NotMine:
    """Nothing is wrong: the answer, and figures that are asked for, belong to whoever asked. Another question is an
    issue of its own beside that."""
    if not any(signal.sign is Sign.QUESTION and not _is_about_figures(signal, facts) for signal in facts.signals):
        return NotMine(f"it answers a question of {question.duty}, and says that nothing is wrong")
    facts = replace(facts, question=None, about=replace(facts.about, used=(), asked_month=None))
    return Finding(NAME, ISSUE, facts, evidence, "it asks something beside its answer")


def _is_about_figures(signal: Signal, facts: Report) -> bool:
    return asks_for_figures(sentence_around(facts.words, signal.evidence.words) or signal.evidence.words)


def _question_about_sold(sorted_as: Sorted, sold: Sequence[Sold]) -> QuestionCard | None:
    """The question about what was sold that another duty asked, and that the mail answers."""
    question = sorted_as.answers.question if sorted_as.answers else None
    return question if question is not None and asked_about(question, sold) else None


def _sold_to(known: Known) -> tuple[Sold, ...]:
    recalled = known.recalled.get(NAME)
    return recalled.sold if isinstance(recalled, IssuesKnown) else ()


def _about(issue: IssueCard, message: Message, known: Known, sorted_as: Sorted, signals: tuple[Signal, ...]) -> Finding:
    question = _is_good_question(sorted_as)
    if question is not None and (good := _good(issue, question, message, signals)):
        return good
    today = written_on(message, known)
    facts = FollowUp(
        issue=issue,
        words=words(message),
        signals=signals,
        by_same_party=is_of_party(issue, message, known),
        is_only_thanks=is_only_thanks(signals, words(message)),
        deadline=deadline_in(signals, sorted_as.language, today) if today else None,
        question=question,
    )
    said = ", and only says thanks" if facts.is_only_thanks else ""
    return Finding(
        duty=NAME,
        kind=FOLLOW_UP,
        facts=facts,
        evidence=tuple(signal.evidence for signal in signals[:MOST_EVIDENCE]) or first_line(message),
        why=f"it continues {issue.ref}, found by its {issue.found_by}{said}",
    )


def _is_good_question(sorted_as: Sorted) -> QuestionCard | None:
    question = sorted_as.answers.question if sorted_as.answers else None
    return question if question is not None and question.duty == NAME and question.kind == IS_GOOD else None


def _good(issue: IssueCard, question: QuestionCard, message: Message, signals: tuple[Signal, ...]) -> Finding | None:
    """A plain yes. One with a "but" behind it is a further mail, and a person reads it."""
    said = choice(message.body.for_people.text, _GOOD_OR_NOT)
    is_more = any(signal.sign not in (Sign.THANKS, Sign.SOLVED) for signal in signals)
    if not isinstance(said, Chosen) or said.key != "yes" or is_more:
        return None
    evidence = (message.body.for_people.evidence(said.start, said.end),)
    return Finding(NAME, GOOD, Good(issue, question, words(message)), evidence, f"it says that {issue.ref} is good now")


def _asks_nothing_open(sorted_as: Sorted) -> bool:
    """Whether it answers no question of ours: thanks may be meant as a yes, and a person knows."""
    return sorted_as.answers is None or sorted_as.answers.question is None


def _no_business_of_a_stranger(message: Message, known: Known) -> NotMine | None:
    """Advertising is not answered: it would only prove to its senders that somebody reads here."""
    if not any(known.desk.is_own(mailbox.key) for mailbox in (*message.to, *message.cc)):
        return NotMine("a stranger wrote it, and not to the desk")
    if message.value("List-Unsubscribe") is not None or _OPT_OUT.search(message.body.original[:LONGEST_TEXT]):
        return NotMine("a stranger wrote it, and it offers to unsubscribe: advertising")
    return None


def _said(known: Known, signals: tuple[Signal, ...]) -> str:
    who = known.sender.client.name if known.sender and known.sender.client else "a stranger"
    what = " and ".join(
        said
        for said, sign in (("says that something is wrong", Sign.PROBLEM), ("asks something", Sign.QUESTION))
        if shows(signals, sign)
    )
    return f"{who} {what or 'is angry'}"
