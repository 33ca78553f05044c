"""Once a month: what colleagues spent, as a workbook, to whoever pays it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.expenses.facts import NAME
from mailbot.duties.expenses.listing import Listed, listed
from mailbot.duties.expenses.settings import settings_of
from mailbot.letters.model import Draft, Enclosure, Language, Plain, Recipient
from mailbot.letters.workbooks import MEDIA_TYPE, Sheet, workbook
from mailbot.message.addresses import address_key
from mailbot.records.decision import Send
from mailbot.records.in_words import Words
from mailbot.records.known import Known
from mailbot.records.tables import Run

_JOB: Final = "list"
_PURPOSE: Final = "expenses-month"
_SHEET: Final = Words("Expenses", "Auslagen")
_HEADS: Final = (
    Words("day", "Tag"),
    Words("who", "wer"),
    Words("client", "Kunde"),
    Words("amount", "Betrag"),
    Words("currency", "Währung"),
    Words("words", "Wortlaut"),
    Words("receipts", "Belege"),
    Words("SHA-256 of the receipts", "SHA-256 der Belege"),
    Words("reference", "Referenz"),
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month whose list is due, and what was spent in it."""

    first: date
    last: date
    spent: tuple[Listed, ...]

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"


def load(session: Session, known: Known, now: datetime) -> Month | None:
    """The month before this one, from the day and hour of the settings on; None where it was told, or is not told."""
    here, wanted = now.astimezone(known.desk.zone), settings_of(known.desk)
    if wanted.list_to is None or (here.day, here.time()) < (wanted.list_on, wanted.list_at):
        return None
    last = here.date().replace(day=1) - timedelta(days=1)
    first = last.replace(day=1)
    told = select(func.count()).where(Run.job == f"{NAME}.{_JOB} {first:%Y-%m}")
    if session.scalar(told):
        return None
    return Month(first, last, tuple(listed(session, first, last)))


def due(month: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One letter with the workbook; none for a month in which nothing was spent."""
    address = settings_of(known.desk).list_to
    if not isinstance(month, Month) or not month.spent or address is None:
        return ()
    to = _recipient(str(address), known)
    draft = Draft(
        to=to,
        template="expenses/month",
        facts=_facts(month),
        purpose=_PURPOSE,
        object=address_key(to.address),
        period=month.name,
        enclosures=(_book(month, to.language, now),),
    )
    plan = Plan(f"Sent the expenses of {month.name} to {to.address}: {len(month.spent)}.", (Send(draft),))
    return (Due(_PURPOSE, "its day has come", plan, month.name),)


def _recipient(address: str, known: Known) -> Recipient:
    """Whoever of us has the address; else the address, in the desk's language."""
    person = next((each for each in known.staff if each.has(address_key(address))), None)
    return person.recipient if person else Recipient(address, "", known.desk.language)


def _facts(month: Month) -> dict[str, Plain]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for each in month.spent:
        if each.amount is not None:
            totals[each.currency] += each.amount
    return {
        "first": month.first,
        "last": month.last,
        "count": len(month.spent),
        "people": len({each.person for each in month.spent}),
        "totals": tuple({"amount": amount, "currency": currency} for currency, amount in sorted(totals.items())),
        "unsaid": sum(each.amount is None for each in month.spent),
        "without_receipt": sum(not each.receipts for each in month.spent),
    }


def _book(month: Month, language: Language, now: datetime) -> Enclosure:
    heads = tuple(head.to(language) for head in _HEADS)
    sheet = Sheet(_SHEET.to(language), heads, tuple(map(_row, month.spent)))
    return Enclosure(f"expenses-{month.name}.xlsx", MEDIA_TYPE, workbook((sheet,), now))


def _row(each: Listed) -> tuple[str | Decimal | date | None, ...]:
    files, hashes = "; ".join(each.receipts), "; ".join(each.hashes)
    return (each.day, each.person, each.client, each.amount, each.currency, each.words, files, hashes, each.ref)


UPKEEP: Final[Sequence[Upkeep]] = (Upkeep(job=_JOB, at=None, recall=load, due=due),)
