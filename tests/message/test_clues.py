"""What a mail mentions: the keys with which the records are asked."""

from __future__ import annotations

import pytest

from mailbot.message import Limits, clues, read
from mailbot.message.clues import addresses_in
from tests.message.samples import mail, situation

REF = "n-0412-9kq2xhf3vd"


def test_the_sender_comes_first_and_addresses_of_the_text_are_found() -> None:
    found = clues(read(situation("S16-in-1")))

    assert found.addresses[0] == "a.schmidt@muellerbau.example"
    assert "p.vogel@muellerbau.example" in found.addresses


def test_the_recipient_and_the_letter_of_a_report_are_found() -> None:
    found = clues(read(situation("S13-in-1")))

    assert "karen.holt@southstar.example" in found.addresses
    assert found.message_ids == ("rem-0231@desk.harbourpine.example",)


@pytest.mark.parametrize(
    "raw",
    [
        mail(To=f"desk+{REF}@harbourpine.example"),
        mail(Cc=f"Desk <desk+{REF.upper()}@harbourpine.example>"),
        mail(Delivered_To=f"desk+{REF}@harbourpine.example"),
        mail(X_Original_To=f"<desk+{REF}@harbourpine.example>"),
        mail(In_Reply_To=f"<{REF}@desk.harbourpine.example>"),
        mail(References=f"<a@x.example> <{REF}@desk.harbourpine.example>"),
        mail(Subject=f"Re: numbers [{REF}]"),
        mail(f"1\n> Ref {REF.upper()} (reply WHY)\n"),
    ],
)
def test_a_reference_is_found_wherever_a_reply_keeps_it(raw: bytes) -> None:
    assert clues(read(raw)).refs == (REF,)


def test_references_stand_in_returned_headers_and_recipient_fields() -> None:
    body = (
        "--b\n\nreturned\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        f"Original-Recipient: rfc822; a+{REF}@x.example\n--b\nContent-Type: text/rfc822-headers\n\n"
        "Message-ID: <q-0117.2-h4xmh4xmh4@desk.harbourpine.example>\n--b--\n"
    )
    found = clues(read(mail(body, Content_Type="multipart/report; boundary=b")))

    assert set(found.refs) == {REF, "q-0117.2-h4xmh4xmh4"}


@pytest.mark.parametrize(
    "text",
    [
        "n-0412-9kq2",
        "n-041-9kq2xhf3vd",
        "n-0412-9kq2xhf3vdz",
        "n-0412-9kq2xhf3vu",
        "abcd-0412-9kq2xhf3vd",
        "0412-9kq2xhf3vd",
    ],
)
def test_what_only_resembles_a_reference_is_none(text: str) -> None:
    assert clues(read(mail(text))).refs == ()


def test_every_list_is_capped() -> None:
    body = " ".join(f"u{number}@x.example a-1234-{number:010d}" for number in range(500))
    found = clues(read(mail(body)), Limits(clues=20))

    assert (len(found.addresses), len(found.refs)) == (20, 20)
    assert found.addresses[0] == "dana@harbourpine.example"


def test_addresses_are_cut_out_of_running_text() -> None:
    text = "Ask raj@delphiwindows.example, (a.b+c@x.example). <mailto:d@y.example>; no@ one, @nobody, e@localhost"

    assert list(addresses_in(text)) == ["raj@delphiwindows.example", "a.b+c@x.example", "d@y.example"]
