"""Which client a rep means: the whole name, or a part of it that only one of the rep's own clients has."""

from __future__ import annotations

import pytest

from mailbot.duties.sales.naming.clients import AnothersClient, Book, Meant, NamedClient, Several, Unknown, meaning_of

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


def test_a_misspelt_name_is_no_client_but_has_clients_alike() -> None:
    meaning = meaning_of("Beta Frieght", book(DANA))
    assert isinstance(meaning, Unknown)
    assert [client.name for client in meaning.alike] == ["Beta Freight"]


@pytest.mark.parametrize("words", ["Kröger Fenster", "Acme Medical Systems", "GmbH", "", "—"])
def test_a_name_with_a_word_too_many_or_no_telling_word_is_unknown(words: str) -> None:
    assert isinstance(meaning_of(words, book(JONAS)), Unknown)


def test_a_word_of_a_crowd_alone_tells_nobody_apart_but_the_whole_name_does() -> None:
    assert isinstance(meaning_of("North", book(DANA, crowded=("north",))), Unknown)
    assert isinstance(meaning_of("North Star Logistics", book(DANA, crowded=("north", "star", "logistics"))), Meant)
