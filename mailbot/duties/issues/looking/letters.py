"""The letters about a page that was looked at: to the client, and to whoever works on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.duties.issues.kinds import DONE_QUESTION, HANDED, IS_GOOD, NAME, TOLD
from mailbot.duties.issues.letters import CLOSED
from mailbot.duties.issues.looking.facts import SeenPage
from mailbot.duties.issues.sold.facts import About
from mailbot.duties.issues.to_clients import ACKNOWLEDGED, ASKED_GOOD, figures_told
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain, Recipient, Thread
from mailbot.letters.refs import unsigned
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.tables import Role

_LONGEST_THING: Final = 80
_LONGEST_SAID: Final = 120


def to_client(page: SeenPage, worker: PersonCard | None) -> Send:
    """The first answer: what we saw, who has it, what comes next; and the figures that were asked for."""
    facts = _seen(page) | _works(worker) | {"number": page.issue.ref, "greeted": bool(page.issue.name)}
    facts |= figures_told(About(sold=page.sold, asked_month=page.issue.asks_month))
    facts |= {"asks_figures": page.issue.asks_month is not None}
    return Send(_to_client(page, "issues/looked", facts, ACKNOWLEDGED, acknowledgement=True))


def task(page: SeenPage, worker: PersonCard, *, is_told: bool) -> Send:
    """To whoever works on it: the same facts, and what the client wrote. A department reads no address. `is_told`: the
    one who wrote has an answer."""
    facts = _seen(page) | {
        "number": page.issue.ref,
        "writer": page.issue.who,
        "client": page.client,
        "subject": page.issue.subject or None,
        "words": unsigned(page.issue.first_words),
        "is_told": is_told,
    }
    return _to_worker(page, worker, "issues/task", facts, TOLD, asks=True)


def is_good(page: SeenPage, worker: PersonCard | None) -> Send:
    """It was seen to work: is it good?"""
    facts = _works(worker) | {
        "number": page.issue.ref,
        "greeted": bool(page.issue.name),
        "speaker": worker.name if worker else "",
        "words": "",
        "subject": page.issue.subject or None,
        "seen": page.look.url,
        "seen_title": one_line(page.look.seen.title, _LONGEST_SAID) or None,
    }
    draft = _to_client(page, "issues/is_good", facts, ASKED_GOOD, period=f"look {page.look.id}")
    return Send(draft, Question(NAME, IS_GOOD, f"Is {page.issue.ref} good now?", {"issue": page.issue.ref}))


def seen_done(page: SeenPage, worker: PersonCard) -> Send:
    """To whoever said DONE: it was seen, and is closed."""
    facts: dict[str, Plain] = {
        "number": page.issue.ref,
        "writer": page.issue.who,
        "resumed": None,
        "was_closed": False,
        "asked": True,
    }
    return _to_worker(page, worker, "issues/closed", facts, CLOSED)


def not_done(page: SeenPage, worker: PersonCard) -> Send:
    """Back to whoever said DONE: what was seen instead."""
    facts = _seen(page) | {"number": page.issue.ref, "writer": page.issue.who}
    return _to_worker(page, worker, "issues/not_done", facts, HANDED, asks=True)


def _seen(page: SeenPage) -> dict[str, Plain]:
    seen, sold = page.look.seen, page.sold
    return {
        "page": page.look.url,
        "verdict": seen.verdict.value,
        "is_well": seen.verdict.is_well,
        "is_gone": page.is_gone,
        "ends_at": seen.final if seen.final != page.look.url else None,
        "said": one_line(seen.said, _LONGEST_SAID).rstrip(".") or None,
        "page_title": one_line(seen.title, _LONGEST_SAID) or None,
        "thing": one_line(sold.words, _LONGEST_THING) if sold else None,
        "contract": sold.contract if sold else None,
        "stands_at": sold.link if sold and sold.link != page.look.url else None,
    }


def _works(worker: PersonCard | None) -> dict[str, Plain]:
    return {
        "worker": worker.name if worker else None,
        "is_department": worker is not None and worker.role is Role.DEPARTMENT,
    }


def _to_client(
    page: SeenPage,
    template: str,
    facts: Mapping[str, Plain],
    purpose: str,
    *,
    period: str = "",
    acknowledgement: bool = False,
) -> Draft:
    issue = page.issue
    return Draft(
        to=Recipient(issue.address, issue.name, issue.language),
        template=template,
        facts=facts,
        purpose=purpose,
        object=issue.ref,
        period=period,
        answers=Thread(issue.subject, issue.their_mail),
        acknowledgement=acknowledgement,
        about_client=issue.client_id,
    )


def _to_worker(
    page: SeenPage, worker: PersonCard, template: str, facts: Mapping[str, Plain], purpose: str, *, asks: bool = False
) -> Send:
    number = page.issue.ref
    period = "" if purpose == TOLD else f"look {page.look.id}"
    draft = Draft(worker.recipient, template, facts, purpose, number, period, about_client=page.issue.client_id)
    return Send(draft, Question(NAME, DONE_QUESTION, f"Is {number} done?", {"issue": number}) if asks else None)
