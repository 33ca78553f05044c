"""A mail that is passed on is recognised, and stays a claim: its words are not those of the one who sends it."""

from __future__ import annotations

import pytest

from mailbot.message import forwarded, read
from mailbot.message.subjects import taken_apart
from tests.message.samples import mail, situation

INNER = "From: Jonas Weber <jonas@harbourpine.example>\nDate: Mon, Nov 3, 2025 at 9:00 AM\nSubject: Banner"
WORDS = "acme corp 12k\n\nJonas"


@pytest.mark.parametrize(
    "header",
    [
        f"---------- Forwarded message ---------\n{INNER}",
        f"Begin forwarded message:\n\n{INNER}",
        f"-------- Weitergeleitete Nachricht --------\n{INNER.replace('From', 'Von').replace('Subject', 'Betreff')}",
        f"-------- Message transféré --------\n{INNER.replace('From:', 'De :').replace('Subject:', 'Sujet :')}",
    ],
)
def test_the_inner_mail_of_a_forward_is_read_with_its_place(header: str) -> None:
    message = read(mail(f"see below\n\n{header}\n\n{WORDS}\n"))
    inner = forwarded(message)

    assert inner is not None
    assert inner.sender == "Jonas Weber <jonas@harbourpine.example>"
    assert inner.sent == "Mon, Nov 3, 2025 at 9:00 AM"
    assert inner.subject == "Banner"
    assert inner.words.text == WORDS
    place = inner.words.evidence(0, 13).place
    assert message.body.original[place.start : place.end] == "acme corp 12k"


def test_the_words_passed_on_are_not_the_senders_own() -> None:
    body = read(mail(f"---------- Forwarded message ---------\n{INNER}\n\n{WORDS}\n")).body

    assert body.for_people.text == body.for_figures.text == ""


def test_outlook_forwards_with_a_header_block_alone_and_the_subject_tells() -> None:
    inner = forwarded(read(situation("S15-in-1")))

    assert inner is not None
    assert inner.sender.startswith("Microsoft Outlook <")
    assert inner.subject == "Undeliverable: Proposal 2026"
    assert inner.words.text.startswith("Delivery has failed")
    assert forwarded(read(mail(f"see below\n\n{INNER}\n\n{WORDS}\n", Subject="Re: Banner"))) is None


def test_a_forward_in_html_is_one_too() -> None:
    html = (
        "<div>see below</div>"
        '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>'
        "From: <b>Jonas</b> &lt;j@x.example&gt;<br>Date: Mon, Nov 3, 2025<br>Subject: Banner<br></div>"
        "<div>acme corp 12k</div></div>"
    )
    message = read(mail(html, Content_Type="text/html"))
    inner = forwarded(message)

    assert message.body.for_people.text == "see below"
    assert inner is not None
    assert (inner.sender, inner.words.text) == ("Jonas <j@x.example>", "acme corp 12k")


@pytest.mark.parametrize("name", ["S01-in-1", "S10-in-1", "S18-in-1"])
def test_numbers_and_answers_are_no_forwards(name: str) -> None:
    assert forwarded(read(situation(name))) is None


def test_the_outermost_prefix_of_a_subject_says_whether_it_is_a_forward() -> None:
    assert taken_apart("WG: AW: Banner").is_forward
    assert not taken_apart("AW: WG: Banner").is_forward
    assert not taken_apart("Banner").is_forward
