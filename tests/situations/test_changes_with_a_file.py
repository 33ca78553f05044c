"""A change of a contract comes with a PDF that says otherwise: both are shown, and the mail of the rep holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

from mailbot.cli.demo import mails
from mailbot.records.contracts.tables import Contract, ContractFile, Deliverable
from tests.papers.made import pdf
from tests.situations.desk import DESK, PlayedDesk

DANA, LENA = "dana@harbourpine.example", "lena@harbourpine.example"
NOON = datetime(2025, 11, 12, 17, 0, tzinfo=UTC)


def sends(desk: PlayedDesk, by: str, words: str, *file: str) -> str:
    """A mail of theirs with a file of these lines; gives what kind it was."""
    mail = message_from_bytes(mails.written(words, "contract", by, DESK, NOON), policy=default)
    assert isinstance(mail, EmailMessage)
    mail.add_attachment(pdf(*file), maintype="application", subtype="pdf", filename="change.pdf")
    return desk.receives(mail.as_bytes(policy=SMTP), at=NOON).story.kind


def last(desk: PlayedDesk, to: str) -> str:
    return " ".join(desk.letters_to(to)[-1].text.split())


def contract(desk: PlayedDesk, ref: str) -> Contract:
    return next(each for each in desk.all_of(Contract) if each.ref == ref)


def test_of_an_amendment_value_and_things_are_shown_beside_what_the_file_says(desk: PlayedDesk) -> None:
    kind = sends(
        desk,
        DANA,
        "North Star adds two more banners from March, 2,400 more",
        "Amendment to K-2207",
        "three more banners from April",
        "one more newsletter in May",
        "new total 17,000.00 USD",
    )
    assert kind == "change"
    text = last(desk, DANA)
    assert "14,200.00 USD becomes 16,600.00 USD - the file says: 17,000.00 USD" in text
    assert '- the file says: "three more banners from April"' in text
    assert 'Only the file says: "one more newsletter in May". I leave that out.' in text

    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)

    assert contract(desk, "K-2207").value == Decimal(16600)
    new = [each for each in desk.all_of(Deliverable) if each.starts_on == date(2026, 3, 1)]
    assert [(each.kind, each.quantity) for each in new] == [("banner", 2)]
    assert not [each for each in desk.all_of(Deliverable) if each.kind == "newsletter"]
    assert [each.filename for each in desk.all_of(ContractFile)] == ["change.pdf"]


def test_where_mail_and_file_agree_nothing_is_said_of_the_file(desk: PlayedDesk) -> None:
    words = "North Star adds two more banners from March, 2,400 more"
    assert sends(desk, DANA, words, "Amendment", "two more banners from March", "2,400 more") == "change"
    assert "the file says" not in last(desk, DANA)


def test_another_day_in_the_file_is_shown_where_a_thing_runs_longer(desk: PlayedDesk) -> None:
    words = "K-2207: banner runs until 30 June instead of 31 March"
    assert sends(desk, DANA, words, "K-2207", "banner runs until 31 July instead of 31 March") == "change"
    assert "until 30 Jun 2026 instead of 31 Mar 2026" in last(desk, DANA)
    assert '- the file says: "banner runs until 31 July' in last(desk, DANA)


def test_of_a_renewal_every_point_is_shown_beside_what_the_file_says(desk: PlayedDesk) -> None:
    kind = sends(
        desk, DANA, "North Star renews for another year, 15,000", "Renewal for one year", "Total: 15,900.00 USD"
    )
    assert kind == "renewal"
    text = last(desk, DANA)
    assert "15,000.00 USD" in text
    assert "the file says: 15,900.00 USD" in text

    desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)

    assert [each.value for each in desk.all_of(Contract) if each.follows_id is not None] == [Decimal(15000)]


def test_another_last_day_in_the_file_of_a_cancellation_is_shown_in_german(desk: PlayedDesk) -> None:
    assert sends(desk, LENA, "Hansen hat gekündigt zum 31.12.", "Wir kündigen zum 31.01.2026") == "change"
    text = last(desk, LENA)
    assert "Endet am 31.12.2025 statt am 31.3.2026 - die Datei sagt: 31.1.2026" in text
