"""The index of all names: the same name in other letters, a misspelt one among many, and what is written later."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.records.name_index.file import DamagedIndexError, Mark, read, write
from mailbot.records.name_index.folding import folded
from mailbot.records.name_index.names import Hit, Names

KNOWN = {
    3: "Müller Bau GmbH",
    5: "Mueller Maschinenbau AG",
    7: "Brightwater Utilities plc",
    8: "Hansen & Söhne KG",
    9: "North Star Logistics",
    11: "S.r.l. Rossi Fratelli S.r.l.",
}
CROWD = {100 + number: f"Kestrel {number} Roofing" for number in range(2_000)}


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.of(KNOWN | CROWD)


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Müller-Bau GmbH & Co. KG", "mueller bau"),
        ("  HANSEN und SÖHNE kg", "hansen soehne"),
        ("G.m.b.H. Müller", "gmbh mueller"),
        ("AG", "ag"),
        ("—", ""),
        ("a\nb", "a b"),
    ],
)
def test_a_name_is_folded_as_names_are_compared_without_its_legal_form(written: str, line: str) -> None:
    assert folded([written, "x"]) == [line, "x"]


@pytest.mark.parametrize(
    ("written", "client_id"),
    [
        ("MUELLER BAU", 3),
        ("Bau Müller GmbH", 3),
        ("müllerbau", 3),
        ("Brigthwater Utilites", 7),
        ("Hansen u. Söhne", 8),
        ("nort star logistics", 9),
    ],
)
def test_a_name_is_found_in_other_letters_in_another_order_and_misspelt(
    names: Names, written: str, client_id: int
) -> None:
    assert names.search(written, 3)[0].client_id == client_id


def test_the_same_name_hides_those_that_are_only_alike(names: Names) -> None:
    assert names.search("Müller Bau", 5) == (Hit(3, 100.0),)
    assert {hit.client_id for hit in names.search("Müller Baus", 5)} >= {3}


@pytest.mark.parametrize("written", ["", "—", "GmbH & Co. KG", "日本", "x" * 10_000])
def test_what_is_no_name_of_anybody_finds_nobody(names: Names, written: str) -> None:
    assert all(hit.likeness < 60 for hit in names.search(written, 5))


def test_a_word_gives_all_who_have_it_and_all_words_only_those_who_have_them_all(names: Names) -> None:
    assert names.with_word("mueller") == (3, 5)
    assert (names.count("kestrel"), len(names.with_word("kestrel"))) == (2_000, 2_000)
    assert names.with_all(["kestrel", "17"]) == (117,)
    assert names.with_all(["kestrel", "mueller"]) == ()


def test_a_name_that_is_added_renamed_or_taken_back_is_found_at_once_or_no_more(names: Names) -> None:
    later = names.with_changes({50: "Quillhaven Lantern Works", 3: "Müller Hochbau GmbH", 7: None})

    assert later.search("quillhaven lantern", 1)[0].client_id == 50
    assert later.search("Müller Hochbau", 1) == (Hit(3, 100.0),)
    assert later.with_word("bau") == ()
    assert 7 not in {hit.client_id for hit in later.search("Brightwater Utilities", 5)}
    assert later.with_changes({7: KNOWN[7], 50: None}).search("Brightwater Utilities", 1) == (Hit(7, 100.0),)
    assert names.search("Müller Bau", 1) == (Hit(3, 100.0),)  # an index never changes


@pytest.mark.parametrize("some", [KNOWN | CROWD, KNOWN, {}])
def test_what_was_kept_in_a_file_finds_the_same(some: dict[int, str], tmp_path: Path) -> None:
    names, file = Names.of(some), tmp_path / "desk.names"
    write(file, names.base, Mark(7, "ab12"))
    segment, mark = read(file)

    assert mark == Mark(7, "ab12")
    for written in ("Müller Bau", "Brigthwater", "Kestrel 1999 Rofing", "nobody at all"):
        assert Names(segment).search(written, 5) == names.search(written, 5)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["desk.names"]


@pytest.mark.parametrize("place", [20, 5_000, -1])
def test_a_file_of_which_one_byte_is_another_is_refused(names: Names, tmp_path: Path, place: int) -> None:
    file = tmp_path / "desk.names"
    write(file, names.base, Mark(7, "ab12"))
    written = bytearray(file.read_bytes())
    written[place] ^= 1
    file.write_bytes(written)

    with pytest.raises(DamagedIndexError):
        read(file)


@pytest.mark.parametrize("length", [0, 100, 4_096, 100_000])
def test_a_file_that_ends_early_is_refused(names: Names, tmp_path: Path, length: int) -> None:
    file = tmp_path / "desk.names"
    write(file, names.base, Mark(7, "ab12"))
    file.write_bytes(file.read_bytes()[:length])

    with pytest.raises(DamagedIndexError):
        read(file)


def test_the_name_of_one_that_was_merged_means_the_other_and_gives_it_once(names: Names) -> None:
    merged = names.merged({5: 3})

    assert merged.search("Mueller Maschinenbau", 3)[0] == Hit(3, 100.0)
    assert merged.with_word("mueller") == (3,)
    assert [hit.client_id for hit in merged.search("Müller Ba", 5)].count(3) == 1
    assert names.with_word("mueller") == (3, 5)  # an index never changes


def test_an_index_of_nothing_finds_nothing() -> None:
    assert Names.of({}).search("Acme", 5) == ()
    assert Names.of({}).with_changes({1: "Acme"}).search("Acme", 5) == (Hit(1, 100.0),)
