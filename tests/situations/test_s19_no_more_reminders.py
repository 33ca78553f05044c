"""S19: Rosa's STOP and Uwe's words end their reminders for good, whatever happens to the records; their owners call.
Gil's praise is noted on his contract, and nobody is written to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mailbot.cli.demo import company
from mailbot.duties.reminders.tables import ClientWord, WordKind
from mailbot.letters.model import LetterKind
from mailbot.records.merging import MergeClients, find_client
from mailbot.records.suppression import stopped_kinds
from mailbot.records.tables import Address, Contact, LetterRow, LetterStop, TaskRow
from mailbot.service.by_hand import ByHand
from tests.situations.desk import COMPANY, PlayedDesk, played_desk
from tests.situations.reminding import DANA, GIL, LENA, ROSA, TOM, UWE, comes, every_morning, nine, subjects


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    with played_desk(tmp_path, f"sqlite:///{tmp_path}/desk.sqlite", reminds=True) as opened:
        yield opened


def test_rosa_says_stop_to_her_reminder_is_never_reminded_again_and_dana_calls(desk: PlayedDesk) -> None:
    comes(desk, nine(31, 10))
    (reminder,) = desk.letters_to(ROSA)
    assert "15% off a booth at BuildExpo" in reminder.subject
    told = desk.is_answered(reminder, "STOP", by=f"Rosa Diaz <{ROSA}>")

    assert told.story.kind == "stop"
    assert desk.addresses_that_are_not_ok() == {ROSA: "stopped"}
    assert "no reminders, no mailings" in desk.letters_to(ROSA)[-1].text
    assert "What belongs to your contract, invoices and answers to what you report still come." in (
        desk.letters_to(ROSA)[-1].text
    )
    assert "If a benefit of theirs runs out, you get a call task instead." in desk.letters_to(DANA)[-1].text
    for at in (nine(19, 1, 2026), nine(20, 2, 2026)):
        comes(desk, at)
    assert len(subjects(desk, ROSA)) == 2, "the reminder and the one confirmation"

    comes(desk, nine(9, 3, 2026))
    call = next(each for each in desk.letters_to(DANA) if each.subject.startswith("Please call Beta Freight"))
    assert "Rosa Diaz wants no reminders by mail, so please call." in call.text
    calls = [each.kind for each in desk.all_of(TaskRow) if each.words.startswith("Call Beta Freight")]
    assert calls == ["call"]


def test_uwe_is_reminded_no_more_and_lena_calls(desk: PlayedDesk) -> None:
    comes(desk, nine(3))
    assert subjects(desk, UWE) == ["Noch offen für Sie: Anzeigenplatz 1/1 Seite, Ausgabe Januar"]
    desk.receives("S19-in-2.eml")
    assert [each.address_key for each in desk.all_of(LetterStop)] == [UWE]

    every_morning(desk, nine(17), nine(21))
    assert len(subjects(desk, UWE)) == 2, "the reminder and the one confirmation"
    every_morning(desk, nine(24), nine(28))
    assert "Bitte anrufen: Hansen & Söhne KG, läuft ungenutzt ab" in subjects(desk, LENA)


def test_gils_praise_is_noted_and_nothing_is_sent_or_stopped(desk: PlayedDesk) -> None:
    before = desk.letters()
    told = desk.receives("S19-in-3.eml")

    assert (told.story.kind, told.story.rule) == ("praise", "reminders.praise")
    (noted,) = desk.all_of(ClientWord)
    assert noted.kind is WordKind.PRAISE
    assert noted.words.startswith("Please don't stop the banner over Christmas, we love it!")
    assert desk.all_of(LetterStop) == []
    assert desk.addresses_that_are_not_ok() == {}
    assert told.letters == ()
    assert {key: count for key, count in desk.letters().items() if key == GIL} == {}
    assert before.get(GIL, 0) == 0


def test_tom_reads_gils_praise_on_monday_and_once(desk: PlayedDesk) -> None:
    desk.receives("S19-in-3.eml")
    comes(desk, nine(10))
    comes(desk, nine(11))

    (letter,) = [each for each in desk.letters_to(TOM) if each.subject == "What your clients said last week"]
    assert "South Star Logistics: praise - Gil Fox: \"Please don't stop the banner" in " ".join(letter.text.split())
    assert "What your clients said last week" not in subjects(desk, DANA)


def test_uwes_stop_outlives_an_import_a_merge_a_new_name_and_a_new_address(desk: PlayedDesk) -> None:
    desk.receives("S19-in-2.eml")
    office = desk.service.office
    company.import_company(office, COMPANY)
    with desk.database.reading() as session:
        hansen, beta = find_client(session, "C10"), find_client(session, "C04")
        (uwe,) = session.scalars(select(Address).where(Address.key == UWE))
        merge = MergeClients(beta.id, beta.name, hansen.id, hansen.name)
    desk_duty = next(duty for duty in office.duties if duty.name == office.orders.desk)
    templates = office.orders.templates
    by_hand = ByHand(office.database, office.desk, desk_duty, office.secret, office.clock, lambda: templates)
    by_hand.decide("merge", f"{merge}.", [merge])
    with desk.database.writing() as session:
        session.execute(update(Contact).where(Contact.id == uwe.contact_id).values(name="U. Hansen-Diaz"))
        session.add(Address(key="uwe.new@hansen.example", written="uwe.new@hansen.example", contact_id=uwe.contact_id))

    with desk.database.reading() as session:
        assert stopped_kinds(session, UWE) == {LetterKind.REMINDER}
        assert stopped_kinds(session, "uwe.new@hansen.example") == {LetterKind.REMINDER}
        assert stopped_kinds(session, ROSA) == frozenset(), "nobody else's, at the same client now"
    every_morning(desk, nine(5), nine(28))
    assert "uwe.new@hansen.example" not in {each.recipient for each in desk.all_of(LetterRow)}
    assert len(subjects(desk, UWE)) == 1, "the one confirmation"
