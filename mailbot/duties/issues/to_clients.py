"""The letters of the issues duty to clients, and to strangers who proved who they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailbot.deciding.verbs import Situation
from mailbot.duties.issues.facts import IssueCard, Report
from mailbot.duties.issues.kinds import IS_GOOD, NAME
from mailbot.duties.issues.letters import client_of, language_of
from mailbot.duties.issues.signals import Sign, sentence_around
from mailbot.duties.issues.sold.facts import About
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain, Recipient, Thread
from mailbot.message.addresses import address_key
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.tables import Role

ACKNOWLEDGED = "issue-ack"
ANSWERED = "issue-answer"
ASKED_GOOD = "issue-good"
PROMISE_TOLD = "issue-promise-told"
_LONGEST_SENTENCE = 160
_MOST_SENTENCES = 2
_LONGEST_THING = 80


def acknowledgement(s: Situation, number: str, worker: PersonCard | None, report: Report) -> Send | None:
    """To the one who wrote, at the address it came from: the number, who has it, what was understood, what comes next;
    with the figures that were asked for. None where there is nobody to write to."""
    facts = _received(worker) | {
        "number": number,
        "again": False,
        "understood": _understood(report),
        "thing": one_line(report.about.sold.words, _LONGEST_THING) if report.about.sold else None,
        **figures_told(report.about),
    }
    return _acknowledged(s, number, facts, "")


def reopened(s: Situation, issue: IssueCard, worker: PersonCard | None) -> Send | None:
    """To the one who wrote again about a solved issue: it is open again."""
    facts = _received(worker) | {"number": issue.ref, "again": True, "understood": (), "thing": None, "figures": None}
    return _acknowledged(s, issue.ref, facts, s.today.isoformat())


def answer(s: Situation, issue: IssueCard, speaker: PersonCard, words: str) -> Send:
    """To the client: what a colleague answers, under the colleague's name. A reply to it comes back to the desk."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "greeted": bool(issue.name),
        "speaker": speaker.name,
        "is_department": speaker.role is Role.DEPARTMENT,
        "words": words,
    }
    return Send(_to_client(issue, "issues/answer", facts, (ANSWERED, issue.ref, s.ref)))


def is_good(s: Situation, issue: IssueCard, speaker: PersonCard, words: str) -> Send:
    """To the client: it is said to be solved; is it? A NO opens it again."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "greeted": bool(issue.name),
        "speaker": speaker.name,
        "is_department": speaker.role is Role.DEPARTMENT,
        "words": words,
        "subject": issue.subject or None,
        "seen": None,
        "seen_title": None,
    }
    draft = _to_client(issue, "issues/is_good", facts, (ASKED_GOOD, issue.ref, s.ref))
    return Send(draft, Question(NAME, IS_GOOD, f"Is {issue.ref} good now?", {"issue": issue.ref}))


def promised(s: Situation, issue: IssueCard, speaker: PersonCard, day: date, words: str) -> Send:
    """To the client: the day that a department has confirmed."""
    facts: dict[str, Plain] = {
        "number": issue.ref,
        "greeted": bool(issue.name),
        "speaker": speaker.name,
        "is_department": speaker.role is Role.DEPARTMENT,
        "day": day,
        "words": words,
    }
    return Send(_to_client(issue, "issues/promised", facts, (PROMISE_TOLD, issue.ref, s.ref)))


def figures_told(about: About) -> dict[str, Plain]:
    """The figures of a month, as a letter tells them; None where none are asked for, or on file."""
    found = about.figures
    if found is None:
        return {"figures": None}
    rate = (Decimal(100 * found.clicks) / found.views).quantize(Decimal("0.01")) if found.views else Decimal(0)
    return {"figures": {"month": found.month, "views": found.views, "clicks": found.clicks, "rate": rate}}


def is_heard(s: Situation, letter: Send | None) -> bool:
    """Whether an acknowledgement will go out, as far as the brakes let it: what colleagues are told must be true."""
    if letter is None:
        return False
    brakes = s.known.brakes
    if brakes.acknowledged_last_day or brakes.answers_last_day >= s.known.desk.answers_per_address_and_day:
        return False
    return not s.known.desk.is_own(address_key(letter.draft.to.address))


def _received(worker: PersonCard | None) -> dict[str, Plain]:
    return {
        "worker": worker.name if worker else None,
        "is_department": worker is not None and worker.role is Role.DEPARTMENT,
    }


def _understood(report: Report) -> tuple[str, ...]:
    """The sentences that say what is wrong or asked, as they were written; a few of them."""
    wanted = [signal for signal in report.signals if signal.sign in (Sign.PROBLEM, Sign.QUESTION)]
    said = (sentence_around(report.words, signal.evidence.words) for signal in wanted)
    return tuple(dict.fromkeys(one_line(each, _LONGEST_SENTENCE) for each in said if each))[:_MOST_SENTENCES]


def _acknowledged(s: Situation, number: str, facts: dict[str, Plain], period: str) -> Send | None:
    contact = s.known.sender.contact if s.known.sender else None
    draft = _to_sender(s, "issues/received", facts | {"greeted": contact is not None}, (ACKNOWLEDGED, number, period))
    return Send(replace(draft, acknowledgement=True)) if draft else None


def _to_sender(s: Situation, template: str, facts: Mapping[str, Plain], key: tuple[str, str, str]) -> Draft | None:
    sender, contact = s.message.sender, s.known.sender.contact if s.known.sender else None
    if sender is None:
        return None
    purpose, number, period = key
    return Draft(
        to=Recipient(sender.address, contact.name if contact else "", language_of(s)),
        template=template,
        facts=facts,
        purpose=purpose,
        object=number,
        period=period,
        answers=s.thread,
        about_client=client_of(s),
    )


def _to_client(issue: IssueCard, template: str, facts: Mapping[str, Plain], key: tuple[str, str, str]) -> Draft:
    """To the one who wrote first, in the thread of the client's own mail program."""
    purpose, number, period = key
    return Draft(
        to=Recipient(issue.address, issue.name, issue.language),
        template=template,
        facts=facts,
        purpose=purpose,
        object=number,
        period=period,
        answers=Thread(issue.subject, issue.their_mail),
        about_client=issue.client_id,
    )
