"""The letters about unused benefits: to the client who is reminded, and to the owner who is to call. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from mailbot.duties.reminders.settings import NAME
from mailbot.duties.reminders.unused.benefits import OpenBenefit
from mailbot.duties.reminders.unused.planning import CallDue, LetterDue
from mailbot.letters.model import Draft, Language, LetterKind, Plain
from mailbot.letters.wording import Wording
from mailbot.records.contracts.questions import BENEFITS, benefit_question
from mailbot.records.decision import Question, Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Role

REMINDER: Final = "reminder"
CALL: Final = "reminder-call"
CALLED: Final = "reminder-called"  # the kind of the question what came of a call
CALL_TASK: Final = "call"


def keeper_of(known: Known, owner_id: int | None) -> PersonCard | None:
    """Who looks after a client: its owner, else a coordinator, else a manager."""
    others = (person for role in (Role.COORDINATOR, Role.MANAGER, Role.ADMIN) for person in known.in_role(role))
    return known.person(owner_id) or next(others, None)


def reminder(due: LetterDue, known: Known, today: date) -> Send:
    """To a contact: all their benefits that are due today, and one question about them."""
    reader, client = due.reader, due.benefits[0][0].client
    keeper = keeper_of(known, client.owner_id)
    facts: dict[str, Plain] = {
        "benefits": tuple(_row(benefit) for benefit, _ in due.benefits),
        "rung": due.rung.value,
        "keeper": keeper.name if keeper else None,
    }
    words = "Used? " + ", ".join(benefit.words for benefit, _ in due.benefits)
    asks = benefit_question(NAME, words, client.id, [benefit.id for benefit, _ in due.benefits])
    draft = Draft(
        reader.to,
        f"{NAME}/reminder",
        facts,
        REMINDER,
        reader.address_key[:_LONGEST_OBJECT],
        today.isoformat(),
        about_client=client.id,
        offers_stop=True,
        kind=LetterKind.REMINDER,
    )
    return Send(draft, asks)


_LONGEST_OBJECT: Final = 320


def call(due: CallDue, keeper: PersonCard, today: date) -> Send:
    """To the owner: whom to call about what, in which words, and how to say what came of it."""
    client = due.benefits[0].client
    readers = (benefit.reader for benefit in due.benefits)
    reader = next((each for each in readers if each is not None), None)
    hindrance = due.benefits[0].hindrance
    facts: dict[str, Plain] = {
        "client": client.name,
        "contact": reader.to.name if reader else None,
        "why_no_letter": hindrance.value if hindrance else None,
        "benefits": tuple(_row(benefit) for benefit in due.benefits),
    }
    context: dict[str, object] = {"client_id": client.id, BENEFITS: [benefit.id for benefit in due.benefits]}
    asks = Question(NAME, CALLED, f"What came of the call to {client.name}?", context)
    draft = Draft(
        keeper.recipient, f"{NAME}/call", facts, CALL, str(client.id), today.isoformat(), about_client=client.id
    )
    return Send(draft, asks)


def task_words(due: CallDue, language: Language) -> str:
    """The call as it stands among the tasks of its owner."""
    wording = Wording(language)
    client = due.benefits[0].client.name
    what = ", ".join(f"{each.words} ({wording.day(each.lapses_on)})" for each in due.benefits)
    return Words(f"Call {client}: runs out unused: {what}", f"{client} anrufen: läuft ungenutzt ab: {what}").to(
        language
    )


def _row(benefit: OpenBenefit) -> Plain:
    return {
        "words": benefit.words,
        "contract": benefit.contract,
        "worth": benefit.worth.normalize() if benefit.worth is not None else None,
        "currency": benefit.currency,
        "until": benefit.lapses_on,
    }
