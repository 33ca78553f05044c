"""Pages that say they are none, and pages that only speak of such things."""

from __future__ import annotations

import pytest

from mailbot.message.web_addresses import WebAddress
from mailbot.post.web.page import page_of

AT = WebAddress("https", "coastalbuilder.example", 443, "/partners")


def html(title: str, *lines: str) -> bytes:
    told = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{title}</title></head><body>{told}</body></html>".encode()


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "404",
        "404 - Northstar Logistics",
        "404 Not Found",
        "Error 404",
        "Fehler 404",
        "Not found",
        "Northstar | Page Not Found",
        "The page you are looking for could not be found",
        "This page doesn't exist",
        "Sorry, this page isn't available",
        "Seite nicht gefunden",
        "Seite nicht gefunden – Müller Bau",
        "Die gewünschte Seite wurde nicht gefunden",
        "Diese Seite existiert nicht mehr",
        "Diese Seite gibt es leider nicht",
        "Die Seite ist nicht mehr verfügbar",
        "Nicht gefunden",
        "This domain is for sale",
        "Diese Domain steht zum Verkauf",
    ],
)
def test_a_title_says_that_there_is_no_page(title: str) -> None:
    assert page_of(html(title), None, AT).says_not_found == title


@pytest.mark.parametrize(
    "line",
    [
        "Oops! Page not found.",
        "We can't find the page you requested.",
        "We couldn’t find that page",
        "The page you were looking for no longer exists.",
        "Hoppla, die Seite konnte nicht gefunden werden.",
        "Wir konnten die gewünschte Seite leider nicht finden.",
        "Diese Seite wurde gelöscht",
        "Error: 404",
    ],
)
def test_a_line_at_the_top_says_that_there_is_no_page(line: str) -> None:
    assert page_of(html("Northstar Logistics", "Home", "About us", line), None, AT).says_not_found == line


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Northstar Logistics", ("Found by Karl Found in 1904", "We find the way.")),
        ("404 Main Street Dental", ("Visit us at 404 Main Street",)),
        ("Fall offer", ("No longer wait for your parcels: 20% off", "Not to be missed")),
        ("Windows that last", ("You will not find better windows on any street",)),
        ("Blog", ("x " * 100 + "and so a page not found on a server is a lost client, as our study shows",)),
        ("Herbstangebot", ("Sie finden uns in Hamburg", "Nicht verpassen!")),
        ("", ()),
    ],
)
def test_other_pages_are_there(title: str, lines: tuple[str, ...]) -> None:
    assert page_of(html(title, *lines), None, AT).says_not_found == ""


def test_what_a_reader_does_not_see_says_nothing() -> None:
    hidden = (
        b"<title>Partners</title><script>if (x) show('Page not found')</script><p hidden>Page not found</p><p>Hi</p>"
    )

    assert page_of(hidden, None, AT).says_not_found == ""


def test_words_far_down_a_page_say_nothing_of_it() -> None:
    assert page_of(html("Forum", *(["A line"] * 40), "Page not found"), None, AT).says_not_found == ""


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>Seite gelöscht: Müller</title>".encode("cp1252"), "iso-8859-1"),
        ('<meta charset="iso-8859-1"><title>Seite gelöscht: Müller</title>'.encode("cp1252"), None),
        ("<title>Seite gelöscht: Müller</title>".encode(), None),
    ],
)
def test_a_title_is_read_in_its_charset(body: bytes, charset: str | None) -> None:
    assert page_of(body, charset, AT).title == "Seite gelöscht: Müller"


def test_a_title_without_end_and_a_page_nested_deep_are_read_at_once() -> None:
    assert len(page_of(b"<title>" + b"a " * 250_000, None, AT).title) <= 200
    assert page_of(b"<div>" * 100_000 + b"Page not found", None, AT).title == ""
    assert page_of(b"<title" * 80_000, None, AT).title == ""
