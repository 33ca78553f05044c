"""PDF files that come with mails: their text is read in a process of its own, and a hostile one costs only itself."""

from __future__ import annotations

import pytest

from mailbot.papers.bounds import MOST_CHARACTERS, MOST_PAGES
from mailbot.papers.opening import opened
from mailbot.papers.values import PaperText, Unread
from tests.papers.made import bomb, of_objects, pdf, with_page


def test_the_text_of_a_file_is_read_with_its_umlauts_and_signs() -> None:
    found = opened(pdf("Vertrag (Entwurf) für Müller Bau", "Gesamtwert: 18.600,00 €"))

    assert found.unread is None
    assert found.text.split("\n")[:2] == ["Vertrag (Entwurf) für Müller Bau", "Gesamtwert: 18.600,00 €"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"%PDF-1.4\n", b"hello", pdf("x")[:120], b"%PDF-1.7\n" + b"\xff" * 5_000, b"PK\x03\x04" + b"0" * 100],
)
def test_a_file_that_is_none_or_is_damaged_has_no_text_and_breaks_nothing(raw: bytes) -> None:
    found = opened(raw)

    assert found.text == ""
    assert found.unread in (Unread.BROKEN, Unread.NO_TEXT)


def test_a_file_without_text_says_so() -> None:
    assert opened(with_page(b"0 0 100 100 re f")) == PaperText(unread=Unread.NO_TEXT)


def test_what_unpacks_to_very_much_is_given_up() -> None:
    found = opened(bomb(400))

    assert found.unread in (Unread.TOO_LARGE, Unread.BROKEN, None)
    assert len(found.text) <= MOST_CHARACTERS


def test_pages_that_go_round_in_a_circle_end() -> None:
    found = opened(
        of_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>"])
    )

    assert found.text == ""
    assert found.unread is not None


def test_only_the_first_pages_of_a_very_long_file_are_read() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    stream = b"BT /F1 9 Tf (page) Tj ET"
    count = MOST_PAGES + 5
    kids = b" ".join(b"%d 0 R" % (6 + number) for number in range(count))
    found = opened(
        of_objects(
            [
                b"<< /Type /Catalog /Pages 2 0 R >>",
                b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
                page,
                b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
                *[page] * count,
            ]
        )
    )

    assert found.is_cut
    assert found.text.count("page") == MOST_PAGES


def test_scripts_and_links_in_a_file_are_not_carried_out() -> None:
    script = b"/OpenAction << /S /JavaScript /JS (app.launchURL('https://evil.example')) >>"
    found = opened(pdf("signed", extra=script))

    assert found == PaperText(text=found.text)
    assert "evil" not in found.text
