"""What becomes of a contract after it was signed: it changes, goes on, is cancelled, or money goes back.

A rep says so in an ordinary mail, and nothing holds before the OK."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.policy import default

import pytest

from mailbot.cli.demo import mails
from mailbot.duties.contracts.tables import ContractChange, ContractDraft, DraftState
from mailbot.duties.sales.tables import SalesEntry
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
)
from tests.situations.desk import DESK, PlayedDesk

DANA, TOM, LENA, JONAS, PRIYA = (f"{name}@harbourpine.example" for name in ("dana", "tom", "lena", "jonas", "priya"))
WEB, DESIGN, SHOWS, BILLING = (f"{name}@harbourpine.example" for name in ("web", "design", "shows", "billing"))
NOON = datetime(2025, 11, 12, 17, 0, tzinfo=UTC)


def writes(desk: PlayedDesk, by: str, words: str, subject: str = "contract", at: datetime | None = None) -> str:
    """A mail of theirs comes in; gives what kind it was."""
    moment = at or max(NOON, desk.clock.now() + timedelta(minutes=5))
    return desk.receives(mails.written(words, subject, by, DESK, moment), at=moment).story.kind


def contract(desk: PlayedDesk, ref: str) -> Contract:
    return next(each for each in desk.all_of(Contract) if each.ref == ref)


def rows(desk: PlayedDesk, ref: str) -> list[Deliverable]:
    key = contract(desk, ref).id
    return [each for each in desk.all_of(Deliverable) if each.contract_id == key]


def steps(desk: PlayedDesk, ref: str) -> list[tuple[EventKind, Decimal | None]]:
    key = contract(desk, ref).id
    return [(each.kind, each.amount) for each in desk.all_of(ContractEvent) if each.contract_id == key]


def points(desk: PlayedDesk, to: str) -> list[str]:
    lines = [" ".join(line.split()) for line in desk.letters_to(to)[-1].text.splitlines()]
    return [line for line in lines if line[:1].isdigit()]


def nothing_changed(desk: PlayedDesk) -> bool:
    """Whether all contracts are as they were imported, and nobody but those who were asked has heard anything."""
    states = {each.ref: each.state for each in desk.all_of(Contract)}
    kinds = {each.kind for each in desk.all_of(ContractEvent)}
    return set(states.values()) == {ContractState.RUNNING} and kinds == {EventKind.SIGNED} and len(states) == 5


# --- amendments ---


def test_two_more_banners_are_shown_point_by_point_and_hold_after_the_ok(desk: PlayedDesk) -> None:
    assert writes(desk, DANA, "North Star adds two more banners from March, 2,400 more") == "change"
    assert points(desk, DANA) == [
        '1. 14,200.00 USD becomes 16,600.00 USD "2,400 more"',
        '2. New: 2 x banner, 1 Mar 2026 - 5 Oct 2026 "North Star adds two more banners from March"',
    ]
    assert nothing_changed(desk)
    assert desk.letters() == {DANA: 1}

    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)

    assert contract(desk, "K-2207").value == Decimal(16600)
    assert steps(desk, "K-2207") == [(EventKind.SIGNED, Decimal(14200)), (EventKind.AMENDED, Decimal(16600))]
    new = rows(desk, "K-2207")[-1]
    assert (new.kind, new.quantity, new.starts_on, new.position) == ("banner", 2, date(2026, 3, 1), 3)
    assert new.state is DeliverableState.ORDERED, "the department has not heard of it"
    (order,) = desk.letters_to(WEB)
    assert "two banners from March" in " ".join(order.text.split())
    assert "free banner" not in order.text, "the department hears of what did not change"
    assert desk.letters_to(DESIGN) == ()


def test_billing_gets_the_change_as_a_letter_with_csv_and_json(desk: PlayedDesk) -> None:
    writes(desk, DANA, "North Star adds two more banners from March, 2,400 more")
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)

    (letter,) = desk.letters_to(BILLING)
    assert "It is worth 16,600.00 USD instead of 14,200.00 USD" in " ".join(letter.text.split())
    raw = message_from_bytes(desk.box.messages(account=BILLING)[0], policy=default)
    files = {each.get_filename() or "": each.get_content() for each in raw.iter_attachments()}
    data = json.loads(files["K-2207-amended.json"])
    assert (data["format"], data["kind"], data["amount"]) == ("mailbot.contract-change/1", "amended", "16600.00")
    assert [line["quantity"] for line in data["added"]] == [2]
    (row,) = csv.DictReader(io.StringIO(str(files["K-2207-amended.csv"])))
    assert (row["contract"], row["before"], row["amount"]) == ("K-2207", "14200.00", "16600.00")


def test_the_money_that_changes_is_offered_and_booked_once_by_book(desk: PlayedDesk) -> None:
    writes(desk, DANA, "North Star adds two more banners from March, 2,400 more")
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert desk.all_of(SalesEntry) == []
    assert "Also book 2,400.00 USD for week 46?" in desk.letters_to(DANA)[-1].text

    desk.is_answered(desk.letters_to(DANA)[-1], "BOOK", by=DANA)

    assert [(each.amount, each.currency) for each in desk.all_of(SalesEntry)] == [(Decimal(2400), "USD")]


def test_a_banner_that_runs_longer_is_told_to_its_department_and_to_no_other(desk: PlayedDesk) -> None:
    writes(desk, DANA, "K-2207: banner runs until 30 June instead of 31 March")
    assert points(desk, DANA)[0] == "1. The value stays 14,200.00 USD"
    assert "free banner on coastalbuilder.example: until 30 Jun 2026 instead of 31 Mar 2026" in points(desk, DANA)[1]

    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)

    assert {each.ends_on for each in rows(desk, "K-2207") if each.kind == "banner"} == {date(2026, 6, 30)}
    (letter,) = desk.letters_to(WEB)
    assert "runs until 30 Jun 2026 instead of 31 Mar 2026" in " ".join(letter.text.split())
    assert desk.letters_to(DESIGN) == ()
    assert "book" not in desk.letters_to(DANA)[-1].text.casefold(), "no money changes, and a sale is offered"


def six_pages_of_mueller(desk: PlayedDesk) -> str:
    """Müller Bau has a contract of six pages; gives its number."""
    desk.receives(
        mails.written(
            "12 Monate ab 1.1.2026, insgesamt 9.000,00 EUR. 6 ganze Seiten (Februar, März, April, Mai, Juni, Juli)",
            "UNTERSCHRIEBEN Müller Bau GmbH",
            JONAS,
            DESK,
            NOON,
        ),
        at=NOON,
    )
    desk.is_answered(desk.letters_to(JONAS)[-1], "OK", by=JONAS)
    return next(each.ref for each in desk.all_of(Contract) if each.arrival_id is not None)


def test_fewer_pages_in_german_drop_the_last_ones_and_are_offered_as_a_credit(desk: PlayedDesk) -> None:
    ref = six_pages_of_mueller(desk)
    orders = len(desk.letters_to(DESIGN))

    writes(desk, JONAS, f"Müller Bau ({ref}): statt 6 nur 4 ganze Seiten, 900 EUR weniger")
    told = points(desk, JONAS)
    assert told[0].startswith("1. Aus 9.000,00 EUR werden 8.100,00 EUR")
    assert "4 statt 6; es entfällt Ausgabe Juni 2026, Ausgabe Juli 2026" in told[1]
    desk.is_answered(desk.letters_to(JONAS)[-1], "passt", by=JONAS)

    dropped = [each.issue for each in rows(desk, ref) if each.state is DeliverableState.DROPPED]
    assert dropped == ["2026-06", "2026-07"]
    assert len(desk.letters_to(DESIGN)) == orders + 1
    assert "Ausgabe Juni 2026" in desk.letters_to(DESIGN)[-1].text or "June 2026" in desk.letters_to(DESIGN)[-1].text
    offer = desk.letters_to(JONAS)[-1]
    assert "Auch eine Gutschrift von -900,00 EUR" in offer.text
    assert [each.amount for each in desk.all_of(SalesEntry)] == []
    desk.is_answered(offer, "BUCHEN", by=JONAS)
    assert [each.amount for each in desk.all_of(SalesEntry)] == [Decimal(-900)]


def test_an_amount_that_may_be_two_things_is_asked_and_ok_alone_changes_nothing(desk: PlayedDesk) -> None:
    writes(desk, DANA, "North Star adds two more banners from March for 2,400")
    assert "Which value in all: 16,600.00 USD or 2,400.00 USD?" in points(desk, DANA)[0]

    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert nothing_changed(desk)
    assert "I cannot do it yet" in desk.letters_to(DANA)[-1].text
    desk.is_answered(desk.letters_to(DANA)[-1], "1 is 16,600", by=DANA)
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert contract(desk, "K-2207").value == Decimal(16600)


def test_undo_takes_a_change_back_whole(desk: PlayedDesk) -> None:
    writes(desk, DANA, "K-2207: banner runs until 30 June instead of 31 March, 300 more")
    told = desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)
    assert contract(desk, "K-2207").value == Decimal(14500)

    desk.is_answered(desk.letters_to(DANA)[-1], f"undo {told.story.ref}", by=DANA)

    assert contract(desk, "K-2207").value == Decimal(14200)
    assert {each.ends_on for each in rows(desk, "K-2207") if each.kind == "banner"} == {date(2026, 3, 31)}
    assert steps(desk, "K-2207") == [(EventKind.SIGNED, Decimal(14200))]


# --- cancellations ---


def test_a_cancelled_contract_drops_what_comes_later_and_is_not_asked_about(desk: PlayedDesk) -> None:
    writes(desk, LENA, "Hansen hat gekündigt zum 31.12.")
    told = points(desk, LENA)
    assert told[0].startswith("1. Endet am 31.12.2025 statt am 31.3.2026")
    assert told[2] == "3. Entfällt: Anzeigenplatz 1/1 Seite, Ausgabe Januar"
    assert nothing_changed(desk)

    desk.is_answered(desk.letters_to(LENA)[-1], "OK", by=LENA)

    ended = contract(desk, "K-2195")
    assert (ended.state, ended.ends_on, ended.notice_on) == (ContractState.CANCELLED, date(2025, 12, 31), None)
    assert [each.state for each in rows(desk, "K-2195")] == [DeliverableState.DROPPED]
    assert "Anzeigenplatz" in desk.letters_to(DESIGN)[-1].text
    assert desk.letters_to(WEB) == ()
    assert "31" in desk.letters_to(BILLING)[-1].subject
    assert "Gutschrift" not in desk.letters_to(LENA)[-1].text


def test_who_cancels_on_the_last_day_is_understood_in_english(desk: PlayedDesk) -> None:
    writes(desk, TOM, "Globex cancels, contract ends 14 Dec")
    assert points(desk, TOM)[0].startswith("1. Ends on 14 Dec 2025")

    desk.is_answered(desk.letters_to(TOM)[-1], "OK", by=TOM)

    assert contract(desk, "K-2188").state is ContractState.CANCELLED
    assert steps(desk, "K-2188")[-1] == (EventKind.CANCELLED, Decimal(4900))


def test_notice_that_came_too_late_is_said_and_the_end_is_asked_by_a_digit(desk: PlayedDesk) -> None:
    at = datetime(2026, 2, 5, 15, 0, tzinfo=UTC)
    writes(desk, LENA, "Hansen hat gekündigt zum 31.3.", at=at)
    text = " ".join(desk.letters_to(LENA)[-1].text.split())
    assert "Kündigen konnte man bis 30.1.2026" in text
    assert "Antworte 1: trotzdem am 31.3.2026. Antworte 2: nach Vertrag am 31.3.2027" in text

    desk.is_answered(desk.letters_to(LENA)[-1], "OK", by=LENA)
    assert contract(desk, "K-2195").state is ContractState.RUNNING
    desk.is_answered(desk.letters_to(LENA)[-1], "2", by=LENA)
    desk.is_answered(desk.letters_to(LENA)[-1], "OK", by=LENA)

    ended = contract(desk, "K-2195")
    assert (ended.state, ended.ends_on) == (ContractState.CANCELLED, date(2027, 3, 31))


# --- refunds ---


def test_only_the_manager_decides_whether_money_goes_back(desk: PlayedDesk) -> None:
    writes(desk, TOM, "refund Globex 800 for the wrong phone number in the October ad")
    assert "Money that goes back is Priya Nair's decision" in " ".join(desk.letters_to(TOM)[-1].text.split())
    asked = desk.letters_to(PRIYA)[-1]
    assert asked.subject == "Re: contract - pay 800.00 USD back to Globex Tools?"

    desk.is_answered(asked, "OK", by=TOM)
    assert nothing_changed(desk)
    assert desk.letters_to(BILLING) == ()
    desk.is_answered(asked, "OK", by=PRIYA)

    assert steps(desk, "K-2188")[-1] == (EventKind.REFUNDED, Decimal(800))
    assert contract(desk, "K-2188").value == Decimal(4900)
    assert "pay back 800.00 USD" in desk.letters_to(BILLING)[-1].subject
    offer = desk.letters_to(TOM)[-1]
    assert "Also book a credit of -800.00 USD" in offer.text
    desk.is_answered(offer, "book", by=TOM)
    assert [each.amount for each in desk.all_of(SalesEntry)] == [Decimal(-800)]


def test_a_refund_that_the_manager_refuses_pays_nothing_and_the_rep_hears_it(desk: PlayedDesk) -> None:
    writes(desk, TOM, "refund Globex 800 for the wrong phone number in the October ad")
    desk.is_answered(desk.letters_to(PRIYA)[-1], "NO", by=PRIYA)

    assert nothing_changed(desk)
    assert desk.letters_to(BILLING) == ()
    assert "Priya Nair has decided that nothing is paid back" in " ".join(desk.letters_to(TOM)[-1].text.split())


# --- renewals ---


def test_a_renewal_on_the_same_terms_is_a_contract_that_follows_with_its_things_moved(desk: PlayedDesk) -> None:
    assert writes(desk, TOM, "Globex verlängert um 12 Monate zu gleichen Konditionen") == "renewal"
    told = points(desk, TOM)
    assert told[0].startswith("1. 15 Dec 2025 - 14 Dec 2026") or told[0].startswith("1. 15.12.2025 - 14.12.2026")
    assert "4,900.00 USD" in told[1] or "4.900,00 USD" in told[1]
    assert "1/4 page, October issue" in told[2]
    assert nothing_changed(desk)

    desk.is_answered(desk.letters_to(TOM)[-1], "OK", by=TOM)

    new = next(each for each in desk.all_of(Contract) if each.follows_id is not None)
    assert new.follows_id == contract(desk, "K-2188").id
    assert (new.starts_on, new.ends_on, new.value) == (date(2025, 12, 15), date(2026, 12, 14), Decimal(4900))
    assert [each.issue for each in rows(desk, new.ref)] == ["2026-10"]
    assert steps(desk, "K-2188")[-1] == (EventKind.RENEWED, None)
    assert steps(desk, new.ref) == [(EventKind.SIGNED, Decimal(4900))]


def test_a_renewal_with_another_value_is_asked_and_without_one_the_value_is_a_question(desk: PlayedDesk) -> None:
    writes(desk, DANA, "North Star renewed for another year, 15,000")
    assert "15,000.00 USD" in points(desk, DANA)[1]
    desk.is_answered(desk.letters_to(DANA)[-1], "no", by=DANA)

    writes(desk, DANA, "North Star renewed for another year")
    assert points(desk, DANA)[1] == "2. What is it worth?"
    desk.is_answered(desk.letters_to(DANA)[-1], "ok", by=DANA)
    assert nothing_changed(desk)


# --- which contract ---


def test_two_running_contracts_of_one_client_are_a_question_with_numbers(desk: PlayedDesk) -> None:
    ref = six_pages_of_mueller(desk)
    writes(desk, JONAS, "Müller Bau: statt 6 nur 4 ganze Seiten, 900 EUR weniger")
    letter = desk.letters_to(JONAS)[-1]
    assert "welcher Vertrag ist gemeint?" in letter.subject
    assert [line.split()[1] for line in points(desk, JONAS)] == ["K-2199", ref]

    desk.is_answered(letter, "2", by=JONAS)

    assert ref in desk.letters_to(JONAS)[-1].subject
    desk.is_answered(desk.letters_to(JONAS)[-1], "OK", by=JONAS)
    assert contract(desk, ref).value == Decimal(8100)
    assert contract(desk, "K-2199").value == Decimal(9800)


def test_a_contract_that_nobody_knows_is_said_and_nothing_changes(desk: PlayedDesk) -> None:
    assert writes(desk, DANA, "K-9999: banner runs until 30 June instead of 31 March") == "no-contract"
    assert "no running contract of K-9999" in desk.letters_to(DANA)[-1].subject
    assert nothing_changed(desk)


def test_a_colleagues_client_asks_its_owner(desk: PlayedDesk) -> None:
    writes(desk, DANA, "Globex cancels, contract ends 14 Dec")
    assert "Globex Tools is Tom Okafor's client" in " ".join(desk.letters_to(DANA)[-1].text.split())
    asked = desk.letters_to(TOM)[-1]

    desk.is_answered(asked, "OK", by=DANA)
    assert nothing_changed(desk)
    desk.is_answered(asked, "OK", by=TOM)
    assert contract(desk, "K-2188").state is ContractState.CANCELLED


# --- what must not be ---


@pytest.mark.parametrize(
    ("sender", "result"),
    [
        ("Pete Grundy <pete@globex.example>", "dmarc=pass header.from=globex.example"),
        ("Tom Okafor <tom@harbourpine.example>", "dmarc=fail header.from=harbourpine.example"),
        ("Stranger <s@stranger.example>", "dmarc=pass header.from=stranger.example"),
        ("Web Team <web@harbourpine.example>", "dmarc=pass header.from=harbourpine.example"),
    ],
)
def test_nobody_but_a_colleague_who_is_believed_changes_a_contract(desk: PlayedDesk, sender: str, result: str) -> None:
    mail = (
        f"From: {sender}\r\nTo: {DESK}\r\nSubject: we cancel\r\nDate: Wed, 12 Nov 2025 12:00:00 -0500\r\n"
        f"Message-ID: <cancels@x.example>\r\nAuthentication-Results: mx.harbourpine.example; {result}\r\n\r\n"
        "Globex cancels, contract ends 14 Dec\r\n"
    )
    desk.receives(mail.encode())

    assert desk.all_of(ContractChange) == []
    assert nothing_changed(desk)


@pytest.mark.parametrize(
    "words",
    [
        "please cancel the meeting with Globex on 14 Dec",
        "Globex wants to cancel, I call them tomorrow",
        "Globex may renew for another year",
        "if Globex cancels, contract ends 14 Dec",
        "Globex has not cancelled",
        "does Globex cancel, contract ends 14 Dec?",
        "Hansen überlegt, ob er zum 31.12. kündigt",
        "Hansen möchte 800 erstattet haben",
        "Termin mit Hansen gekündigt",
    ],
)
def test_what_is_no_fact_or_of_something_else_changes_nothing(desk: PlayedDesk, words: str) -> None:
    writes(desk, TOM, words)

    assert desk.all_of(ContractChange) == []
    assert desk.all_of(ContractDraft) == []
    assert nothing_changed(desk)


def test_what_is_quoted_changes_nothing(desk: PlayedDesk) -> None:
    quoted = (
        "On Wed, 12 Nov 2025 at 10:00, Pete Grundy <pete@globex.example> wrote:\n> Globex cancels, it ends 14 Dec\n"
    )
    words = f"fyi\n\n{quoted}"
    writes(desk, TOM, words, subject="Fwd: Globex cancels, contract ends 14 Dec")

    assert desk.all_of(ContractChange) == []
    assert nothing_changed(desk)


def test_a_list_of_numbers_stays_one(desk: PlayedDesk) -> None:
    writes(desk, DANA, "North Star renewed for another year, 15,000\nacme corp 12k\nBeta freight 3 x 450", "numbers")

    assert desk.all_of(ContractChange) == []
    assert desk.all_of(ContractDraft) == []
    assert len(desk.all_of(SalesEntry)) >= 2


def test_no_leaves_the_contract_as_it_is(desk: PlayedDesk) -> None:
    writes(desk, TOM, "Globex cancels, contract ends 14 Dec")
    desk.is_answered(desk.letters_to(TOM)[-1], "NO", by=TOM)

    assert [each.state for each in desk.all_of(ContractChange)] == [DraftState.DROPPED]
    assert nothing_changed(desk)
    assert desk.letters() == {TOM: 2}
