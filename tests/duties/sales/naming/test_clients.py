"""Which client a rep means: the whole name, or a part of it that only one of the rep's own clients has."""

from __future__ import annotations

import pytest

from mailbot.duties.sales.naming.clients import (
    Alias,
    AnothersClient,
    Book,
    Meant,
    NamedClient,
    Several,
    Unknown,
    meaning_of,
)

DANA, JONAS, TOM, LENA = 1, 2, 3, 4
CLIENTS = tuple(
    NamedClient(number, name, owner, str(owner))
    for number, (name, owner) in enumerate(
        (
            ("Acme Corp", DANA),
            ("Acme Medical GmbH", JONAS),
            ("Acme Media", TOM),
            ("Beta Freight", DANA),
            ("Müller Bau GmbH", JONAS),
            ("Mueller Maschinenbau AG", LENA),
            ("North Star Logistics", DANA),
            ("South Star Logistics", TOM),
            ("Hansen & Söhne KG", LENA),
        ),
        start=1,
    )
)


def book(rep: int, crowded: tuple[str, ...] = ()) -> Book:
    return Book(rep, CLIENTS, frozenset(crowded))


@pytest.mark.parametrize(
    ("rep", "words", "name"),
    [
        (DANA, "acme corp", "Acme Corp"),
        (DANA, "ACME-Corp.", "Acme Corp"),
        (DANA, "Beta", "Beta Freight"),
        (DANA, "betafreight", "Beta Freight"),
        (DANA, "North star", "North Star Logistics"),
        (JONAS, "Müller Bau", "Müller Bau GmbH"),
        (JONAS, "Mueller Bau GmbH", "Müller Bau GmbH"),
        (JONAS, "Acme Medical", "Acme Medical GmbH"),
        (LENA, "Hansen und Söhne", "Hansen & Söhne KG"),
    ],
)
def test_a_name_that_is_one_client_of_ones_own_is_recognised(rep: int, words: str, name: str) -> None:
    meaning = meaning_of(words, book(rep))
    assert isinstance(meaning, Meant)
    assert meaning.client.name == name


@pytest.mark.parametrize(
    ("rep", "words", "name"),
    [
        (JONAS, "Hansen", "Hansen & Söhne KG"),
        (DANA, "Acme Media", "Acme Media"),
        (JONAS, "Mueller Maschinenbau", "Mueller Maschinenbau AG"),
    ],
)
def test_a_colleagues_client_is_recognised_and_never_ones_own(rep: int, words: str, name: str) -> None:
    meaning = meaning_of(words, book(rep))
    assert isinstance(meaning, AnothersClient)
    assert meaning.client.name == name


def test_a_name_that_several_clients_share_is_not_guessed_even_where_only_one_is_ones_own() -> None:
    meaning = meaning_of("Acme", book(JONAS))
    assert isinstance(meaning, Several)
    assert [client.name for client in meaning.choices] == ["Acme Medical GmbH", "Acme Corp", "Acme Media"]
    assert isinstance(meaning_of("Star Logistics", book(DANA)), Several)
    assert isinstance(meaning_of("Müller", book(LENA)), Several)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Beta Frieght", "Beta Freight"),
        ("Brigthwater", "Brightwater Utilities plc"),
        ("norhtwind trader", "Northwind Traders Ltd"),
        ("Vandaley ind.", "Vandelay Industries Inc."),
        ("Lovett and Bell solicitor", "Lovett & Bell Solicitors LLP"),
        ("Mueller-Luedenscheidt Immo", "Müller-Lüdenscheidt Immobilien GmbH"),
        ("Konig Druck", "König Druck GmbH & Co. KG"),
        ("Cafe Groessenwahn", "Café Größenwahn e.K."),
    ],
)
def test_a_slip_of_the_keyboard_in_a_telling_name_is_forgiven(written: str, name: str) -> None:
    known = NamedClient(20, name, DANA, "Dana")
    neighbours = (*CLIENTS, NamedClient(21, "Lowitt Robotics Ltd", DANA, "Dana"))
    meaning = meaning_of(written, Book(DANA, (*(each for each in neighbours if each.name != name), known)))
    assert isinstance(meaning, Meant)
    assert meaning.client == known


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Kröger Fenster", "Krüger Fenster"),
        ("Schmitt Druck", "Schmidt Druck"),
        ("Hofmann Bau", "Hoffmann Bau"),
        ("Petersen Metall", "Peterson Metall"),
        ("North star", "South Star Logistics"),
        ("Müller Bau", "Mueller Bauer AG"),
        ("Beta Frieght Hamburg", "Beta Freight"),
        ("Teck Studio 45", "Teck Studio 54"),
    ],
)
def test_what_may_be_another_name_is_asked_about_and_never_taken_for_a_likeness(written: str, name: str) -> None:
    meaning = meaning_of(written, Book(DANA, (NamedClient(20, name, DANA, "Dana"),)))
    assert isinstance(meaning, Unknown)


def test_a_slip_is_not_forgiven_where_another_name_is_near_or_the_client_is_a_colleagues() -> None:
    lines = (NamedClient(20, "Brightwater Lines", DANA, "Dana"), NamedClient(21, "Brightwater Lifts", DANA, "Dana"))
    near = meaning_of("Brigthwater", Book(DANA, lines))
    assert isinstance(near, Unknown)
    theirs = meaning_of("Brigthwater Lines", Book(TOM, lines))
    assert isinstance(theirs, Unknown)
    assert theirs.alike[0].name == "Brightwater Lines"


@pytest.mark.parametrize(
    ("written", "name"), [("Btea", "Beta Freight"), ("Globx", "Globex Tools"), ("delfi", "Delphi Windows")]
)
def test_a_slip_in_a_short_name_decides_nothing_and_its_client_is_offered(written: str, name: str) -> None:
    known = NamedClient(20, name, DANA, "Dana")
    meaning = meaning_of(written, Book(DANA, (NamedClient(21, "Kröger Fenster", DANA, "Dana"), known)))
    assert meaning == Unknown((known,))


@pytest.mark.parametrize("written", ["Globus", "Gl0bex", "Gbx", "Tols"])
def test_a_word_that_is_further_off_or_shorter_offers_nobody(written: str) -> None:
    assert meaning_of(written, Book(DANA, (NamedClient(20, "Globex AG", DANA, "Dana"),))) == Unknown(())


def test_an_alias_means_its_client_unless_something_beside_it_names_another() -> None:
    learned = (Alias("acme", 2),)
    said = Book(JONAS, CLIENTS, frozenset(), learned)

    meaning = meaning_of("Acme", said)
    assert isinstance(meaning, Meant)
    assert meaning.client.name == "Acme Medical GmbH"
    assert isinstance(meaning_of("Acme", said, "for the medical fair"), Meant)
    assert isinstance(meaning_of("Acme", said, "the Media people"), Several)
    assert isinstance(meaning_of("Acme Media", said), AnothersClient)
    assert isinstance(meaning_of("Acme", Book(LENA, CLIENTS)), Several)


@pytest.mark.parametrize("words", ["Kröger Fenster", "Acme Medical Systems", "GmbH", "", "—"])
def test_a_name_with_a_word_too_many_or_no_telling_word_is_unknown(words: str) -> None:
    assert isinstance(meaning_of(words, book(JONAS)), Unknown)


def test_a_word_of_a_crowd_alone_tells_nobody_apart_but_the_whole_name_does() -> None:
    assert isinstance(meaning_of("North", book(DANA, crowded=("north",))), Unknown)
    assert isinstance(meaning_of("North Star Logistics", book(DANA, crowded=("north", "star", "logistics"))), Meant)


def test_a_whole_name_is_recognised_in_any_order_however_many_share_its_words() -> None:
    known = NamedClient(20, "Schuster Maschinenbau Leipzig GmbH", DANA, "Dana")
    crowd = frozenset(("schuster", "maschinenbau", "leipzig"))
    for written in (
        "Maschinenbau Schuster Leipzig",
        "Schuster Maschinenbau Leipzig",
        "SCHUSTER MASCHINENBAU LEIPZIG GMBH",
    ):
        assert isinstance(meaning_of(written, Book(DANA, (known,), crowd)), Meant)
    for written in ("Schuster Maschinenbau", "Schuster Maschinenbau Leipzig AG", "Schuster Maschinenbau Halle"):
        assert isinstance(meaning_of(written, Book(DANA, (known,), crowd)), Unknown)
