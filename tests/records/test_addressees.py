"""Those whom letters go to are looked up together, and again as soon as something of them was written."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mailbot.letters.model import Letter
from mailbot.records.addressees import Addressee, Addressees
from mailbot.records.pen import Pen
from mailbot.records.sheet import Sheet
from mailbot.records.tables import Address, AddressStatus, Client, Contact, DecisionRow
from tests.clerk import Desk

ELLEN, SAM = "ellen@northstar.example", "sam@northstar.example"


def test_who_is_on_file_and_who_is_not(desk: Desk) -> None:
    with desk.database.writing() as session:
        _contact(session, ELLEN)
        found = Addressees(session.connection(), [ELLEN, SAM])
        assert _status(found.of(ELLEN)) is AddressStatus.OK
        assert found.of(SAM) is None
        assert found.of("nobody@northstar.example") is None


def test_an_address_that_is_written_for_a_decision_is_known_to_the_next_letter(desk: Desk) -> None:
    desk.says("open Kestrel")
    with desk.database.writing() as session:
        ellen = _contact(session, ELLEN)
        sheet = Sheet(session, [_letter_to(ELLEN), _letter_to(SAM)])
        assert sheet.addressee(SAM) is None
        pen = _pen(session, desk.now, sheet)
        pen.insert(Address(key=SAM, written=SAM, contact_id=ellen.id))
        assert _status(sheet.addressee(SAM)) is AddressStatus.OK
        address = session.scalars(select(Address).where(Address.key == SAM)).one()
        pen.update(address, status=AddressStatus.STOPPED)
        assert _status(sheet.addressee(SAM)) is AddressStatus.STOPPED


def test_a_contact_who_goes_away_is_away_for_the_next_letter(desk: Desk) -> None:
    desk.says("open Kestrel")
    until = desk.now + timedelta(days=3)
    with desk.database.writing() as session:
        ellen, sam = _contact(session, ELLEN), _contact(session, SAM)
        sheet = Sheet(session, [_letter_to(ELLEN), _letter_to(SAM)])
        assert [_back_at(desk, sheet.addressee(key)) for key in (ELLEN, SAM)] == [None, None]
        _pen(session, desk.now, sheet).update(ellen, away_from=desk.now, away_until=until)
        assert [_back_at(desk, sheet.addressee(key)) for key in (ELLEN, SAM)] == [until, None]
        assert sam.away_until is None


def _contact(session: Session, address: str) -> Contact:
    client = Client(name=f"Client of {address}", name_key=address)
    session.add(client)
    session.flush()
    contact = Contact(client_id=client.id, name=address)
    session.add(contact)
    session.flush()
    session.add(Address(key=address, written=address, contact_id=contact.id))
    session.flush()
    return contact


def _pen(session: Session, now: datetime, sheet: Sheet) -> Pen:
    decision = session.scalars(select(func.max(DecisionRow.id))).one()
    return Pen(session, decision, "desk", now, None, sheet)


def _letter_to(address: str) -> Letter:
    return Letter("D-0101", address, "", "", "", "", b"", "said", address, "", acknowledgement=False, about_client=None)


def _status(found: Addressee | None) -> AddressStatus | None:
    return found.status if found else None


def _back_at(desk: Desk, found: Addressee | None) -> object:
    assert found is not None
    return found.back_at(desk.now)
