"""What the words of a change come to: which kind it is, and what it makes of a contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import ContractsSettings
from mailbot.duties.contracts.changes.against import read_against
from mailbot.duties.contracts.changes.ending import next_end
from mailbot.duties.contracts.changes.facts import ChangeReading, Deed
from mailbot.duties.contracts.changes.points import lacks
from mailbot.duties.contracts.changes.renewing import renewed
from mailbot.duties.contracts.changes.said import stated
from mailbot.duties.contracts.facts import ContractReading, Doubt
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.duties.contracts.settings import arranged
from mailbot.letters.model import Language
from mailbot.money.numerals import habit_of
from mailbot.records.contracts.cards import ContractCard, DeliverableCard
from mailbot.records.contracts.tables import ContractState, DeliverableState, EventKind, Use

_ENDS = (
    "cancel, cancels, cancelled, canceling, cancellation, terminates, termination, gave us notice, kündigt, gekündigt, "
    "Kündigung, storniert"
)
_PAYS_BACK = (
    "refund, refunds, refunded, pay back, paid back, reimbursed, erstatten, zurückerstatten, erstattet, "
    "Rückerstattung, zurückzahlen, Rückzahlung"
)
_GOES_ON = "renews, renewed, renewal, extends, extended, prolonged, verlängert, verlängern, Verlängerung"
_CHANGES = (
    "adds, added, adding, additional, extra, more, on top, plus, another, zusätzlich, weitere, mehr, dazu, hinzu, "
    "noch, instead of, rather than, statt, anstatt, anstelle von, down from, reduced to, reduce to, drops, dropped, "
    "without, cancels, removes, removed, entfällt, entfallen, streichen, streicht, gestrichen, ohne, fällt weg"
)
_RUNS_UNTIL = "until, till, through, bis, extended, verlängert, endet, ends"
_MOST_LINES = 20
ISSUES = {f"2026-{month:02}": date(2025, 11, 28) for month in range(1, 13) if month != 8}
ARRANGED = arranged(ContractsSettings.model_validate({"issues": ISSUES}))
NOVEMBER = date(2025, 11, 12)


def row(key: int, position: int, kind: str, words: str, **more: object) -> DeliverableCard:
    said: dict[str, object] = {
        **dict.fromkeys(DeliverableCard.__dataclass_fields__),
        "id": key,
        "contract_id": 1,
        "client_id": 7,
        "position": position,
        "part": 1,
        "kind": kind,
        "words": words,
        "quantity": 1,
        "currency": "USD",
        "state": DeliverableState.ORDERED,
        "is_benefit": False,
        "use": Use.UNUSED,
        "traffic": (),
    }
    return DeliverableCard(**(said | more))  # type: ignore[arg-type]


def page(key: int, month: int) -> DeliverableCard:
    first = date(2026, month, 1)
    return row(
        key, 1, "ad", "6 full pages", part=key, issue=f"2026-{month:02}", starts_on=first, due_on=date(2025, 11, 28)
    )


PAGES = tuple(page(number, month) for number, month in enumerate((2, 3, 4, 5, 6, 7), start=1))
BANNER = row(30, 2, "banner", "free banner", ends_on=date(2026, 3, 31), state=DeliverableState.DELIVERED)
CONTRACT = ContractCard(
    id=1,
    ref="K-2207",
    client_id=7,
    rep_id=1,
    contact_id=None,
    signed_on=None,
    starts_on=date(2025, 9, 15),
    ends_on=date(2026, 9, 14),
    value=Decimal(14200),
    currency="USD",
    renews=True,
    notice_days=60,
    notice_on=date(2026, 7, 16),
    state=ContractState.RUNNING,
    follows_id=None,
    deliverables=(*PAGES, BANNER),
)


def reader(language: Language = "en", on: date = NOVEMBER) -> Reader:
    return Reader(on, language, habit_of("de_DE" if language == "de" else "en_US"), "USD", ARRANGED)


def read(text: str, language: Language = "en", on: date = NOVEMBER) -> ChangeReading:
    said = stated(text, ARRANGED.kinds)
    assert said is not None
    return read_against(said.kind, text, CONTRACT, reader(language, on))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("North Star adds two more banners from May, 2,400 more", EventKind.AMENDED),
        ("K-2207: banner runs until 30 June instead of 31 March", EventKind.AMENDED),
        ("Müller Bau: statt 6 nur 4 ganze Seiten, 900 EUR weniger", EventKind.AMENDED),
        ("North Star cancels the banner", EventKind.AMENDED),
        ("Hansen bucht zwei weitere Banner ab März dazu, 2.400 mehr", EventKind.AMENDED),
        ("Globex cancels, contract ends 14 Dec", EventKind.CANCELLED),
        ("Hansen hat gekündigt zum 31.12.", EventKind.CANCELLED),
        ("Delphi renewed for another year, 19,200", EventKind.RENEWED),
        ("Globex verlängert um 12 Monate zu gleichen Konditionen", EventKind.RENEWED),
        ("refund Globex 800 for the wrong phone number in the October ad", EventKind.REFUNDED),
        ("bitte Globex 800 EUR erstatten", EventKind.REFUNDED),
    ],
)
def test_what_is_said_as_a_fact_is_a_change(text: str, kind: EventKind) -> None:
    said = stated(text, ARRANGED.kinds)

    assert said is not None
    assert said.kind is kind


@pytest.mark.parametrize(
    ("sentence", "phrases", "kind"),
    [
        ("Globex {} to 14 Dec", _ENDS, EventKind.CANCELLED),
        ("Globex {} 800", _PAYS_BACK, EventKind.REFUNDED),
        ("Delphi {} for another year", _GOES_ON, EventKind.RENEWED),
        ("North Star {} the banner", _CHANGES, EventKind.AMENDED),
        ("banner {} 30 June", _RUNS_UNTIL, EventKind.AMENDED),
    ],
)
def test_each_word_for_a_change_says_it(sentence: str, phrases: str, kind: EventKind) -> None:
    heard = {each: stated(sentence.format(each), ARRANGED.kinds) for each in phrases.split(", ")}
    deaf = [each for each, said in heard.items() if said is None or said.kind is not kind]

    assert deaf == []
    assert stated(sentence.format("has"), ARRANGED.kinds) is None


@pytest.mark.parametrize(
    "text",
    [
        "please cancel the meeting with Globex on 14 Dec",
        "Termin mit Hansen gekündigt",
        "Globex wants to cancel",
        "Tom, we need to cancel this contract.",
        "Globex might cancel, contract ends 14 Dec",
        "Globex may renew for another year",
        "will Globex renew for another year?",
        "if Globex cancels, contract ends 14 Dec",
        "Globex has not cancelled",
        "Hansen überlegt, ob er zum 31.12. kündigt",
        "Hansen möchte 800 erstattet haben",
        "no refund of 800 for Globex",
        "auto renews for another year, 60 days notice",
        "Globex renewed",
        "acme corp 12k",
        "South Star Logistics Banner 3 mo 4,250.00",
        "down to my last 20 media kits",
    ],
)
def test_what_is_wished_asked_denied_or_of_something_else_is_none(text: str) -> None:
    assert stated(text, ARRANGED.kinds) is None


@pytest.mark.parametrize(
    ("text", "language", "after"),
    [
        ("adds two more banners, 2,400 more", "en", 16600),
        ("adds two more banners, new total 16,600", "en", 16600),
        ("statt 6 nur 4 ganze Seiten, 900 EUR weniger", "de", 13300),
        ("statt 6 nur 4 ganze Seiten, insgesamt 13.000,00 EUR", "de", 13000),
    ],
)
def test_what_it_is_worth_then(text: str, language: Language, after: int) -> None:
    value = read(text, language).value

    assert value is not None
    assert value.after(CONTRACT.value) == Decimal(after)


def test_a_bare_amount_is_two_readings_and_nothing_holds_before_one_is_said() -> None:
    reading = read("adds two more banners for 2,400")

    assert reading.value is not None
    assert reading.value.readings == (Decimal(16600), Decimal(2400))
    assert [point.kind for point in lacks(reading, CONTRACT)] == ["value"]


def test_fewer_are_the_last_ones_and_a_count_that_was_never_sold_is_asked() -> None:
    (line,) = read("only 4 full pages instead of 6, 900 less").lines
    assert (line.deed, line.rows, line.count_was, line.count) == (Deed.FEWER, (5, 6), 6, 4)

    (line,) = read("only 4 full pages instead of 7, 900 less").lines
    assert (line.rows, line.doubt) == ((), Doubt.COUNT)


def test_the_year_of_another_end_is_the_one_nearest_to_the_end_so_far() -> None:
    assert read("K-2207 runs until 31 December instead of 14 September").ends_on == date(2026, 12, 31)
    (line,) = read("Banner von North Star läuft bis 30.6. statt 31.3.", "de").lines
    assert (line.deed, line.rows, line.ends_on) == (Deed.MOVE, (30,), date(2026, 6, 30))


def test_a_cancellation_drops_what_comes_later_and_ends_what_runs() -> None:
    reading = read("North Star cancels, contract ends 30 Apr")

    assert reading.ends_on == date(2026, 4, 30)
    assert [(line.deed, line.rows) for line in reading.lines] == [(Deed.DROP, (4, 5, 6))]
    ends = read("North Star cancels, contract ends 31 Dec")
    assert [(line.deed, line.rows) for line in ends.lines] == [(Deed.DROP, (1, 2, 3, 4, 5, 6)), (Deed.MOVE, (30,))]


def test_notice_in_time_ends_it_and_late_notice_is_a_question() -> None:
    assert read("North Star cancels", on=date(2026, 7, 16)).ends_on == date(2026, 9, 14)
    late = read("North Star cancels", on=date(2026, 7, 17))
    assert (late.ends_on, late.late_ends) == (None, (date(2026, 9, 14), date(2027, 9, 14)))
    assert next_end(CONTRACT) == date(2027, 9, 14)


def test_what_goes_on_has_the_same_things_a_year_later() -> None:
    reading: ContractReading = renewed("renewed for another year, 15,000", CONTRACT, reader())

    assert reading.term is not None
    assert (reading.term.starts_on, reading.term.ends_on) == (date(2026, 9, 15), date(2027, 9, 14))
    pages, banner = reading.promises
    assert [issue.month for issue in pages.issues] == [date(2027, month, 1) for month in (2, 3, 4, 5, 6, 7)]
    assert banner.ends_on == date(2027, 3, 31)
    assert reading.value is not None
    assert reading.value.amount == Decimal(15000)


@given(st.text(max_size=300), st.sampled_from(list(EventKind)))
def test_no_words_break_the_reading(text: str, kind: EventKind) -> None:
    said = stated(text, ARRANGED.kinds)

    assert said is None or said.words in text
    assert len(read_against(kind, text, CONTRACT, reader()).lines) <= _MOST_LINES
    assert renewed(text, CONTRACT, reader("de")).term is not None


@pytest.mark.parametrize("words", ["statt 6 ", "1 more banner until 1 Jan instead of ", "from from "])
def test_of_very_many_words_no_more_becomes_of_a_list_than_a_person_reads(words: str) -> None:
    assert len(read_against(EventKind.AMENDED, words * 1_000, CONTRACT, reader()).lines) <= _MOST_LINES
