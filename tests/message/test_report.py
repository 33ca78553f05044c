"""Reports of machines: their groups and the returned header, also where the form is broken."""

from __future__ import annotations

from mailbot.message import Message, read
from tests.message.samples import mail, situation


def report_of(status: str, content_type: str = "message/delivery-status") -> Message:
    body = f"--b\n\nIt could not be delivered.\n--b\nContent-Type: {content_type}\n\n{status}\n--b--\n"
    return read(mail(body, Content_Type="multipart/report; report-type=delivery-status; boundary=b"))


def groups_of(status: str) -> list[list[tuple[str, str]]]:
    report = report_of(status).report
    assert report is not None
    return [[(field.name, field.value) for field in group] for group in report.groups]


def test_a_full_report_gives_its_groups_and_the_returned_header() -> None:
    message = read(situation("S13-in-1"))

    report = message.report
    assert report is not None
    assert report.kind == "delivery-status"
    assert [field.name for field in report.groups[0]] == ["reporting-mta", "arrival-date"]
    assert ("status", "5.1.1") in [(field.name, field.value) for field in report.groups[1]]
    assert [header.value for header in report.returned if header.name == "Message-ID"] == [
        "<rem-0231@desk.harbourpine.example>"
    ]
    assert message.body.original.startswith("This is the mail system")
    assert message.body.for_people.text == message.body.original.strip()


def test_headers_alone_are_returned_headers_too() -> None:
    report = read(situation("S14-in-1")).report

    assert report is not None
    assert [(header.name, header.value) for header in report.returned] == [
        ("To", "j.kim@gmail.example"),
        ("Message-ID", "<rem-0302@desk.harbourpine.example>"),
    ]


def test_every_recipient_has_a_group() -> None:
    status = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n\n"
    status += "Final-Recipient: rfc822; b@x.example\nStatus: 4.2.2\n"

    assert groups_of(status) == [
        [("reporting-mta", "dns; mx")],
        [("final-recipient", "rfc822; a@x.example"), ("status", "5.1.1")],
        [("final-recipient", "rfc822; b@x.example"), ("status", "4.2.2")],
    ]


def test_groups_without_empty_lines_are_told_apart_by_their_fields() -> None:
    status = "Reporting-MTA: dns; mx\nFinal-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n"
    status += "Final-Recipient: rfc822; b@x.example\nStatus: 4.2.2\n"

    assert [len(group) for group in groups_of(status)] == [1, 2, 2]


def test_an_empty_line_inside_a_recipient_does_not_make_a_new_one() -> None:
    status = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@x.example\n\nAction: failed\nStatus: 5.1.1\n"

    assert [len(group) for group in groups_of(status)] == [1, 3]


def test_a_missing_per_message_group_is_empty_so_that_recipients_begin_at_the_second() -> None:
    assert groups_of("Final-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n") == [
        [],
        [("final-recipient", "rfc822; a@x.example"), ("status", "5.1.1")],
    ]


def test_original_and_final_recipient_are_one_recipient() -> None:
    status = "Reporting-MTA: dns; mx\n\nOriginal-Recipient: rfc822; a@x.example\nFinal-Recipient: rfc822; b@x.example\n"

    assert [len(group) for group in groups_of(status)] == [1, 2]


def test_lines_that_are_no_fields_are_passed_over_and_noted() -> None:
    message = report_of("here it comes\nReporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; a@x.example\n")

    assert message.report is not None
    assert [len(group) for group in message.report.groups] == [1, 1]
    assert any(defect.where == "report" for defect in message.defects)


def test_a_read_receipt_and_a_complaint_are_reports_of_their_kind() -> None:
    receipt = report_of(
        "Original-Message-ID: <1@x.example>\nDisposition: manual; displayed\n", "message/disposition-notification"
    )
    complaint = report_of("Feedback-Type: abuse\nOriginal-Rcpt-To: <a@x.example>\n", "message/feedback-report")

    assert receipt.report is not None
    assert receipt.report.kind == "disposition-notification"
    assert complaint.report is not None
    assert complaint.report.kind == "feedback-report"
    assert complaint.report.groups[0][0].value == "abuse"


def test_an_ordinary_mail_is_no_report() -> None:
    assert read(situation("S01-in-1")).report is None
    assert read(situation("S15-in-1")).report is None


def test_several_machine_parts_are_one_report_and_stand_for_a_missing_text() -> None:
    body = (
        "--b\nContent-Type: message/delivery-status\n\nIt could not be delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@x.example\nStatus: 5.1.1\n--b--\n"
    )
    message = read(mail(body, Content_Type="multipart/report; report-type=delivery-status; boundary=b"))

    assert message.report is not None
    assert [len(group) for group in message.report.groups] == [0, 2]
    assert message.body.original == "It could not be delivered."
