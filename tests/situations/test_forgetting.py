"""A person at a client asks what is kept of her, and then that it be erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from mailbot.errors import Never
from mailbot.records import forgetting
from mailbot.records.base import Base, Kept
from mailbot.records.importing.reading import read_import
from mailbot.records.tables import Address, Client, Contact, LetterRow, LetterState, RawMail
from mailbot.service.by_hand import ByHand
from tests.situations.desk import MAILS, PlayedDesk
from tests.situations.test_s13_hard_bounce import KAREN, PLANNED, TOM, TUESDAY, letter_to_karen, report


def erase(desk: PlayedDesk, address: str) -> None:
    office = desk.service.office
    by_hand = ByHand(
        office.database, office.desk, office.duties[0], office.secret, office.clock, lambda: office.orders.templates
    )
    by_hand.decide("erase", "Erased what was kept of a person, on request.", [forgetting.ErasePerson(address)])


def has_history(desk: PlayedDesk) -> None:
    """Karen wrote, her answer came back, Tom was asked and has a call to make; letters to her wait."""
    desk.has_planned(PLANNED[0], KAREN, TUESDAY + timedelta(days=7))
    desk.receives(report(letter_to_karen(desk)))
    desk.is_answered(desk.letters_to(TOM)[-1], "3", by=f"Tom Okafor <{TOM}>")


def places_of(desk: PlayedDesk, *words: str) -> set[str]:
    """The columns in which one of these words stands, but for the mails of colleagues."""
    found: set[str] = set()
    with desk.database.reading() as session:
        for mapper in Base.registry.mappers:
            for row in session.scalars(select(mapper.class_)):
                for column in mapper.column_attrs:
                    if any(word.casefold() in _text(getattr(row, column.key)) for word in words):
                        found.add(f"{mapper.class_.__tablename__}.{column.key}")
    return found


def _text(value: Any) -> str:
    raw = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return raw.casefold()


def test_everything_that_is_kept_of_her_is_on_one_page(desk: PlayedDesk) -> None:
    has_history(desk)
    with desk.database.reading() as session:
        page = forgetting.page_of(session, forgetting.find(session, KAREN))

    assert {"addresses", "contacts", "letters", "issues", "issue_messages", "bounces", "mails"} <= set(page)
    assert page["contacts"][0]["name"] == "Karen Holt"
    assert "the link of our banner" in str(page["mails"][0]["mail"])


def test_after_erasing_her_name_and_address_stand_nowhere_but_in_colleagues_own_mails(desk: PlayedDesk) -> None:
    has_history(desk)
    before = len(desk.all_of(LetterRow))
    erase(desk, KAREN)

    assert places_of(desk, "karen.holt", "Karen Holt") <= {"raw_mails.content", "arrivals.subject"}
    with desk.database.reading() as session:
        left = session.scalars(select(RawMail.content)).all()
    assert all(b"From: Tom Okafor" in raw for raw in left if b"karen" in raw.lower())
    assert len(desk.all_of(LetterRow)) == before
    assert {each.state for each in desk.all_of(LetterRow) if each.duty == "reminders"} == {LetterState.WITHDRAWN}
    (south_star,) = (each for each in desk.all_of(Client) if each.code == "C08")
    assert len([each for each in desk.all_of(Contact) if each.client_id == south_star.id]) == 2


def test_nobody_else_loses_anything(desk: PlayedDesk) -> None:
    has_history(desk)
    erase(desk, KAREN)

    assert {"gil@southstar.example", TOM} <= {each.key for each in desk.all_of(Address)}
    assert "Gil Fox" in [each.name for each in desk.all_of(Contact)]


def test_an_import_that_names_her_again_leaves_her_out(desk: PlayedDesk) -> None:
    has_history(desk)
    erase(desk, KAREN)
    karen, jo = f"Karen Holt,{KAREN.upper()}", "Jo,jo@southstar.example"
    content = f"code,client,contact,email\nC08,South Star Logistics,{karen}\nC08,South Star Logistics,{jo}\n"
    with desk.database.reading() as session:
        found = read_import(content.encode(), "clients.csv", session)

    assert [each.row.line for each in found.good] == [3]
    assert "asked to be forgotten" in found.bad[0].why


def test_what_she_writes_later_is_answered_and_nothing_else_goes_there(desk: PlayedDesk) -> None:
    has_history(desk)
    erase(desk, KAREN)
    again = (MAILS / "issue-in-1.eml").read_bytes().replace(b"<kh-1@", b"<kh-2@").replace(b"our banner", b"our page")
    desk.receives(again, at=TUESDAY + timedelta(days=3))

    assert len(desk.letters_to(KAREN)) == 2
    assert KAREN not in [each.key for each in desk.all_of(Address)]


@pytest.mark.parametrize("address", [TOM, "nobody@nowhere.example"])
def test_the_staff_and_strangers_of_whom_nothing_is_kept_are_refused(desk: PlayedDesk, address: str) -> None:
    with desk.database.reading() as session, pytest.raises(Never):
        forgetting.find(session, address)


def test_every_table_that_holds_words_of_people_says_which(desk: PlayedDesk) -> None:
    tables = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Kept)}
    says = {table.__tablename__ for table in tables if table.personal is not None}

    assert {"addresses", "bounces", "contact_points", "contacts", "issue_messages", "issues"} <= says
    assert {"letters", "questions", "tasks", "whereabouts"} <= says
    for table in tables:
        columns = {column.key for column in table.__mapper__.column_attrs}
        assert set(table.personal.erased if table.personal else ()) <= columns
