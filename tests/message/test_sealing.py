"""What a mail's cover tells, and what comes out of its seal: the mail, and nothing that runs."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailbot.errors import OurBug
from mailbot.message import Message, model, read
from mailbot.message.sealing import SealedMail, seal, unseal
from mailbot.papers.values import Paper, PaperText, Unread
from mailbot.service.travelling import travel_light
from mailbot.workbooks.values import Contents, Sheet, SheetCell, SheetRow, Unopened, Workbook

RAW = (
    b"Return-Path: <>\r\nFrom: Dana <Dana@HarbourPine.example>\r\nTo: desk@harbourpine.example\r\nSubject: numbers\r\n"
    b"Date: Fri, 31 Oct 2025 16:42:11 -0400\r\nMessage-ID: <1@harbourpine.example>\r\nIn-Reply-To: <0@b.example>\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/html; charset=nonsense\r\n\r\n"
    b"<p>acme 12k</p><table><tr><td rowspan=2>a<td>b<tr><td>c</table>\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\nAction: failed\r\n\r\n"
    b"--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n****\r\n--b--\r\n"
)


def with_files(message: Message) -> Message:
    """The mail as if it had files of every kind, opened and shut."""
    cells = (SheetCell("12.5", Decimal("12.5"), mark="EUR"), SheetCell("2025-10-31", day=date(2025, 10, 31)))
    sheet = Sheet("KW44", (SheetRow(1, cells),), hidden_columns=frozenset({2}), merged=frozenset({(1, 2)}))
    books = (Contents((sheet, Sheet("plan", unread=Unopened.LINKS))), *(Contents(unopened=why) for why in Unopened))
    texts = (PaperText("a receipt"), *(PaperText(unread=why) for why in Unread))
    return replace(
        message,
        workbooks=tuple(Workbook("a.xlsx", "hash", each) for each in books),
        papers=tuple(Paper("a.pdf", "hash", each) for each in texts),
    )


@pytest.mark.parametrize("lightly", [False, True])
def test_a_mail_comes_out_of_its_seal_as_it_went_in(lightly: bool) -> None:
    mail = with_files(read(RAW))
    assert mail.attachments
    assert mail.tables
    assert mail.report
    assert mail.defects
    if lightly:
        travel_light()

    assert unseal(seal(mail)) == mail
    assert unseal(seal(mail)).value("in-reply-to") == "<0@b.example>"


def test_its_cover_tells_who_wrote_it_and_when_and_that_files_came_with_it() -> None:
    mail = read(RAW)
    cover = seal(mail).cover

    assert (cover.message_id, cover.sender_key) == ("1@harbourpine.example", "dana@harbourpine.example")
    assert (cover.date, cover.content_hash) == (mail.date, mail.content_hash)
    assert (cover.has_files, seal(with_files(mail)).cover.has_files) == (False, True)
    assert seal(read(b"")).cover.sender_key is None


def test_whoever_prints_a_sealed_mail_prints_no_word_of_its_text() -> None:
    assert "acme" not in repr(seal(read(RAW)))


class Runs:
    """Has a command run where it is taken apart and put together again."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("asked_for", [Runs(), getattr, os.path.join, model.dataclass, pytest.MonkeyPatch, SealedMail])
def test_nothing_comes_out_of_a_seal_that_no_mail_consists_of(asked_for: object) -> None:
    with pytest.raises(OurBug, match="no mail consists of that"):
        unseal(replace(seal(read(RAW)), content=pickle.dumps(asked_for)))


def test_what_is_no_mail_is_not_taken_for_one() -> None:
    with pytest.raises(OurBug, match="holds a Mailbox"):
        unseal(replace(seal(read(RAW)), content=pickle.dumps(read(RAW).sender)))
