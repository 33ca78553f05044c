"""What a mail is to the issues duty: a new issue, a further mail about one, mere thanks, a ticket system's reply, or
a DONE."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from mailbot.clock import local_date
from mailbot.duties.issues.anger.deadlines import deadline_in
from mailbot.duties.issues.facts import (
    Called,
    FollowUp,
    IssueCard,
    IssuesKnown,
    MaySend,
    Report,
    RobotNote,
    StaffWord,
    Thanks,
)
from mailbot.duties.issues.recalling import MAY_SEND, NAME
from mailbot.duties.issues.robots import ticket_number
from mailbot.duties.issues.signals import LONGEST_TEXT, Sign, Signal, is_only_thanks, shows, signals_of
from mailbot.duties.issues.thanks import says_only_thanks
from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence, Message, Place
from mailbot.message.subjects import taken_apart
from mailbot.records.known import Known, Party
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Automatic, AutomaticKind, Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice
from mailbot.sorting.stopping import asked_to_stop

ISSUE: Final = "issue"
FOLLOW_UP: Final = "follow-up"
ROBOT: Final = "robot"
DONE: Final = "done"
CALLED: Final = "called"
MAY_BE_SENT: Final = "may-be-sent"
NOTE: Final = "note"
THANKS: Final = "thanks"

_MOST_EVIDENCE = 12
_ANSWERING_MACHINES = frozenset({AutomaticKind.AUTO_REPLY, AutomaticKind.CHALLENGE, AutomaticKind.MACHINE})
_OPT_OUT = re.compile(r"\b(?:unsubscribe|opt[ -]out|newsletter abbestellen|hier abmelden)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\s*(?:called|called (?:him|her|them)|phoned|spoke (?:to|with) (?:him|her|them)"
    r"|angerufen|telefoniert|gesprochen|habe? (?:ihn|sie) angerufen)\s*[:,.\u2013-]",
    re.IGNORECASE,
)
_SEND_OR_NOT = (Option("yes", ("send", "senden", "abschicken"), numbered=False), Option("no", numbered=False))
_SOLVED = Option("done", ("solved", "fixed", "closed", "gelöst", "behoben", "geschlossen"), numbered=False)


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """What the mail is to this duty; who wrote it decides which way it is read."""
    refusal = _nobody_to_believe(message, known, sorted_as)
    if refusal:
        return refusal
    if sorted_as.automatic:
        return _read_machine(message, known, sorted_as.automatic)
    if known.sender and known.sender.person:
        return _read_staff(message, known, sorted_as)
    return _read_client(message, known, sorted_as)


def _nobody_to_believe(message: Message, known: Known, sorted_as: Sorted) -> NotMine | None:
    if message.sender is None:
        return NotMine("it has no sender")
    if sorted_as.trust.trust is Trust.T0:
        return NotMine(f"nothing in it is believed: {sorted_as.trust.why}")
    if known.desk.is_own(message.sender.key):
        return NotMine("it comes from the desk itself")
    if known.sender is None and message.sender.key.rpartition("@")[2] in known.desk.domains:
        return NotMine("it comes from inside the company, from an address that is not on file")
    return None


# --- machines ---


def _read_machine(message: Message, known: Known, automatic: Automatic) -> Finding | NotMine:
    """An automatic reply belongs to the issue that our letter was about; all other machines are nothing to us."""
    if automatic.kind not in _ANSWERING_MACHINES:
        return NotMine(f"a machine wrote it: {automatic.why}")
    issue = _first_of(known, lambda card: card.found_by == "moment" or _may_continue(card, message, known))
    if issue is None:
        return NotMine("it is an automatic reply, and to no letter about an issue")
    number = None
    if known.sender is None or known.sender.person is None:
        number = ticket_number(message.subject, message.body.for_people)
    return Finding(
        duty=NAME,
        kind=ROBOT,
        facts=RobotNote(issue, _words(message), number[0] if number else None),
        evidence=(number[1],) if number else (),
        why=f"an automatic reply to our letter about {issue.ref}: {automatic.why}",
    )


# --- colleagues ---


def _read_staff(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """A reply to a letter of ours about an issue, or mere thanks. What else colleagues write is no client's issue."""
    if _is_thanks_of_a_colleague(message, known, sorted_as):
        return _thanks(message)
    ref = _answered_issue(sorted_as)
    issue = _first_of(known, lambda card: card.ref == ref)
    if issue is None or known.sender is None or known.sender.person is None:
        return NotMine("a colleague wrote it, and not about an issue")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"it is not believed to be a colleague's: {sorted_as.trust.why}")
    text = message.body.for_people.text
    if _is_to_the_desk(text, sorted_as):
        return NotMine(f"a colleague says to the desk itself: {text.strip()}")
    if (answered := _about_an_angry_client(message, issue, sorted_as)) is not None:
        return answered
    answer = choice(text, (_SOLVED,))
    may_close = sorted_as.trust.trust is Trust.T4 or _looks_after(known.sender, issue, sorted_as)
    named = commanded(text)
    done = answer if isinstance(answer, Chosen) else named if named and named.does == "done" else None
    closes = done is not None and may_close
    evidence = (message.body.for_people.evidence(done.start, done.end),) if done else ()
    return Finding(
        duty=NAME,
        kind=DONE if closes else NOTE,
        facts=StaffWord(issue, _words(message), is_done=done is not None),
        evidence=evidence,
        why=f"{known.sender.person.name} {'says that' if closes else 'answers our letter about'} {issue.ref}"
        + (" is done" if closes else ""),
    )


def _about_an_angry_client(message: Message, issue: IssueCard, sorted_as: Sorted) -> Finding | None:
    """The word that lets an answer go out, or what came of a call; None for everything else."""
    words = message.body.for_people
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is not None and question.kind == MAY_SEND:
        said = choice(words.text, _SEND_OR_NOT)
        if isinstance(said, Chosen):
            facts = MaySend(question, issue, _words(message), says_yes=said.key == "yes")
            evidence = (words.evidence(said.start, said.end),)
            return Finding(NAME, MAY_BE_SENT, facts, evidence, f"it says whether {issue.ref} is answered so")
    called = _CALLED.match(words.text)
    if called is None:
        return None
    evidence = (words.evidence(called.start(), called.end()),)
    return Finding(
        NAME, CALLED, Called(issue, _words(message)), evidence, f"it says what came of a call about {issue.ref}"
    )


def _is_thanks_of_a_colleague(message: Message, known: Known, sorted_as: Sorted) -> bool:
    """Whether it only thanks for a letter. To the question whether an issue is done, thanks are no answer, and a word
    of its being solved is more than thanks; to another open question, thanks may be meant as a yes."""
    question = sorted_as.answers.question if sorted_as.answers else None
    if sorted_as.trust.trust < Trust.T3 or (question is not None and question.duty != NAME):
        return False
    signals = signals_of(_own_subject(message), message.body.for_people)
    return says_only_thanks(message, known) and all(signal.sign is not Sign.SOLVED for signal in signals)


def _is_to_the_desk(text: str, sorted_as: Sorted) -> bool:
    """Whether it is an order to the desk itself; DONE with just the number of its letter closes the issue."""
    order = commanded(text)
    if order is None or not order.is_to_the_desk:
        return False
    answered = sorted_as.answers.letter.decision_ref if sorted_as.answers else None
    return order.does != "done" or {decision_of(ref) for ref in order.refs} != {answered}


def _answered_issue(sorted_as: Sorted) -> str | None:
    answers = sorted_as.answers
    if answers is None:
        return None
    if answers.question and answers.question.duty == NAME:
        return str(answers.question.context.get("issue", ""))
    return answers.letter.object if answers.letter.duty == NAME else None


def _looks_after(sender: Party, issue: IssueCard, sorted_as: Sorted) -> bool:
    """Whether the sender owns the issue, or is the one whom we asked."""
    was_asked = sorted_as.answers is not None and sorted_as.answers.letter.recipient_key == sender.key
    return was_asked or (sender.person is not None and sender.person.id == issue.owner_id)


# --- clients and strangers ---


def _read_client(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    if asked_to_stop(message, known, sorted_as):
        return NotMine("it says STOP, which the desk itself obeys")
    signals = signals_of(_own_subject(message), message.body.for_people)
    issue = _first_of(known, lambda card: _may_continue(card, message, known))
    if issue is not None:
        return _follow_up(message, known, issue, signals, _deadline(message, known, sorted_as, signals))
    is_known = known.sender is not None and known.sender.client is not None and sorted_as.trust.trust >= Trust.T2
    if not is_known and (refusal := _no_business_of_a_stranger(message, known)):
        return refusal
    if is_known and _asks_nothing_open(sorted_as) and says_only_thanks(message, known):
        return _thanks(message)
    wanted = [signal for signal in signals if signal.sign not in (Sign.THANKS, Sign.SOLVED)]
    if not wanted:
        return NotMine("it reports no problem and asks nothing")
    if is_only_thanks(signals, _words(message)):
        return NotMine("it only says thanks")
    return Finding(
        duty=NAME,
        kind=ISSUE,
        facts=Report(
            message.subject.strip(), _words(message), signals, is_known, _deadline(message, known, sorted_as, signals)
        ),
        evidence=tuple(signal.evidence for signal in wanted[:_MOST_EVIDENCE]),
        why=_said(known, signals),
    )


def _thanks(message: Message) -> Finding:
    return Finding(NAME, THANKS, Thanks(_words(message)), _first_line(message), "it says thanks, and nothing else")


def _asks_nothing_open(sorted_as: Sorted) -> bool:
    """Whether it answers no question of ours: thanks may be meant as a yes, and a person knows."""
    return sorted_as.answers is None or sorted_as.answers.question is None


def _deadline(message: Message, known: Known, sorted_as: Sorted, signals: tuple[Signal, ...]) -> date | None:
    """By when the writer wants it done; None where the mail has no date to reckon from."""
    if message.date is None or not 1970 <= message.date.year <= 9000:
        return None
    return deadline_in(signals, sorted_as.language, local_date(message.date, known.desk.zone))


def _follow_up(
    message: Message, known: Known, issue: IssueCard, signals: tuple[Signal, ...], deadline: date | None
) -> Finding:
    thanks = is_only_thanks(signals, _words(message))
    return Finding(
        duty=NAME,
        kind=FOLLOW_UP,
        facts=FollowUp(issue, _words(message), signals, _is_of_party(issue, known, message), thanks, deadline),
        evidence=tuple(signal.evidence for signal in signals[:_MOST_EVIDENCE]) or _first_line(message),
        why=f"it continues {issue.ref}, found by its {issue.found_by}" + (", and only says thanks" if thanks else ""),
    )


def _may_continue(card: IssueCard, message: Message, known: Known) -> bool:
    """Whether a mail that names an issue may be kept with it: of the same party, or with our signed reference.

    A number or a thread that a stranger names proves nothing: anybody can write one.
    """
    signed = any(letter.proven and letter.duty == NAME and letter.object == card.ref for letter in known.letters)
    return card.found_by != "moment" and (signed or _is_of_party(card, known, message))


def _is_of_party(card: IssueCard, known: Known, message: Message) -> bool:
    if message.sender is not None and message.sender.key == card.address_key:
        return True
    client = known.sender.client if known.sender else None
    return client is not None and client.id == card.client_id


def _no_business_of_a_stranger(message: Message, known: Known) -> NotMine | None:
    """Advertising is not answered: it would only prove to its senders that somebody reads here."""
    if not any(known.desk.is_own(mailbox.key) for mailbox in (*message.to, *message.cc)):
        return NotMine("a stranger wrote it, and not to the desk")
    if message.value("List-Unsubscribe") is not None or _OPT_OUT.search(message.body.original[:LONGEST_TEXT]):
        return NotMine("a stranger wrote it, and it offers to unsubscribe: advertising")
    return None


# --- what they share ---


def _first_of(known: Known, fits: Callable[[IssueCard], bool]) -> IssueCard | None:
    recalled = known.recalled.get(NAME)
    cards = recalled.issues if isinstance(recalled, IssuesKnown) else ()
    return next((card for card in cards if fits(card)), None)


def _own_subject(message: Message) -> str:
    """The subject where it is new; that of a reply or a forward repeats somebody's old words."""
    return "" if taken_apart(message.subject).is_repeated else message.subject


def _words(message: Message) -> str:
    return message.body.for_people.text.strip()[:LONGEST_TEXT]


def _first_line(message: Message) -> tuple[Evidence, ...]:
    text = message.body.for_people.text
    start = len(text) - len(text.lstrip())
    end = min(len(text), start + 80, text.find("\n", start) if "\n" in text[start:] else len(text))
    if end > start:
        return (message.body.for_people.evidence(start, end),)
    return (Evidence(message.subject[:80], Place("subject", 0, min(80, len(message.subject)))),)


def _said(known: Known, signals: tuple[Signal, ...]) -> str:
    who = known.sender.client.name if known.sender and known.sender.client else "a stranger"
    what = " and ".join(
        words
        for words, sign in (("says that something is wrong", Sign.PROBLEM), ("asks something", Sign.QUESTION))
        if shows(signals, sign)
    )
    return f"{who} {what or 'is angry'}"
