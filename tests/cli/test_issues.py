"""`mailbot issue`: the list, one issue, and every order, each of which can be taken back."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mailbot.config import SHIPPED
from mailbot.duties.issues.tables import Issue, IssueMessage, Severity, Voice
from mailbot.records.session import Database
from mailbot.records.tables import Client, LetterRow, LetterState, Person, QuestionRow
from tests.cli.driver import Driver

NOW = datetime(2025, 11, 3, 14, 20, tzinfo=UTC)


def issue_of(client: str, ref: str, subject: str, owner: Person, database: Database) -> None:
    with database.writing() as session:
        client_id = session.scalars(select(Client.id).where(Client.name == client)).one()
        issue = Issue(
            ref=ref,
            client_id=client_id,
            address=f"somebody@{client_id}.example",
            address_key=f"somebody@{client_id}.example",
            subject=subject,
            opened_at=NOW,
            severity=Severity.NORMAL,
            severity_because="",
            owner_id=owner.id,
        )
        session.add(issue)
        session.flush()
        session.add(
            IssueMessage(
                issue_id=issue.id, voice=Voice.CLIENT, sender=issue.address, words=f"The {subject} is wrong.", at=NOW
            )
        )


@pytest.fixture
def issues(desk: Driver) -> Driver:
    """Three issues, two of them of one client."""
    database = desk.database()
    try:
        with database.reading() as session:
            dana = session.scalars(select(Person).where(Person.name == "Dana Reyes")).one()
        issue_of("Acme Corp", "I-0088", "banner", dana, database)
        issue_of("Acme Corp", "I-0091", "advert", dana, database)
        issue_of("Beta Freight", "I-0095", "invoice", dana, database)
    finally:
        database.close()
    return desk


def waiting(desk: Driver, *more: str) -> dict[str, dict[str, object]]:
    lines = desk.ok("issue", "list", "--json", *more).splitlines()
    return {each["ref"]: each for each in map(json.loads, lines)}


def test_the_list_names_those_that_wait_with_who_works_on_them(issues: Driver) -> None:
    assert set(waiting(issues)) == {"I-0088", "I-0091", "I-0095"}
    assert waiting(issues)["I-0088"]["works"] == "Dana Reyes"
    assert "The banner is wrong." in issues.ok("issue", "show", "i-0088")


def test_every_order_is_a_decision_that_undo_takes_back(issues: Driver) -> None:
    orders = (
        ("merge", "I-0088", "I-0091"),
        ("split", "I-0091", "the October invoice"),
        ("assign", "I-0091", "jonas"),
        ("snooze", "I-0091", "2099-11-14"),
        ("close", "I-0091"),
    )
    before = waiting(issues, "--all")
    for order in orders:
        said = issues.ok("issue", *order)
        assert waiting(issues, "--all") != before, order
        issues.ok("undo", said.split("mailbot undo ")[1].strip(), "--yes")
        assert waiting(issues, "--all") == before, order


@pytest.mark.parametrize(
    ("name", "to", "subject"),
    [
        ("jonas", "jonas@harbourpine.example", "I-0088 liegt jetzt bei dir - banner"),
        ("priya", "priya@harbourpine.example", "I-0088 is yours now - banner"),
    ],
)
def test_who_is_given_an_issue_reads_what_it_is_about_and_is_asked_whether_it_is_solved(
    issues: Driver, name: str, to: str, subject: str
) -> None:
    issues.ok("issue", "assign", "I-0088", name)

    (letter,) = issues.all(LetterRow)
    (question,) = issues.all(QuestionRow)
    assert (letter["recipient"], letter["subject"], letter["state"]) == (to, subject, LetterState.WAITING)
    assert "The banner is wrong." in str(letter["text"])
    assert " None " not in str(letter["text"])
    assert question["letter_ref"] == letter["ref"]


def test_each_order_to_give_an_issue_writes_and_one_that_is_taken_back_does_not(issues: Driver) -> None:
    said = issues.ok("issue", "assign", "I-0088", "jonas")
    issues.ok("issue", "assign", "I-0088", "priya")
    issues.ok("issue", "assign", "I-0088", "jonas")
    assert [each["recipient"].partition("@")[0] for each in issues.all(LetterRow)] == ["jonas", "priya", "jonas"]

    issues.ok("undo", issues.ok("issue", "assign", "I-0091", "jonas").split("mailbot undo ")[1].strip(), "--yes")
    assert [each["state"] for each in issues.all(LetterRow)][3:] == [LetterState.WITHDRAWN]
    assert "Gave I-0088 to Jonas Weber" in said


def test_orders_that_a_mail_answers_to_its_writer_alone_write_to_nobody(issues: Driver) -> None:
    for order in (
        ("merge", "I-0088", "I-0091"),
        ("split", "I-0091", "the October invoice"),
        ("snooze", "I-0091", "2099-11-14"),
        ("close", "I-0095"),
    ):
        issues.ok("issue", *order)
    assert issues.all(LetterRow) == []


def test_letters_that_are_broken_stop_the_order_that_writes_one_and_no_other(issues: Driver) -> None:
    broken = issues.folder / "templates"
    shutil.copytree(SHIPPED / "templates", broken)
    (broken / "en" / "issues" / "handed.md").write_text("Subject: {{ nowhere", encoding="utf-8")
    issues.write_config(more="")
    issues.config.write_text(f'templates = "{broken}"\n' + issues.config.read_text(encoding="utf-8"), encoding="utf-8")

    assert issues.run("issue", "assign", "I-0088", "jonas").exit_code != 0
    assert waiting(issues)["I-0088"]["works"] == "Dana Reyes"
    issues.ok("issue", "close", "I-0088")


def test_issues_of_two_clients_are_not_merged(issues: Driver) -> None:
    result = issues.run("issue", "merge", "I-0088", "I-0095")
    assert result.exit_code != 0
    assert "different clients" in result.output
    assert set(waiting(issues)) == {"I-0088", "I-0091", "I-0095"}


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (("show", "I-9999"), "there is no issue I-9999"),
        (("assign", "I-0088", "nobody"), "no people are called 'nobody'"),
        (("snooze", "I-0088", "2020-01-01"), "not ahead of us"),
        (("merge", "I-0088", "I-0088"), "are one issue"),
    ],
)
def test_what_cannot_be_done_is_said(issues: Driver, order: tuple[str, ...], said: str) -> None:
    result = issues.run("issue", *order)
    assert result.exit_code != 0
    assert said in " ".join(result.output.split())
