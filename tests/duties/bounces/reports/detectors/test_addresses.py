"""Addresses in running words."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.reports.detectors.addresses import addresses_named, row_of_addresses, tidy


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("write to <a@b.example>, or c@d.example.", ("a@b.example", "c@d.example")),
        ("a@b.example... User unknown", ("a@b.example",)),
        ("A@B.example and a@b.example", ("a@b.example",)),
        ("smtp=a@b.example;", ("a@b.example",)),
        ("müller@bücher.example", ("müller@bücher.example",)),
        ("宛先a@b.example您好", ("a@b.example",)),
        ("/o=south/cn=karen@southstar.example", ()),
        ("IMCEAEX-_O=SOUTH@southstar.example", ()),
        ("a@ @b @@", ()),
    ],
)
def test_addresses_are_found_without_what_stands_around_them(text: str, named: tuple[str, ...]) -> None:
    assert tuple(each.lower() for each in addresses_named(text)) == named


def test_nothing_is_left_of_what_is_no_address() -> None:
    assert tidy("karen") == ""
    assert tidy("*a@b.example|") == "a@b.example"


def test_several_addresses_stand_in_a_row_only_where_nothing_else_does() -> None:
    text = "a@b.example, <c@d.example>; e@f.example\nand so on"
    assert [address for _, address in row_of_addresses(text, len("a@b.example"))] == ["c@d.example", "e@f.example"]
    assert list(row_of_addresses("a@b.example, ask c@d.example", len("a@b.example"))) == []
