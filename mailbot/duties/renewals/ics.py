"""The calendar of contracts as a file for calendar programs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from mailbot.duties.renewals.facts import Renewal
from mailbot.letters.calendars import Day, days_to_remember
from mailbot.letters.model import Enclosure, Language
from mailbot.letters.wording import Wording
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard

_NOTICE = Words("last day to give notice", "letzter Tag zum Kündigen")
_END = Words("contract ends", "Vertrag endet")


def calendar_file(
    renewals: Sequence[Renewal], month: date, desk: DeskCard, language: Language, now: datetime
) -> Enclosure:
    """One whole day for each contract: the one by which it has to be decided on."""
    domain = desk.address.rpartition("@")[2]
    days = [_day(each, language) for each in renewals]
    return days_to_remember(days, f"contracts-{month:%Y-%m}.ics", domain, now)


def _day(renewal: Renewal, language: Language) -> Day:
    what = (_NOTICE if renewal.renews else _END).to(language)
    worth = "" if renewal.value is None else Wording(language).money(renewal.value, renewal.currency)
    title = f"{renewal.client} ({renewal.ref}): {what}"
    return Day(f"{renewal.ref}-{renewal.decide_by.isoformat()}", renewal.decide_by, title, worth)
