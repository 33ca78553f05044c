"""Each check, where it holds and where it does not; on any text, in linear time."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.deciding.checks import Check, Exists, Is, shown
from mailbot.deciding.fields import Field, FieldType, Value, as_value
from mailbot.deciding.folding import folded
from mailbot.deciding.operands import read_check

TEXT = Field("field", FieldType.TEXT)
TEXTS = Field("field", FieldType.TEXTS)
NUMBER = Field("field", FieldType.NUMBER)
AMOUNT = Field("field", FieldType.AMOUNT)
YES_NO = Field("field", FieldType.YES_NO)
LISTS = {"free": frozenset({folded("Gmail.example"), folded("STRASSE.example")})}


def holds(field: Field, check: str, written: object, value: object) -> bool:
    return read_check(check, written, field, LISTS).holds(as_value(field, value))


@pytest.mark.parametrize(
    ("field", "check", "written", "yes", "no"),
    [
        (TEXT, "is", "Straße", "STRASSE", "Strasse 1"),
        (TEXT, "is", "", "", " "),
        (NUMBER, "is", 0, 0, 1),
        (NUMBER, "is", 0, 0, None),
        (AMOUNT, "is", Decimal("1.50"), Decimal("1.5"), Decimal("1.51")),
        (YES_NO, "is", False, False, True),
        (TEXT, "one_of", ["JA", "Yes"], "ja", "ja!"),
        (NUMBER, "one_of", [1, 2], 2, 3),
        (TEXT, "contains", "größe", "Die GRÖSSEN", "grosse"),
        (TEXT, "contains", ["x", "stop"], "nonstop", "sto p"),
        (TEXTS, "contains", ".xls", ("a.txt", "KW44.XLSX"), ("a.txt",)),
        (TEXT, "words", "stop", "Please STOP!", "nonstop stopping"),
        (TEXT, "words", "Grüße", "viele GRÜSSE.", "viele Grüßen"),
        (TEXT, "words", "größ", "größ", "größe"),
        (TEXT, "words", "bitte nicht", "Bitte\n nicht!", "bitte gar nicht"),
        (TEXT, "words", ["stop", "keine mails"], "Keine Mails mehr", "mails"),
        (TEXT, "words", "İş", "İş.", "iş"),
        (TEXT, "words", "3", "or 3?", "33"),
        (TEXTS, "words", "rechnung", ("x", "Rechnung-4.pdf"), ("Rechnungen.pdf",)),
        (TEXT, "like", "unsubscribe", "Unsubcribe", "subscription"),
        (TEXT, "like", {"text": "unsubscribe", "at_least": 70}, "unsubscribing", "subs"),
        (TEXT, "like", "x", "X", ""),
        (TEXT, "regex", r"KW ?\d\d\b", "umsätze kw44", "kw 4"),
        (TEXT, "regex", "^Äpfel$", "äPFEL", "Äpfel 2"),
        (TEXT, "regex", r"^\p{L}+$", "Straße", "a1"),
        (TEXTS, "regex", r"\.pdf$", ("a.PDF",), ("a.pdf.exe",)),
        (TEXT, "in_list", "free", "Straße.example", "x.gmail.example"),
        (TEXTS, "in_list", "free", ("a", "GMAIL.example"), ("a",)),
        (NUMBER, "at_least", 3, 3, 2),
        (NUMBER, "at_least", 0, 0, None),
        (AMOUNT, "at_least", Decimal("0.1"), Decimal("0.10"), Decimal("0.09")),
        (NUMBER, "at_most", 3, 3, 4),
        (NUMBER, "at_most", 3, 0, None),
        (TEXT, "exists", True, "x", ""),
        (TEXT, "exists", False, "", "x"),
        (TEXTS, "exists", True, ("",), ()),
        (NUMBER, "exists", True, 0, None),
        (NUMBER, "exists", False, None, 0),
    ],
)
def test_a_check_holds_where_it_should_and_nowhere_else(
    field: Field, check: str, written: object, yes: object, no: object
) -> None:
    assert holds(field, check, written, yes)
    assert not holds(field, check, written, no)


@pytest.mark.parametrize("check", ["contains", "words", "like", "regex", "in_list"])
def test_a_field_that_holds_nothing_is_never_as_wanted(check: str) -> None:
    written = "free" if check == "in_list" else "a"

    assert not holds(TEXT, check, written, "")
    assert not holds(TEXTS, check, written, ())


WORD = st.text("abcdefgäöüßéЖñ", min_size=1, max_size=12)


@given(st.lists(WORD, min_size=1, max_size=8), st.data())
def test_every_word_of_a_text_is_found_as_a_word(words: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sampled_from(words))
    between = data.draw(st.sampled_from([" ", "\n", ", ", "...", "\u00a0", " — ", "\U0001f600"]))

    assert holds(TEXT, "words", wanted.upper(), between.join(words))


@given(st.lists(WORD, min_size=1, max_size=8), WORD)
def test_words_agree_with_a_comparison_word_by_word(words: list[str], wanted: str) -> None:
    expected = folded(wanted) in {folded(word) for word in words}

    assert holds(TEXT, "words", wanted, " ".join(words)) is expected


@given(st.text(max_size=100), st.text(min_size=1, max_size=5).filter(str.strip))
def test_what_stands_in_a_text_is_found_there_in_capitals_too(text: str, wanted: str) -> None:
    assert holds(TEXT, "contains", folded(wanted), f"{text} {wanted} {text}")


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_no_text_makes_a_check_raise(text: str) -> None:
    for check, written in (("words", "a"), ("regex", r"(\w+\s?)+$"), ("like", "abc"), ("contains", "a"), ("is", "a")):
        assert holds(TEXT, check, written, text) in (True, False)


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|aa)+$", r"(.*a){12}$", r"^(\w+\s?)*$"])
def test_a_pattern_that_hangs_other_engines_is_answered(pattern: str) -> None:
    assert not holds(TEXT, "regex", pattern, "a" * 200_000 + "!\n!")


def test_a_lone_surrogate_is_no_trouble() -> None:
    assert holds(TEXT, "words", "stop", "\ud800 stop")
    assert not holds(TEXT, "regex", "^stop", "\ud800 stop")


def test_like_takes_one_short_look_at_a_long_text() -> None:
    assert not holds(TEXT, "like", "unsubscribe", "unsubscribe " * 1_000_000)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        (Decimal("1.50"), "1.50"),
        ("x" * 100, repr("x" * 59 + "…")),
        (("a",), "'a'"),
        (("a", "b"), "['a', 'b']"),
        (tuple("abcdefgh"), "['a', 'b', 'c', 'd', 'e', 'f', … 2 more]"),
        ((), "[]"),
    ],
)
def test_values_are_quoted_in_one_short_line(value: Value, words: str) -> None:
    assert shown(value) == words


def test_checks_travel_to_another_process() -> None:
    checks: list[Check] = [
        read_check("regex", "a+", TEXT, LISTS),
        read_check("words", "ä", TEXT, LISTS),
        Is(1),
        Exists(True),
    ]

    assert pickle.loads(pickle.dumps(checks)) == checks  # noqa: S301
