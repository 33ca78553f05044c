"""why, explain, held, undo, outbox and export, on records that were made by mail."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from mailbot.cli.commands import Exit
from mailbot.clock import SystemClock
from mailbot.records.tables import (
    Arrival,
    Change,
    Client,
    DecisionRow,
    LetterRow,
    LetterState,
    Pause,
    QuestionRow,
    QuestionState,
    RawMail,
    TaskRow,
    TaskState,
)
from tests.cli.driver import SECRET, Driver, json_lines

MAIL = f"""\
From: Dana Reyes <dana@harbourpine.example>
To: desk@harbourpine.example
Subject: numbers
Date: {format_datetime(SystemClock().now())}
Message-ID: <5A1C77@iphone.dana>
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example

acme corp 12k
Beta freight 3 x 450
"""
NUMBERS = "acme corp 12k\nBeta freight 3 x 450\n"


def ref_of(driver: Driver, duty: str) -> str:
    """The reference of the last decision of a duty about a mail."""
    of_mails = [row for row in driver.all(DecisionRow) if row["origin"] == "mail"]
    return str([row["ref"] for row in of_mails if row["duty"] == duty][-1])


def test_explain_says_what_would_be_done_with_a_file_and_writes_nothing(desk: Driver) -> None:
    desk.write_config(levels='sales = "act"')
    before = [desk.all(table) for table in (DecisionRow, Change, LetterRow, Arrival)]
    told = desk.ok("explain", desk.file("mail.eml", MAIL))

    assert told.startswith("N-0103: numbers (sales), the mail goes to Done")
    assert "believed: T3: dmarc=pass" in told
    assert "duties asked:" in told
    assert "rules asked:" in told
    assert "sales.numbers: applied" in told
    assert "12,000.00 USD" in told
    assert "letter N-0103 to dana@harbourpine.example (goes out):" in told
    assert [desk.all(table) for table in (DecisionRow, Change, LetterRow, Arrival)] == before
    assert desk.ok("rules", "explain", desk.folder / "mail.eml") == desk.ok("explain", desk.folder / "mail.eml")


def test_explain_of_a_mail_that_was_decided_before_says_so_and_what_would_be_done_the_first_time(
    at_work: Driver,
) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", NUMBERS, name="Dana Reyes")
    at_work.run("once")
    with at_work.database().reading() as session:
        saved = at_work.file("saved.eml", session.scalars(select(RawMail.content)).one())
    ref = ref_of(at_work, "sales")
    told = at_work.ok("explain", saved)

    assert told.startswith(f"This mail came before, and was decided as {ref}.")
    assert "duplicate" not in told
    assert "sales.numbers: applied" in told
    assert "came before" not in at_work.ok("explain", at_work.file("new.eml", MAIL))


def test_explain_says_in_a_line_who_is_away_and_who_has_left(desk: Driver) -> None:
    head = MAIL.partition("\n\n")[0] + "\nAuto-Submitted: auto-replied\n\n"
    away = desk.ok("explain", desk.file("away.eml", head + "I am out of the office until 14 November 2025.\n"))
    gone = desk.ok("explain", desk.file("gone.eml", head + "Dana Reyes is no longer with the company.\n"))

    assert '  away until 14 Nov 2025: "out of the office"' in away
    assert '  left: "no longer with the company"' in gone
    assert "  left" not in away
    assert "  away" not in gone


def test_explain_of_a_duty_that_only_watches_says_what_is_not_done(desk: Driver) -> None:
    told = desk.ok("explain", desk.file("mail.eml", MAIL))

    assert "not done, because the level is watch:" in told
    assert "(is kept back)" in told


@pytest.mark.parametrize("raw", [b"From: x\n\n\x1b[2J\xff", b"From: x\x00\nSubject: \x1b[2J\n\n" + b"\x9b31m" * 50])
def test_explain_reads_any_mail_and_gives_the_terminal_nothing_to_obey(desk: Driver, raw: bytes) -> None:
    told = desk.ok("explain", desk.file("mail.eml", raw))

    assert told.startswith("D-0103: ")
    assert not set(told) & {"\x00", "\x1b", "\x9b"}


def test_explain_and_why_of_what_is_not_there_say_what_to_write(desk: Driver) -> None:
    result = desk.run("explain", "N-9999")
    assert result.exit_code == Exit.WRONG
    assert "is neither a file nor the reference of a decision" in result.stderr
    result = desk.run("why", "nonsense")
    assert result.exit_code == Exit.WRONG
    assert "there is no decision 'nonsense'" in result.stderr


def test_a_mail_is_told_by_why_and_explain_and_taken_back_once(at_work: Driver) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", NUMBERS, name="Dana Reyes")
    at_work.run("once")
    ref = ref_of(at_work, "sales")

    told = at_work.ok("why", ref.lower())
    assert 'because dana@harbourpine.example wrote "numbers"' in told
    assert "by the rule sales.numbers" in told
    assert '"acme corp 12k"' in told
    full = at_work.ok("explain", ref)
    assert "duties asked:" in full
    assert "rules asked:" in full
    assert json.loads(at_work.ok("explain", ref, "--json"))["ref"] == ref

    asked = at_work.run("undo", ref, says="n\n")
    assert asked.exit_code == Exit.LOOK
    assert "This would be reversed:" in asked.stdout
    assert "These letters were sent, and stay sent (departments hear that they no longer hold):" in asked.stdout
    assert at_work.all(DecisionRow)[-1]["kind"] != "undo"
    done = at_work.ok("undo", ref, says="y\n")
    assert f"{ref} is taken back (D-" in done
    undo = at_work.all(DecisionRow)[-1]
    assert (undo["origin"], undo["kind"], undo["summary"]) == ("person", "undo", f"Took back {ref}.")
    assert f"(taken back by {undo['ref']})" in at_work.ok("why", ref)

    again = at_work.run("undo", ref, "--yes")
    assert again.exit_code == Exit.LOOK
    assert "It cannot be taken back: it was taken back before." in again.stdout


def test_undo_is_refused_where_something_was_built_on_it(desk: Driver) -> None:
    result = desk.run("undo", "D-0101", "--yes")

    assert result.exit_code == Exit.LOOK
    assert "something later was built on it; take that back first" in result.stdout
    assert "D-0102 of " in result.stdout
    assert [row["kind"] for row in desk.all(DecisionRow)] == ["import", "import"]


def test_undo_of_an_undo_is_refused_where_something_else_was_decided_since(desk: Driver) -> None:
    for ref in ("D-0102", "D-0101"):
        desk.ok("undo", ref, "--yes")
    result = desk.run("undo", "D-0103", "--yes")

    assert result.exit_code == Exit.LOOK
    said = " ".join(result.stdout.split())
    assert "It cannot be taken back: it was an undo itself, and later decisions stand in the way" in said
    assert "D-0104 of " in said
    assert all(client["undone_by"] == 103 for client in desk.all(Client))

    desk.ok("undo", "D-0104", "--yes")
    desk.ok("undo", "D-0103", "--yes")
    assert all(client["undone_by"] is None for client in desk.all(Client))


def test_undo_in_json_asks_nothing_and_so_needs_yes(desk: Driver) -> None:
    assert desk.run("undo", "D-0102", "--json").exit_code == Exit.WRONG
    told = json.loads(desk.ok("undo", "D-0102", "--json", "--yes"))
    assert told["undone"] == "D-0103"
    assert all(client["undone_by"] == 103 for client in desk.all(Client))


def test_undo_of_nothing_is_wrong_usage(desk: Driver) -> None:
    assert desk.run("undo", "N-4711").exit_code == Exit.WRONG
    assert desk.run("undo").exit_code == Exit.WRONG


def test_held_lists_tasks_and_held_mails_and_closes_a_task(at_work: Driver) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", "nothing sold this week, 0\n", name="Dana Reyes")
    assert at_work.ok("held").startswith("nothing is held")
    at_work.run("once")
    result = at_work.run("held")

    assert result.exit_code == Exit.LOOK
    assert "1 mail held, the newest first" in result.stdout
    assert '  Held  dana@harbourpine.example\n  "numbers": ' in result.stdout
    tasks = at_work.all(TaskRow)
    assert [task["state"] for task in tasks] == [TaskState.OPEN]
    assert len(json_lines(at_work.run("held", "--json").stdout)) == 2

    assert "is done (D-" in at_work.ok("held", "--done", str(tasks[0]["id"]))
    assert [task["state"] for task in at_work.all(TaskRow)] == [TaskState.DONE]
    assert at_work.ok("held").startswith("nothing is held")
    assert json_lines(at_work.ok("held", "--json")) == []
    assert at_work.run("held", "--done", "4711").exit_code == Exit.WRONG


def test_once_is_well_again_when_what_was_held_is_done_and_not_before(at_work: Driver) -> None:
    for what in ("this", "that"):
        at_work.mail("dana@harbourpine.example", what, f"nothing sold {what} week, 0\n", name="Dana Reyes")
    at_work.run("once")
    this, that = (str(row["ref"]) for row in at_work.all(DecisionRow) if row["origin"] == "mail")

    assert f"{this} is done (D-" in at_work.ok("held", "--done", this.lower())
    assert at_work.run("once").exit_code == Exit.LOOK
    waits = at_work.run("held")
    assert waits.exit_code == Exit.LOOK
    assert that in waits.stdout
    assert this not in waits.stdout
    asked = [row["state"] for row in at_work.all(QuestionRow) if row["kind"] == "needs-person"]
    assert asked == [QuestionState.ANSWERED, QuestionState.OPEN]

    at_work.ok("held", "--done", that)
    assert at_work.ok("held").startswith("nothing is held")
    assert at_work.run("once").exit_code == Exit.OK
    result = at_work.run("held", "--done", that)
    assert result.exit_code == Exit.WRONG
    assert f"nothing waits that {that} has left: `mailbot held` lists what does" in result.stderr


def test_a_mail_without_a_task_is_settled_by_the_reference_of_its_decision_and_no_other_is(at_work: Driver) -> None:
    for name in ("mara", "priya"):
        at_work.mail(f"{name}@harbourpine.example.evil.example", "money", "send money\n", name=name)
    at_work.run("once")
    refs = [str(row["ref"]) for row in at_work.all(DecisionRow) if row["origin"] == "mail"]
    database = at_work.database()
    with database.writing() as session:
        session.execute(update(TaskRow).values(undone_by=101))
        session.execute(update(DecisionRow).where(DecisionRow.ref.in_(refs)).values(folder="Quarantine", kind="forged"))
        session.execute(update(QuestionRow).values(undone_by=101))
        session.execute(update(Arrival).values(folder_wanted="Quarantine"))
    database.close()
    assert "2 mails held" in at_work.run("held").stdout

    assert f"{refs[0]} is done" in at_work.ok("held", "--done", refs[0])
    assert [row["decision"] for row in json_lines(at_work.run("held", "--json").stdout)] == [refs[1]]
    assert [row["state"] for row in at_work.all(TaskRow) if row["undone_by"] is None] == [TaskState.DONE]


def _letter(driver: Driver, state: LetterState) -> str:
    """A letter of the desk, in a state that only trouble brings about."""
    driver.mail("dana@harbourpine.example", "numbers", NUMBERS, name="Dana Reyes")
    driver.run("once")
    ref = ref_of(driver, "sales")
    database = driver.database()
    with database.writing() as session:
        session.execute(update(LetterRow).where(LetterRow.ref == ref).values(state=state, reply="lost"))
    database.close()
    return ref


@pytest.mark.parametrize(
    ("state", "word", "after"),
    [
        (LetterState.UNSURE, "sent", LetterState.SENT),
        (LetterState.UNSURE, "again", LetterState.WAITING),
        (LetterState.REFUSED, "again", LetterState.WAITING),
    ],
)
def test_a_letter_in_trouble_is_listed_and_settled_by_a_persons_word(
    at_work: Driver, state: LetterState, word: str, after: LetterState
) -> None:
    ref = _letter(at_work, state)
    listed = at_work.run("outbox")
    assert listed.exit_code == Exit.LOOK
    assert f"{ref}  {state.value}  " in listed.stdout

    at_work.ok("outbox", "settle", ref.lower(), word)
    assert next(row for row in at_work.all(LetterRow) if row["ref"] == ref)["state"] is after
    assert at_work.all(DecisionRow)[-1]["origin"] == "person"
    result = at_work.run("outbox", "settle", ref, word)
    assert result.exit_code == Exit.WRONG
    assert f"there is nothing to settle about {ref}: it is {after.value}" in result.stderr


def test_the_outbox_lists_by_state_and_refuses_nonsense(desk: Driver) -> None:
    assert desk.ok("outbox") == "no letters yet\n"
    assert desk.ok("outbox", "--state", "sent", "--json") == ""
    assert desk.run("outbox", "--state", "lost").exit_code == Exit.WRONG
    assert desk.run("outbox", "settle", "N-9999", "sent").exit_code == Exit.WRONG
    assert desk.run("outbox", "settle", "N-9999", "maybe").exit_code == Exit.WRONG


def test_sending_that_was_stopped_goes_on_by_a_persons_word(desk: Driver) -> None:
    assert desk.run("outbox", "resume").exit_code == Exit.WRONG
    database = desk.database()
    with database.writing() as session:
        session.add(Pause(scope="*", because="301 letters in an hour", since=datetime(2025, 11, 3, tzinfo=UTC)))
    database.close()
    listed = desk.run("outbox")
    assert listed.exit_code == Exit.LOOK
    assert "Sending is stopped altogether: 301 letters in an hour." in listed.stdout

    assert "Sending goes on (D-0103)" in desk.ok("outbox", "resume")
    assert desk.ok("outbox") == "no letters yet\n"
    assert desk.run("outbox", "resume", "acme.example").exit_code == Exit.WRONG


def test_sending_to_one_domain_goes_on_by_the_very_words_that_are_shown(desk: Driver) -> None:
    database = desk.database()
    with database.writing() as session:
        session.add(Pause(scope="acme.example", because="it refuses us", since=datetime(2025, 11, 3, tzinfo=UTC)))
    database.close()
    shown = re.search(r"Sending is stopped to acme.example: it refuses us.*`mailbot (.+)`", desk.run("outbox").stdout)
    assert shown is not None

    everything = desk.run("outbox", "resume")  # nothing else is stopped, and that is not lifted by mistake
    assert everything.exit_code == Exit.WRONG
    assert "sending is not stopped; what is: `mailbot outbox resume acme.example`" in everything.stderr

    assert "Sending to acme.example goes on" in desk.ok(*shown[1].split())
    assert desk.ok("outbox") == "no letters yet\n"


def test_people_and_clients_are_exported_as_they_are_imported(desk: Driver) -> None:
    people, clients = desk.ok("export", "people"), desk.ok("export", "clients")

    assert people.splitlines()[0] == "name,email,role,language,locale,currency,active"
    for name, content in (("people.csv", people), ("clients.csv", clients)):
        assert "as it was)" in desk.ok("import", desk.file(name, content), "--yes")
    rows = list(csv.DictReader(io.StringIO(clients)))
    assert (rows[0]["name"], rows[0]["owner"], rows[0]["contact"]) == (
        "Acme Corp",
        "dana@harbourpine.example",
        "Ada Brook",
    )
    assert rows[0]["phone"] == "'+1 617 555 0101"


def test_no_exported_cell_is_a_formula(desk: Driver) -> None:
    desk.ok("import", desk.file("evil.csv", "client,code\n\"=cmd|' /C calc'!A0\",@x\n-2+3,\n"), "--yes")
    for what in ("clients", "changes", "decisions"):
        for row in csv.reader(io.StringIO(desk.ok("export", what))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    rows = json_lines(desk.ok("export", "clients", "--json"))
    assert rows[-1]["name"] == "-2+3"


def test_an_export_into_a_file_is_for_its_owner_alone_and_overwrites_nothing(desk: Driver) -> None:
    target = desk.folder / "out.csv"
    desk.ok("export", "decisions", "-o", target)

    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text().splitlines()[0].startswith("id,ref,origin,")
    result = desk.run("export", "decisions", "-o", target)
    assert result.exit_code == Exit.WRONG
    assert "is there already" in result.stderr


def test_no_export_holds_a_secret_and_an_unknown_one_is_named(desk: Driver) -> None:
    result = desk.run("export", "peple")
    assert result.exit_code == Exit.WRONG
    assert "unknown export 'peple' - did you mean 'people'?" in result.stderr
    assert desk.run("export", "raw_mails").exit_code == Exit.WRONG
    for what in ("decisions", "changes", "letters", "questions", "tasks", "addresses", "sales_entries"):
        assert SECRET not in desk.ok("export", what, "--json")


def test_a_backup_is_whole_for_its_owner_alone_and_overwrites_nothing(desk: Driver) -> None:
    copy = desk.folder / "copy" / "mailbot.sqlite"
    assert desk.run("db", "backup", copy).exit_code == Exit.WRONG  # there is no such folder
    copy.parent.mkdir()
    desk.ok("db", "backup", copy)

    assert copy.stat().st_mode & 0o777 == 0o600
    other = Driver(copy.parent)
    other.write_config()
    assert other.all(Client) == desk.all(Client) != []
    assert desk.run("db", "backup", copy).exit_code == Exit.WRONG


def test_for_postgresql_backup_names_the_command_and_never_the_password(bare: Driver, tmp_path: Path) -> None:
    url = "postgresql+psycopg://mailbot:hush@db.harbourpine.example:5433/desk"
    bare.config.write_text(f'database = "{url}"\n' + bare.config.read_text())
    result = bare.run("db", "backup", tmp_path / "x")

    assert result.exit_code == Exit.WRONG
    assert "pg_dump --format=custom" in result.stderr
    assert "--host=db.harbourpine.example --port=5433 --username=mailbot desk" in result.stderr
    assert "hush" not in result.output


def test_the_database_is_brought_up_to_date_once(bare: Driver) -> None:
    assert bare.ok("db", "upgrade").startswith("schema (none) → 0")
    assert bare.ok("db", "upgrade").endswith(", as it was\n")


@pytest.mark.parametrize("command", [("explain",), ("rules", "explain")])
@pytest.mark.parametrize(
    ("raw", "told"),
    [(b"", "is empty"), (b"\x00" * 1000, "is no mail"), (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "is no mail")],
)
def test_explain_of_a_file_that_is_no_mail_says_so_and_what_to_name_instead(
    desk: Driver, command: tuple[str, ...], raw: bytes, told: str
) -> None:
    result = desk.run(*command, desk.file("picture.bin", raw))

    assert result.exit_code == Exit.WRONG
    assert f"picture.bin {told}" in result.stderr
    assert "Save a mail with all its headers" in result.stderr.replace("save", "Save")
    assert result.stdout == ""
