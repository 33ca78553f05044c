"""Addresses that are made to be mistaken for others, and what people are told of them."""

from __future__ import annotations

import pytest

from mailbot.sorting.lookalike import lookalike_of, mixes_scripts, read_as_latin
from mailbot.sorting.model import OddityKind, Trust
from mailbot.sorting.trust import judge
from tests.sorting.world import PASS, known, mail

OWN = ("harbourpine.example", "muellerbau.example")


@pytest.mark.parametrize(
    "domain",
    [
        "harb0urpine.example",
        "harbourplne.example",
        "harbour-pine.example",
        "harb\u043eurpine.example",  # Cyrillic o
        "xn--harburpine-hvi.example",
        "h\u00e1rbourpine.example",
        "harbourpine.example.attacker.example",
        "www.harbourpine.example.attacker.example",
    ],
)
def test_a_domain_that_is_read_as_ours_is_found(domain: str) -> None:
    assert lookalike_of(domain, OWN) == "harbourpine.example"


@pytest.mark.parametrize(
    "domain", ["harbourpine.example", "mail.harbourpine.example", "harbourview.example", "pine.example", "xn--.example"]
)
def test_our_own_and_those_that_are_read_as_something_else_are_not(domain: str) -> None:
    assert lookalike_of(domain, OWN) is None


@pytest.mark.parametrize(
    ("domain", "read"),
    [
        ("\u0430\u0441\u043c\u0435.example", "acme.example"),  # all of it Cyrillic
        ("xn--80akut.example", "acme.example"),
        ("\u03bf\u03c1\u03b1.example", "opa.example"),  # Greek
    ],
)
def test_a_name_in_another_alphabet_that_passes_for_latin_is_read_as_a_reader_would(domain: str, read: str) -> None:
    assert read_as_latin(domain) == read


@pytest.mark.parametrize(
    "domain",
    [
        "acme.example",
        "m\u00fcllerbau.example",
        "xn--mllerbau-65a.example",
        "\u043f\u0440\u0438\u043c\u0435\u0440.example",
        "\u4f8b\u3048.example",
        "1984.example",
        "xn--99999999999.example",
        "",
    ],
)
def test_a_name_that_nobody_mistakes_is_left_alone(domain: str) -> None:
    assert read_as_latin(domain) is None


def test_letters_of_two_alphabets_in_one_name_are_a_mixture_and_umlauts_are_none() -> None:
    assert mixes_scripts("p\u0430t@client.example")
    assert mixes_scripts("pat@cli\u0435nt.example")
    assert not mixes_scripts("j\u00fcrgen@m\u00fcllerbau.example")
    assert not mixes_scripts("pat@\u043f\u0440\u0438\u043c\u0435\u0440.example")


@pytest.mark.parametrize(
    ("sender", "domain", "kind", "like"),
    [
        ("x@muel1erbau.example", "muel1erbau.example", OddityKind.LOOKS_LIKE, "muellerbau.example"),
        ("p\u0430t@client.example", "client.example", OddityKind.MIXED_ALPHABETS, ""),
        ("pat@xn--80akut.example", "xn--80akut.example", OddityKind.OTHER_ALPHABET, "acme.example"),
    ],
)
def test_what_is_odd_about_a_proven_sender_is_told_in_words_and_takes_nothing_from_its_trust(
    sender: str, domain: str, kind: OddityKind, like: str
) -> None:
    found = judge(mail(f"{PASS}{domain}", sender=sender), known())

    assert (found.trust, found.forged, found.is_disguised) == (Trust.T1, False, True)
    assert [(oddity.kind, oddity.like) for oddity in found.oddities] == [(kind, like)]
    assert str(found.oddities[0]) in found.why


def test_an_address_in_another_alphabet_is_shown_as_it_is_and_as_it_is_seen() -> None:
    found = judge(mail(f"{PASS}xn--80akut.example", sender="pat@xn--80akut.example"), known())
    assert "pat@xn--80akut.example (\u0430\u0441\u043c\u0435.example)" in found.why


def test_a_namesake_is_told_but_is_no_disguise_and_a_plain_stranger_is_nothing() -> None:
    namesake = judge(mail(f"{PASS}gmail.example", sender="Dana Reyes <dana1984@gmail.example>"), known())
    plain = judge(mail(f"{PASS}client.example"), known())

    assert [oddity.kind for oddity in namesake.oddities] == [OddityKind.NAMESAKE]
    assert not namesake.is_disguised
    assert (plain.oddities, plain.is_disguised) == ((), False)
