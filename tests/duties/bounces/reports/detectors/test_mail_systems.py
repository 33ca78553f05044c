"""Who is believed to carry mail, and what is said in its words."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.detectors.mail_systems import is_daemon, is_from_a_mail_system, what_is_said
from mailbot.duties.bounces.reports.detectors.wording import Says
from mailbot.duties.bounces.reports.failure import Outcome
from tests.duties.bounces.sample_reports import GIL, KAREN, in_words, message, report

FAILED = f"Your message could not be delivered.\n\n  {KAREN}\n    550 5.1.1 User unknown\n"


@pytest.mark.parametrize(
    ("sender", "headers"),
    [
        ("MAILER-DAEMON@southstar.example", ()),
        ("post_master@southstar.example", ()),
        ("Mail Delivery System <bounce-4711@southstar.example>", ()),
        ("Mail Delivery System <>", ()),
        (KAREN, ("Return-Path: <>",)),
        (KAREN, ("Return-Path: <double-bounce@southstar.example>",)),
        (KAREN, (f"X-Failed-Recipients: {KAREN}",)),
    ],
)
def test_a_mail_system_is_known_by_its_name_or_by_the_null_sender(sender: str, headers: tuple[str, ...]) -> None:
    assert is_from_a_mail_system(message(in_words(FAILED, sender=sender, headers=headers)))


def test_another_machine_is_believed_only_if_it_begins_as_a_mail_system_does() -> None:
    def is_believed(sender: str, subject: str, text: str) -> bool:
        return is_from_a_mail_system(message(in_words(text, sender=sender, subject=subject, headers=())))

    assert is_believed("imss@southstar.example", "Mail could not be delivered", FAILED)
    assert not is_believed("tom@harbourpine.example", "Mail could not be delivered", FAILED)
    assert not is_believed("imss@southstar.example", "Re: Mail could not be delivered", FAILED)
    assert not is_believed("imss@southstar.example", "Mail could not be delivered", "Our parcel has arrived.\n")
    parcel = f"Dear customer, we were unable to deliver your parcel to {KAREN}.\n"
    assert not is_believed("noreply@parcel.example", "Delivery failed: your parcel", parcel)


def test_a_receipt_and_a_complaint_are_of_readers_and_not_of_mail_systems() -> None:
    for kind in ("disposition-notification", "feedback-report"):
        raw = report(words=FAILED).replace(b"delivery-status", kind.encode())
        assert not is_from_a_mail_system(message(raw))
    assert is_from_a_mail_system(message(report(words=FAILED)))


@pytest.mark.parametrize("address", ["Postmaster@x.example", "mailer-daemon@x.example", "double-bounce@x.example"])
def test_mail_systems_write_under_few_names(address: str) -> None:
    assert is_daemon(address)
    assert not is_daemon(f"karen.{address}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Your message could not be delivered.", {Says.FAILED}),
        ("Ihre Nachricht konnte nicht zugestellt werden.", {Says.FAILED}),
        ("Votre message n'a pas pu être remis.", {Says.FAILED}),
        ("送信できませんでした。", {Says.FAILED}),
        ("Your message was successfully delivered.", {Says.ARRIVED}),
        ("It has not yet been delivered; delivery attempts will continue.", {Says.FAILED, Says.LATE}),
        ("It is delayed no more: giving up.", {Says.LATE, Says.GIVEN_UP}),
        ("See you on Tuesday.", set()),
    ],
)
def test_what_a_mail_system_says_is_understood_in_its_language(text: str, said: set[Says]) -> None:
    assert set(what_is_said(message(in_words(text, subject="about your letter")))) == said


def test_a_mail_system_that_says_that_a_letter_arrived_reports_no_failure() -> None:
    text = f"Your message was successfully delivered to the following recipients:\n\n  {KAREN}\n"
    (delivered,) = failures_in(message(in_words(text, subject="Return receipt")))
    assert (delivered.outcome, delivered.is_dead) == (Outcome.DELIVERED, False)


def test_robots_that_quote_a_bounce_send_none() -> None:
    ticket = f"We received your request 4711.\n\nYou wrote:\n\n{FAILED}"
    for sender, subject in (("support@client.example", "[#4711] Undeliverable: banner"), (GIL, "Automatic reply: hi")):
        assert failures_in(message(in_words(ticket, sender=sender, subject=subject, headers=()))) == ()
