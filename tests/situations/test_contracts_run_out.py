"""The last day of a contract passes: it has ended, its rep hears once, and a renewal may still come late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.cli.demo import mails
from mailbot.duties.reminders.tables import CheckIn, Reminder
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    ContractState,
    Deliverable,
    DeliverableState,
    EventKind,
    Use,
)
from mailbot.records.tables import DecisionRow
from tests.schemas import migrated_file
from tests.situations.desk import DESK, PlayedDesk, played_desk

TOM, LENA, PRIYA, WEB, MARA = (f"{name}@harbourpine.example" for name in ("tom", "lena", "priya", "web", "mara"))
BY_TOM, BY_LENA = f"Tom Okafor <{TOM}>", f"Lena Brandt <{LENA}>"
FRIDAY_NOON = datetime(2025, 10, 31, 16, 0, tzinfo=UTC)
LAST_DAY = datetime(2025, 12, 14, 17, 0, tzinfo=UTC)  # of K-2188, a Sunday
MONDAY_AT_ONE = datetime(2025, 12, 15, 6, 0, tzinfo=UTC)  # in the morning, in Boston
MONDAY_NOON = datetime(2025, 12, 15, 17, 0, tzinfo=UTC)
OVER = "Globex Tools: K-2188 has ended"


@contextmanager
def asked_about_globex(folder: Path, database: str) -> Iterator[PlayedDesk]:
    """A desk that looks after renewals; Tom was asked about K-2188 of Globex, which ends on 14 December."""
    with played_desk(folder, database, renewals_of_contracts=True) as opened:
        until(opened, FRIDAY_NOON)
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    """Over SQLite."""
    with asked_about_globex(tmp_path, migrated_file(tmp_path / "desk.sqlite")) as opened:
        yield opened


@pytest.fixture
def either(new_database: Callable[[], str], tmp_path: Path) -> Iterator[PlayedDesk]:
    """Over each kind of database."""
    with asked_about_globex(tmp_path, new_database()) as opened:
        yield opened


def until(desk: PlayedDesk, moment: datetime) -> None:
    desk.waits(moment - desk.clock.now())


def state(desk: PlayedDesk, ref: str = "K-2188") -> ContractState:
    return next(each.state for each in desk.all_of(Contract) if each.ref == ref)


def globex_contract(session: Session) -> Contract:
    """K-2188, to be changed before something happens to it."""
    return session.scalars(select(Contract).where(Contract.ref == "K-2188")).one()


def told_of_the_end(desk: PlayedDesk) -> list[str]:
    return [each.subject for each in desk.letters_to(TOM) if each.subject == OVER]


def ending(desk: PlayedDesk) -> str:
    """The decision that ended K-2188."""
    with desk.database.reading() as session:
        found = session.query(DecisionRow).where(DecisionRow.kind == "ended", DecisionRow.duty == "contracts")
        return next(row.ref for row in found if "K-2188" in row.summary)


def ask_for_the_card(desk: PlayedDesk) -> None:
    """Tom's only mail of the month."""
    until(desk, MONDAY_NOON)
    desk.receives(mails.written("card globex", "card", BY_TOM, DESK, MONDAY_NOON + timedelta(minutes=5)))


def december_in_figures(desk: PlayedDesk) -> str:
    """The words of the manager's letter, which the first ring of the year writes."""
    until(desk, datetime(2026, 1, 2, 17, 0, tzinfo=UTC))
    (letter,) = [each for each in desk.letters_to(PRIYA) if each.subject == "December 2025 in figures"]
    return " ".join(letter.text.split())


def test_it_runs_until_its_last_day_is_over_and_has_ended_on_the_next(desk: PlayedDesk) -> None:
    until(desk, LAST_DAY)
    assert state(desk) is ContractState.RUNNING

    until(desk, MONDAY_AT_ONE)

    assert state(desk) is ContractState.ENDED
    (step,) = [each for each in desk.all_of(ContractEvent) if each.kind is EventKind.ENDED]
    assert (step.since, step.amount) == (date(2025, 12, 14), None)
    assert [each.ref for each in desk.all_of(Contract) if each.state is not ContractState.RUNNING] == ["K-2188"]
    assert told_of_the_end(desk) == [], "somebody is written to at night"


def test_its_rep_hears_once_and_neither_the_client_nor_anybody_else(desk: PlayedDesk) -> None:
    until(desk, MONDAY_AT_ONE)
    until(desk, MONDAY_NOON)
    letter = desk.letters_to(TOM)[-1]
    text = " ".join(letter.text.split())
    assert letter.subject == OVER
    assert "(4,900.00 USD) ended on 14 Dec 2025, and I know of none that follows it" in text
    assert "Reply SAME" in text
    for _ in range(8):
        desk.waits(timedelta(days=1))
    assert len(told_of_the_end(desk)) == 1
    named = {who for who in desk.letters() if who != MARA and "K-2188" in desk.letters_to(who)[-1].text}
    assert named == {TOM}
    assert not [each for each in desk.letters_to(TOM) if "how does it stand with K-2188" in each.subject][2:]


def test_an_ending_that_is_taken_back_stays_so(either: PlayedDesk) -> None:
    until(either, MONDAY_AT_ONE)
    asked = mails.written(f"undo {ending(either)}", "undo", f"Mara Lindqvist <{MARA}>", DESK, MONDAY_AT_ONE)
    either.receives(asked, at=MONDAY_AT_ONE + timedelta(hours=1))
    assert state(either) is ContractState.RUNNING

    for _ in range(3):
        either.waits(timedelta(days=1))

    assert state(either) is ContractState.RUNNING
    assert told_of_the_end(either) == [], "Tom hears of an end that was taken back"


def test_a_renewal_that_comes_late_becomes_the_contract_that_follows_and_says_that_it_is_late(
    either: PlayedDesk,
) -> None:
    until(either, MONDAY_NOON)
    either.is_answered(either.letters_to(TOM)[-1], "SAME", by=BY_TOM)
    reading = either.letters_to(TOM)[-1]
    assert "K-2188 goes on, though it ended on 14 Dec 2025" in " ".join(reading.text.split())

    either.is_answered(reading, "OK", by=BY_TOM)

    (new,) = [each for each in either.all_of(Contract) if each.follows_id is not None]
    assert (new.starts_on, new.ends_on, new.value) == (date(2025, 12, 15), date(2026, 12, 14), Decimal(4900))
    assert (new.state, state(either)) == (ContractState.RUNNING, ContractState.ENDED)


def test_a_renewal_by_a_mail_of_its_own_names_the_contract_that_has_ended(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON + timedelta(days=3))
    told = desk.receives(
        mails.written("Globex renews for another year, 5,200", "Globex", BY_TOM, DESK, desk.clock.now())
    )
    assert told.story.kind == "renewal"
    assert "though it ended on 14 Dec 2025" in " ".join(desk.letters_to(TOM)[-1].text.split())


def test_a_contract_in_time_says_nothing_of_an_end(desk: PlayedDesk) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "RENEW", by=BY_TOM)
    desk.is_answered(desk.letters_to(TOM)[-1], "SAME", by=BY_TOM)
    assert "though it ended" not in " ".join(desk.letters_to(TOM)[-1].text.split())


def test_what_goes_on_in_time_ends_too_and_nobody_hears_of_it(desk: PlayedDesk) -> None:
    for word in ("RENEW", "SAME", "OK"):
        desk.is_answered(desk.letters_to(TOM)[-1], word, by=BY_TOM)
    until(desk, MONDAY_NOON)
    assert state(desk) is ContractState.ENDED
    assert told_of_the_end(desk) == []


def test_what_is_lost_ends_and_its_rep_who_said_so_is_not_told(desk: PlayedDesk) -> None:
    desk.is_answered(desk.letters_to(TOM)[-1], "LOST", by=BY_TOM)
    until(desk, MONDAY_NOON)
    assert state(desk) is ContractState.ENDED
    assert told_of_the_end(desk) == []


@pytest.mark.parametrize(("word", "says"), [("RENEW", "goes on with K-2188"), ("LOST", "is lost; who manages sales")])
def test_a_word_to_the_question_from_before_the_end_still_counts(desk: PlayedDesk, word: str, says: str) -> None:
    (asked,) = desk.letters_to(TOM)
    until(desk, MONDAY_AT_ONE)
    told = desk.is_answered(asked, word, by=BY_TOM)
    assert told.story.kind == "answer"
    noted = " ".join(desk.letters_to(TOM)[-1].text.split())
    assert says in noted
    assert "still delivered until" not in noted


def test_nothing_but_a_renewal_or_money_back_becomes_of_it(desk: PlayedDesk) -> None:
    until(desk, MONDAY_NOON)
    cancels = mails.written("K-2188 is cancelled", "contract", BY_TOM, DESK, MONDAY_NOON + timedelta(minutes=9))
    assert desk.receives(cancels).story.kind == "no-contract"

    refunds = mails.written(
        "we refund 500 to Globex (K-2188)", "refund", BY_TOM, DESK, MONDAY_NOON + timedelta(hours=1)
    )
    assert desk.receives(refunds).story.kind == "change"
    desk.is_answered(desk.letters_to(PRIYA)[-1], "OK", by=f"Priya Nair <{PRIYA}>")
    (step,) = [each for each in desk.all_of(ContractEvent) if each.kind is EventKind.REFUNDED]
    assert step.amount == Decimal(500)
    assert state(desk) is ContractState.ENDED


def test_of_one_that_renews_by_itself_the_letter_says_so(desk: PlayedDesk) -> None:
    until(desk, datetime(2026, 4, 1, 16, 0, tzinfo=UTC))
    assert state(desk, "K-2195") is ContractState.ENDED
    (letter,) = [each for each in desk.letters_to(LENA) if each.subject == "Hansen & Söhne KG: K-2195 ist ausgelaufen"]
    text = " ".join(letter.text.split())
    assert "Er verlängert sich von selbst, und von einer Kündigung weiß ich nichts" in text
    assert "Antworte GLEICH" in text


def test_the_card_says_that_it_has_ended_and_the_month_counts_it_as_lost(desk: PlayedDesk) -> None:
    ask_for_the_card(desk)
    assert "K-2188 until 14 Dec 2025, 4,900.00 USD, has ended, and none follows it" in desk.letters_to(TOM)[-1].text
    assert "contracts lost 1" in december_in_figures(desk)


def test_one_that_ends_on_the_last_day_of_the_month_is_counted_in_the_letter_of_the_next_morning(
    desk: PlayedDesk,
) -> None:
    with desk.database.writing() as session:
        last = globex_contract(session)
        last.ends_on = date(2025, 12, 31)
    ask_for_the_card(desk)
    assert "contracts lost 1" in december_in_figures(desk)


def test_one_that_renews_by_itself_and_of_which_nobody_has_said_anything_is_not_counted_as_lost(
    desk: PlayedDesk,
) -> None:
    with desk.database.writing() as session:
        renewing = globex_contract(session)
        renewing.renews, renewing.notice_on = True, renewing.ends_on
    ask_for_the_card(desk)
    words = december_in_figures(desk)
    assert state(desk) is ContractState.ENDED
    assert "contracts to be decided on 1" in words
    assert "contracts lost 0" in words


def test_contracts_that_were_imported_long_after_their_end_end_without_a_letter(desk: PlayedDesk) -> None:
    with desk.database.writing() as session:
        old = globex_contract(session)
        old.ends_on = date(2025, 9, 30)
    before = desk.letters()
    until(desk, FRIDAY_NOON + timedelta(days=4))
    assert state(desk) is ContractState.ENDED
    assert told_of_the_end(desk) == []
    assert desk.letters().get("pete@globex.example") == before.get("pete@globex.example")


# --- what is owed, and what is not asked any more ---


@pytest.fixture
def reminding(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk that reminds, asks how satisfied clients are, and looks after departments."""
    with played_desk(
        tmp_path, migrated_file(tmp_path / "desk.sqlite"), reminds=True, mornings_of_departments=True
    ) as opened:
        yield opened


def ends_with_a_banner(desk: PlayedDesk, done: DeliverableState) -> int:
    """K-2188 has a banner until 8 January, and runs out on 14 December: its last letter would come at Christmas."""
    with desk.database.writing() as session:
        contract = globex_contract(session)
        banner = next(each for each in session.query(Deliverable) if each.kind == "banner")
        row = Deliverable(
            contract_id=contract.id,
            client_id=contract.client_id,
            position=9,
            kind="banner",
            words="banner of Globex",
            currency="USD",
            department_id=banner.department_id,
            due_on=date(2025, 12, 12),
            ends_on=date(2026, 1, 8),
            state=done,
            is_benefit=done is DeliverableState.DELIVERED,
            made_by=banner.made_by,
        )
        session.add(row)
        session.flush()
        return row.id


def mornings(desk: PlayedDesk, first: datetime, last: datetime) -> None:
    until(desk, first)
    while desk.clock.now() < last:
        desk.waits(timedelta(days=1))


def test_a_client_is_neither_reminded_nor_asked_after_the_end_and_what_was_not_used_lapses(
    reminding: PlayedDesk,
) -> None:
    key = ends_with_a_banner(reminding, DeliverableState.DELIVERED)
    until(reminding, LAST_DAY)
    reminded = [each for each in reminding.all_of(Reminder) if each.deliverable_id == key]

    mornings(reminding, MONDAY_NOON, datetime(2026, 1, 12, 17, 0, tzinfo=UTC))

    after = [each for each in reminding.all_of(Reminder) if each.deliverable_id == key]
    assert [each.rung.value for each in after[len(reminded) :]] == ["lapsed"]
    assert next(each.use for each in reminding.all_of(Deliverable) if each.id == key) is Use.LAPSED
    ended = next(each.id for each in reminding.all_of(Contract) if each.ref == "K-2188")
    assert not [
        each for each in reminding.all_of(CheckIn) if each.contract_id == ended and each.asked_on > LAST_DAY.date()
    ]


def test_what_a_department_still_owes_is_asked_for_and_told_as_overdue_after_the_end(reminding: PlayedDesk) -> None:
    ends_with_a_banner(reminding, DeliverableState.ORDERED)
    until(reminding, LAST_DAY)
    assert not [each for each in reminding.letters_to(MARA) if "banner of Globex" in each.text]
    mornings(reminding, MONDAY_NOON, MONDAY_NOON + timedelta(days=14))
    assert state(reminding) is ContractState.ENDED
    told = [
        each
        for each in reminding.letters_to(MARA)
        if "banner of Globex" in each.text and each.subject.startswith("Overdue")
    ]
    assert len(told) == 1, "what was overdue is told once, whatever its contract"
    assert [each for each in reminding.letters_to(WEB) if "banner of Globex" in each.text]
