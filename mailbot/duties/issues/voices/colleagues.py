"""What colleagues and departments write about issues: an order, an answer for the client, a promise, DONE, a call."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.issues.facts import Called, IssueCard, MaySend, StaffWord
from mailbot.duties.issues.kinds import ANSWER, CALLED, DONE, MAY_BE_SENT, MAY_SEND, NAME, NOTE, ORDER, PROMISE
from mailbot.duties.issues.orders.reading import order_in
from mailbot.duties.issues.promises.words import promised_in
from mailbot.duties.issues.signals import LONGEST_TEXT, Sign, shows, signals_of
from mailbot.duties.issues.thanks import says_only_thanks
from mailbot.duties.issues.voices.asides import parted, speaks_to_the_client
from mailbot.duties.issues.voices.belonging import answered_issue, first_line, first_of, own_subject, words, written_on
from mailbot.duties.issues.voices.clients import thanks
from mailbot.duties.issues.voices.meant_for import is_for_somebody_else
from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known, Party, PersonCard
from mailbot.sorting.called import called_in
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

_SEND_OR_NOT: Final = (
    Option("yes", ("send", "senden", "abschicken"), numbered=False),
    Option("no", numbered=False),
)
_SOLVED: Final = Option(
    "done", ("solved", "fixed", "closed", "gelöst", "behoben", "geschlossen", "repariert"), numbered=False
)
_PAGE = re.compile(r"https?://[^\s<>\"]{1,1000}", re.IGNORECASE)
# "fixed, it leads to /winter now": the word that says so, with words for the client behind it.
_DONE_AND_MORE = re.compile(
    r"\s*(?:all )?(?:done|fixed|solved|it'?s fixed|it is fixed|erledigt|behoben|gelöst|repariert|ist behoben"
    r"|ist erledigt)\s*(?:[,:;.!\u2013-]|\n)",
    re.IGNORECASE,
)


def read_colleague(
    message: Message, known: Known, sender: Party, person: PersonCard, sorted_as: Sorted
) -> Finding | NotMine:
    """An order about issues, or a reply to a letter of ours about one. What else colleagues write is no client's
    issue."""
    if _is_thanks(message, known, sorted_as):
        return thanks(message)
    if sorted_as.trust.trust >= Trust.T3 and (found := _order(message, known, person, sorted_as)):
        return found
    ref = answered_issue(sorted_as)
    issue = first_of(known, lambda card: card.is_called(ref))
    if issue is None:
        return NotMine("a colleague wrote it, and not about an issue")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"it is not believed to be a colleague's: {sorted_as.trust.why}")
    text = message.body.for_people.text
    if _is_to_the_desk(text, sorted_as):
        return NotMine(f"a colleague says to the desk itself: {text.strip()}")
    if (answered := _about_an_angry_client(message, issue, sorted_as)) is not None:
        return answered
    may_speak = sorted_as.trust.trust is Trust.T4 or _looks_after(sender, issue, sorted_as)
    return _word(message, known, person, issue, may_speak=may_speak)


def _order(message: Message, known: Known, person: PersonCard, sorted_as: Sorted) -> Finding | None:
    order = order_in(message, known, person.language, sorted_as.trust.trust)
    if order is None:
        return None
    why = f"{person.name} orders: {order.evidence.words}"
    return Finding(NAME, ORDER, order, (order.evidence,), why, alone=True)


def _word(message: Message, known: Known, person: PersonCard, issue: IssueCard, *, may_speak: bool) -> Finding:
    """A colleague's word about an issue: which kind it is, and what of it is for the client."""
    said = parted(message.body.for_people.text)
    done = _done(message, said.outside)
    today = written_on(message, known)
    promised = promised_in(message.body.for_people, person.language, today) if today and done is None else None
    is_for_client = speaks_to_the_client(said.outside) and not is_for_somebody_else(message, said.outside, known, issue)
    outside = said.outside if may_speak and is_for_client else ""
    facts = StaffWord(
        issue=issue,
        words=words(message),
        is_done=done is not None,
        may_speak=may_speak,
        for_client=outside,
        promised_on=promised.day if promised else None,
        page=_page_in(message.body.for_people.text),
    )
    if done is not None and may_speak:
        return Finding(NAME, DONE, facts, (done,), f"{person.name} says that {issue.ref} is done", alone=True)
    if promised is not None and may_speak:
        why = f"{person.name} promises {issue.ref} by {promised.day:%d %b %Y}"
        return Finding(NAME, PROMISE, facts, (promised.evidence,), why, alone=True)
    is_answer = bool(outside) and not _is_harsh(message)
    why = f"{person.name} {'answers the client of' if is_answer else 'answers our letter about'} {issue.ref}"
    kind = ANSWER if is_answer else NOTE
    return Finding(NAME, kind, facts, (done,) if done else first_line(message), why, alone=is_answer)


def _done(message: Message, outside: str) -> Evidence | None:
    """The word that says that it is done; None where none does."""
    body = message.body.for_people
    answer = choice(body.text, (_SOLVED,))
    named = commanded(body.text)
    found = answer if isinstance(answer, Chosen) else named if named and named.does == "done" else None
    if found is not None:
        return body.evidence(found.start, found.end)
    more = _DONE_AND_MORE.match(outside)
    at = body.text.find(outside) if more else -1
    return body.evidence(at, at + more.end()) if more and at >= 0 and "?" not in outside else None


def _page_in(text: str) -> str | None:
    """The last address on the web that it names: "banner page -> where it leads to"."""
    found = _PAGE.findall(text[:LONGEST_TEXT])
    return found[-1].rstrip(".,;:!?)>]\"'") if found else None


def _is_harsh(message: Message) -> bool:
    """Words that a client had better not read: a person thinks about them once more."""
    return shows(signals_of("", message.body.for_people), Sign.HARSH)


def _about_an_angry_client(message: Message, issue: IssueCard, sorted_as: Sorted) -> Finding | None:
    """The word that lets an answer go out, or what came of a call; None for everything else."""
    said = message.body.for_people
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.kind == MAY_SEND:
        chosen = choice(said.text, _SEND_OR_NOT)
        if isinstance(chosen, Chosen):
            facts = MaySend(question, issue, words(message), says_yes=chosen.key == "yes")
            evidence = (said.evidence(chosen.start, chosen.end),)
            return Finding(NAME, MAY_BE_SENT, facts, evidence, f"it says whether {issue.ref} is answered so")
    called = called_in(said.text)
    if called is None:
        return None
    evidence = (said.evidence(0, called),)
    return Finding(
        NAME, CALLED, Called(issue, words(message)), evidence, f"it says what came of a call about {issue.ref}"
    )


def _is_thanks(message: Message, known: Known, sorted_as: Sorted) -> bool:
    """Whether it only thanks for a letter. To the question whether an issue is done, thanks are no answer, and a word
    of its being solved is more than thanks; to another open question, thanks may be meant as a yes."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if sorted_as.trust.trust < Trust.T3 or (question is not None and question.duty != NAME):
        return False
    signals = signals_of(own_subject(message), message.body.for_people)
    return says_only_thanks(message, known) and all(signal.sign is not Sign.SOLVED for signal in signals)


def _is_to_the_desk(text: str, sorted_as: Sorted) -> bool:
    """Whether it is an order to the desk itself; DONE with just the number of its letter closes the issue."""
    order = commanded(text)
    if order is None or not order.is_to_the_desk:
        return False
    answered = sorted_as.answers.letter.decision_ref if sorted_as.answers else None
    return order.does != "done" or {decision_of(ref) for ref in order.refs} != {answered}


def _looks_after(sender: Party, issue: IssueCard, sorted_as: Sorted) -> bool:
    """Whether the sender owns the issue, is the department that has it, or is the one whom we asked."""
    was_asked = sorted_as.answers is not None and sorted_as.answers.letter.recipient_key == sender.key
    has_it = sender.person is not None and sender.person.id in (issue.owner_id, issue.department_id)
    return was_asked or has_it
