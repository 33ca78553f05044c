"""Reply headers, separators and tag lines, as the programs of the market write them in each language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap

import pytest

from mailbot.message.trimmer import trim

FORMS = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
LABELS: Mapping[str, Sequence[str]] = FORMS["labels"]


def said(kind: str) -> list[object]:
    """The forms of a kind, each with its language."""
    return [pytest.param(form, id=f"{name}-{n}") for name, forms in FORMS[kind].items() for n, form in enumerate(forms)]


def new(text: str) -> str:
    return trim(text).for_people.text


@pytest.mark.parametrize("header", said("attributions") + said("separators"))
def test_what_stands_below_a_reply_header_is_quoted_in_every_language(header: str) -> None:
    assert new(f"acme 12k\n\n{header}\n> Have you used it?\n") == "acme 12k"
    assert new(f"acme 12k\n\n{header}\n\nHave you used it? Reply YES, NO or HELP.") == "acme 12k"
    assert new(f"acme 12k\n\n> {header.replace(chr(10), chr(10) + '> ')}\n>> Have you used it?") == "acme 12k"


@pytest.mark.parametrize("header", said("attributions"))
def test_an_answer_below_or_inside_the_marked_quote_is_new_in_every_language(header: str) -> None:
    assert new(f"{header}\n\n> Have you used it?\n\nyes\n\n> Is it right?\n\nno, acme is 12k") == "yes\nno, acme is 12k"


@pytest.mark.parametrize("header", said("attributions"))
@pytest.mark.parametrize("width", [60, 76])
def test_an_attribution_may_be_wrapped_anywhere(header: str, width: int) -> None:
    longer = " ".join(header.split()).replace("Sales Desk <", "Sales Desk of Harbour & Pine Media <")
    wrapped = "\n".join(wrap(longer, width, break_long_words=False, break_on_hyphens=False))

    assert new(f"acme 12k\n\n{wrapped}\n\nHave you used it? Reply YES.") == "acme 12k"
    assert new(f"acme 12k\n\n{wrapped}\n\n> Have you used it?\n\nyes") == "acme 12k\nyes"


def block(language: str, order: str, form: str = "{}: ") -> str:
    """A header block with the fields of `order`: From, Sent, Date (instead of it), To, Cc and sUbject."""
    labels = dict(zip("FSTCUD", LABELS[language], strict=True))
    values = {
        "F": "Sales Desk <desk@x.example>",
        "S": "3.11.2025 09:00",
        "T": "Ellen Fox",
        "C": "Tom",
        "U": "Banner",
        "D": "3.11.2025 09:00",
    }
    return "\n".join(form.format(labels[field]) + values[field] for field in order)


ORDERS = ("FSTU", "FSTCU", "FDTU", "FUDT", "DFTU", "SFTU", "UDFT", "UFTS", "FTSU", "FTUD", "FS", "FD", "FU")
DRESSES = ("{}: ", "*{}:* ", "*{}*: ", "**{}:** ", "{} : ", "{}:\t", "{}：", "{}:")


@pytest.mark.parametrize("language", LABELS)
def test_a_header_block_in_any_order_and_dress_begins_a_quote(language: str) -> None:
    for order in ORDERS:
        for dress in DRESSES:
            header = block(language, order, dress)
            assert new(f"acme 12k\n\n{header}\n\nHave you used it? Reply YES.") == "acme 12k", header


@pytest.mark.parametrize("language", LABELS)
def test_a_header_block_below_a_rule_or_in_a_quote_begins_a_quote(language: str) -> None:
    assert new(f"acme 12k\n\n________________________________\n{block(language, 'FSTU')}\n\nHave you?") == "acme 12k"
    assert new(f"acme 12k\n\n{block(language, 'FSTU', '> {}: ')}\n>\n> Have you?") == "acme 12k"


@pytest.mark.parametrize("tag", said("tag_lines"))
def test_a_tag_line_of_a_device_is_furniture_in_every_language(tag: str) -> None:
    assert new(f"acme 12k\n\n{tag}") == "acme 12k"
    assert new(f"acme 12k\n\n{tag}\n\n> Have you used it?") == "acme 12k"
    assert tag in trim(f"acme 12k\n\n{tag}").for_figures.text


@pytest.mark.parametrize("closing", said("closings"))
def test_closing_words_with_a_name_below_are_a_signature_in_every_language(closing: str) -> None:
    assert new(f"acme 12k\n\n{closing}\nJonas Weber") == "acme 12k"
    assert new(f"acme 12k\n\n{closing}\n\nJonas Weber\nHarbour & Pine Media\n+49 40 555 0117") == "acme 12k"
    assert new(f"acme 12k\n{closing} was what he said\nbeta 450") == f"acme 12k\n{closing} was what he said\nbeta 450"


@pytest.mark.parametrize("notice", said("notices"))
def test_a_notice_below_the_words_is_furniture_in_every_language(notice: str) -> None:
    assert new(f"acme 12k\n\n{notice}\nSecond line of it.") == "acme 12k"
    assert new(f"acme 12k\nas said: {notice}") == f"acme 12k\nas said: {notice}"


@pytest.mark.parametrize(
    "text",
    [
        "Nov 3, 2025, 09:00 by the river, with anna@acme.example:\nacme 12k",
        "Meeting on 3 Nov 2025 at 10:00 with anna@acme.example:\nacme 12k",
        "From: Boston\nSubject: 3 crates for acme",
        "Od: Praha\nacme 12k",
        "Da: Milano\nData: 3.11., sera\nA: Roma\nacme 12k",
        "From: Boston\nDate: open\nacme 12k",
        "Za: Acme\nPredmet: banner 12k",
        "No: 12\nSubject: banner",
        "Sent from my Hamburg warehouse, 38 shirts",
        "Enviado do armazém de Lisboa, 38 camisetas",
        "iPhone 12 for acme, 450",
        "Von meinem Kunden kommt noch 3.000",
        "best from stock",
        "Esta mensagem chegou tarde, acme 12k",
        "Galaxy Travel 12k",
        "Windows için 450",
    ],
)
def test_words_that_only_resemble_one_of_a_program_are_new(text: str) -> None:
    assert new(f"hello\n{text}") == f"hello\n{text}"
