"""The old amount beside the new one: what is booked is corrected by it, and never stands there twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.duties.sales.mails import DANA, JONAS, mail
from tests.duties.sales.road import Road

FRIDAY = datetime(2025, 10, 31, 16, 43, tzinfo=ZoneInfo("America/New_York"))
LATER = FRIDAY + timedelta(days=5)
OLD, NEW = Decimal(15200), Decimal(12500)


def booked_and_then(road: Road, text: str, sender: str = DANA) -> tuple[str, list[Decimal], list[str]]:
    """The kind of the second mail, what counts after it, and why its lines wait."""
    first = "acme corp 15,200" if sender == DANA else "Müller Bau 15.200 €"
    road.arrives(mail(first, sender, at=FRIDAY, subject="numbers"), FRIDAY)
    decision = road.arrives(mail(text, sender, at=LATER, subject="numbers"), LATER)
    waiting = [each.doubt for each in road.pending()]
    superseded = {entry.supersedes_id for entry in road.entries()}
    return decision.kind, [each.amount for each in road.entries() if each.id not in superseded], waiting


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (DANA, "acme corp 12,500 (was 15,200)"),
        (DANA, "acme corp 12,500 (previously 15,200)"),
        (DANA, "acme corp 12,500 (instead of 15,200)"),
        (DANA, "acme corp 12,500 (revised, originally 15,200)"),
        (DANA, "acme corp 12,500, down from 15,200"),
        (DANA, "acme corp now 12,500, down from 15,200"),
        (DANA, "acme corp 12,500 instead of the 15,200 I sent"),
        (DANA, "acme corp 12,500 - was 15,200"),
        (DANA, "acme corp 12,500. Was 15,200."),
        (DANA, "acme corp 12,500\n(was 15,200)"),
        (DANA, "sorry, acme corp 12.5k (not 15,200)\nThanks\nDana"),
        (JONAS, "Müller Bau 12.500 € (statt 15.200 €)"),
        (JONAS, "Müller Bau 12.500 € (vorher 15.200)"),
        (JONAS, "Müller Bau jetzt 12.500 €, bisher 15.200 €"),
        (JONAS, "Müller Bau: 12.500 € (ursprünglich 15.200 €)"),
    ],
)
def test_an_old_amount_beside_the_new_one_corrects_what_was_booked(road: Road, sender: str, text: str) -> None:
    kind, counting, waiting = booked_and_then(road, text, sender)
    assert (kind, counting, waiting) == ("correction", [NEW], [])
    old, new = road.entries()
    assert (new.supersedes_id, new.period_start) == (old.id, old.period_start)


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (DANA, "acme corp 12,500 (was 14,000)"),
        (DANA, "acme corp 12,500, down from 14,000"),
        (DANA, "beta freight 12,500 (was 15,200)"),
        (DANA, "acme corp 12,500 EUR (was 15,200 EUR)"),
        (DANA, "acme corp for December: 12,500 (was 15,200)"),
        (JONAS, "Müller Bau 12.500 € (vorher 14.000 €)"),
        (JONAS, "Acme Medical 12.500 € (bisher 15.200 €)"),
    ],
)
def test_an_old_amount_that_is_not_booked_books_and_changes_nothing(road: Road, sender: str, text: str) -> None:
    kind, counting, waiting = booked_and_then(road, text, sender)
    assert (kind, counting) == ("numbers", [OLD])
    assert waiting in ([], ["corrects what is not booked"])  # what is for December is noted as an expectation


def test_what_stands_beside_a_correction_is_booked_and_the_correction_asked_about(road: Road) -> None:
    kind, counting, waiting = booked_and_then(road, "acme corp 12,500 (was 15,200)\nbeta freight 900")
    assert (kind, counting) == ("numbers", [OLD, Decimal(900)])
    assert waiting == ["corrects what is not booked"]


def test_a_new_amount_that_is_not_sure_changes_nothing(road: Road) -> None:
    _, counting, _ = booked_and_then(road, "acme corp maybe 12,500 (was 15,200)")
    assert counting == [OLD]


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        (DANA, "beta freight 12,500, down from 15,200 last year"),
        (DANA, "beta freight 12,500 (list price 15,200)"),
        (DANA, "beta freight 12,500 (invoice 2026-12 over 15,200)"),
        (JONAS, "Acme Medical 12.500 € (statt Listenpreis 15.200 €)"),
        (JONAS, "Acme Medical 12.500 € (Vorjahr 15.200 €)"),
    ],
)
def test_an_amount_to_compare_with_is_no_old_one_and_the_line_is_booked(road: Road, sender: str, text: str) -> None:
    kind, counting, waiting = booked_and_then(road, text, sender)
    assert (kind, counting, waiting) == ("numbers", [OLD, NEW], [])
