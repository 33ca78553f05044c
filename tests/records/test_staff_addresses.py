"""Colleagues with several addresses, a mail that one of them has vouched for, and domains that look like a client's."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from mailbot.deciding.by_person import decide_by_person
from mailbot.message import clues, read
from mailbot.message.sealing import seal
from mailbot.message.skeletons import skeleton, skeletons_within
from mailbot.records import writing
from mailbot.records.arrivals import Claimed
from mailbot.records.decision import Action
from mailbot.records.known import Known
from mailbot.records.names import name_key
from mailbot.records.numbers import reserve
from mailbot.records.recall import Read, known_by_the_clock, recall
from mailbot.records.staff_addresses import AcceptAddress, ForgetAddress
from mailbot.records.tables import Address, Client, Contact, Person
from tests.clerk import DANA, MARA, MONDAY, SECRET, Desk, mail

PRIVATE = "dana.private@gmail.example"


def dana_of(desk: Desk) -> int:
    with desk.database.reading() as session:
        return session.scalars(select(Person.id).where(Person.name.startswith("Dana"))).one()


def vouched(desk: Desk, raw: bytes, person_id: int) -> Known:
    """What is known about a mail that a colleague has called his own."""
    message = read(raw)
    claimed = Claimed(-1, "sales", len(raw), MONDAY, 0, None, vouched_for=person_id)
    with desk.database.writing() as session:
        (known,) = recall(
            session, desk.card, SECRET, [Read(claimed, seal(message), clues(message))], reserve(session, 1), MONDAY
        )
        session.rollback()
    return known


def add(desk: Desk, *addresses: str, person_id: int | None = None) -> None:
    with desk.database.writing() as session:
        session.add_all(
            Address(key=each.lower(), written=each, person_id=person_id or dana_of(desk)) for each in addresses
        )


def test_all_addresses_of_a_colleague_are_hers_and_letters_go_to_the_first(desk: Desk) -> None:
    add(desk, "Dana.Private@gmail.example")
    known = desk.known_about(mail("hello", DANA))

    assert known.sender is not None
    assert known.sender.person is not None
    assert known.sender.person.keys[1:] == (PRIVATE,)
    assert known.sender.person.address == known.sender.key
    assert known.is_senders(PRIVATE)
    assert not known.is_senders("mara@harbourpine.example")
    assert known.person(dana_of(desk)) == known.sender.person


def test_who_writes_from_a_further_address_is_answered_there_and_written_to_at_the_first(desk: Desk) -> None:
    add(desk, "Dana.Private@gmail.example")
    known = desk.known_about(mail("hello", PRIVATE))

    assert known.sender is not None
    assert known.sender.person is not None
    assert known.sender.person.address == "Dana.Private@gmail.example"
    registered = known.person(dana_of(desk))
    assert registered is not None
    assert registered.address.startswith("dana@") or registered.address.startswith("Dana@")


def test_a_mail_that_was_vouched_for_is_the_colleagues_and_is_answered_at_the_first_address(desk: Desk) -> None:
    dana = dana_of(desk)
    raw = mail("hello", PRIVATE)
    plain, known = desk.known_about(raw), vouched(desk, raw, dana)

    assert plain.sender is None
    assert known.sender is not None
    assert known.sender.person == known.person(dana)
    assert known.sender.vouched

    add(desk, PRIVATE)
    accepted = vouched(desk, raw, dana)
    assert accepted.sender is not None
    assert accepted.sender.person == accepted.person(dana)


def test_nobody_is_vouched_for_over_the_head_of_who_has_the_address(desk: Desk) -> None:
    known = vouched(desk, mail("hello", MARA), dana_of(desk))
    assert known.sender is not None
    assert known.sender.person is not None
    assert known.sender.person.name.startswith("Mara")
    assert not known.sender.vouched


def test_an_address_is_accepted_taken_off_and_accepted_again_and_who_said_so_stays(desk: Desk) -> None:
    dana = dana_of(desk)
    accepting = AcceptAddress(dana, "Dana Reyes", PRIVATE, "Dana Reyes said so")
    for action in (accepting, accepting, ForgetAddress(dana, "Dana Reyes", PRIVATE), accepting):
        ordered(desk, action)

    with desk.database.reading() as session:
        (row,) = session.scalars(select(Address).where(Address.key == PRIVATE)).all()
        assert (row.person_id, row.undone_by, row.status_because) == (dana, None, "Dana Reyes said so")


def ordered(desk: Desk, action: Action) -> None:
    """What a person orders at the command line."""
    with desk.database.writing() as session:
        number = reserve(session, 1)[0]
        known = known_by_the_clock(session, desk.card, SECRET, number)
        decision = decide_by_person("order", str(action), "mara", (action,), "desk", f"D-{number:04d}", desk.now)
        writing.write(session, decision, known)


# --- domains that look like a client's ---


@pytest.fixture
def with_northstar(desk: Desk) -> Desk:
    """A desk that knows one client, with one contact."""
    with desk.database.writing() as session:
        client = Client(name="North Star", name_key=name_key("North Star"))
        session.add(client)
        session.flush()
        contact = Contact(client_id=client.id, name="Ellen Marsh")
        session.add(contact)
        session.flush()
        session.add(Address(key="ellen@northstar.example", written="Ellen@northstar.example", contact_id=contact.id))
    return desk


@pytest.mark.parametrize(
    "domain",
    ["n0rthstar.example", "north-star.example", "northstar.example.attacker.example", "xn--northstr-76g.example"],
)
def test_a_domain_like_a_clients_is_found_though_the_mail_names_nobody(with_northstar: Desk, domain: str) -> None:
    assert with_northstar.known_about(mail("where is our banner?", f"ellen@{domain}")).similar == ("northstar.example",)


@pytest.mark.parametrize("domain", ["southstar.example", "star.example", "northstarlogistics.example", "gmail.example"])
def test_another_domain_is_like_none(with_northstar: Desk, domain: str) -> None:
    assert with_northstar.known_about(mail("where is our banner?", f"ellen@{domain}")).similar == ()


def test_of_a_long_domain_a_few_names_are_looked_for(with_northstar: Desk) -> None:
    assert len(skeletons_within(".".join("abcdefghij" * 20))) < 40
    assert skeletons_within("northstar.example") == (skeleton("northstar.example"),)
    assert with_northstar.known_about(mail("hello", f"x@{'a.' * 100}example")).similar == ()
