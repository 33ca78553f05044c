"""doctor, once and run: with servers, without them, and with signals."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from mailbot.cli.commands import Exit
from mailbot.post.sandbox import PASSWORD, Sandbox
from mailbot.records.tables import DecisionRow, LetterRow, LetterState
from tests.cli.driver import DESK, PEOPLE, SECRET, Driver, json_lines

ROOT = Path(__file__).parents[2]


def test_doctor_finds_a_new_desk_well_but_for_mail_to_judge_trust_by(at_work: Driver) -> None:
    result = at_work.run("doctor")

    assert result.exit_code == Exit.LOOK
    assert "ok    database: 4 people, a coordinator among them" in result.stdout
    assert "ok    imap sales: logged in at 127.0.0.1" in result.stdout
    assert "ok    imap sales: mails are moved by MOVE" in result.stdout
    assert "ok    smtp: reached 127.0.0.1" in result.stdout
    assert "warn  imap sales: no mail to see whether the server writes Authentication-Results" in result.stdout
    assert "→ send the desk a mail from outside, and ask again" in result.stdout


def test_doctor_says_what_trust_means_for_this_server_before_and_after_mail_is_filed(at_work: Driver) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", "acme corp 12k\n")
    told = "1 of the newest 1 mails bear the results of 'mx.harbourpine.example'; 1 of them name a proven sender"
    assert told in at_work.run("doctor").stdout
    at_work.run("once")
    assert told in at_work.run("doctor").stdout
    at_work.write_config(levels='desk = "act"\nsales = "act"')
    assert at_work.ok("doctor").endswith("all is well\n")


def test_doctor_says_that_forged_mail_is_not_kept_apart_where_the_desk_only_watches_and_others_act(
    at_work: Driver,
) -> None:
    assert "warn  settings: [levels] desk only watches beside sales, issues, bounces" in at_work.run("doctor").stdout
    at_work.write_config(levels='desk = "act"\nsales = "act"')
    assert "only watches" not in at_work.run("doctor").stdout


def test_doctor_names_records_that_others_can_read_and_new_ones_are_for_their_owner_alone(bare: Driver) -> None:
    bare.run("db", "upgrade")
    records = bare.folder / "mailbot.sqlite"
    assert stat.S_IMODE(records.stat().st_mode) == 0o600
    assert "holds all mail" not in bare.run("doctor").stdout
    records.chmod(0o644)
    assert f"chmod 600 {records}" in bare.run("doctor").stdout.replace("\n", "")


def test_doctor_names_the_server_that_authserv_id_should_name(at_work: Driver) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", "acme corp 12k\n")
    at_work.config.write_text(at_work.config.read_text().replace("mx.harbourpine", "mail.harbourpine"))
    result = at_work.run("doctor")

    assert result.exit_code == Exit.WRONG
    assert "none of the newest 1 mails bears the results of 'mail.harbourpine.example'" in result.stdout
    assert "at their top stands 'mx.harbourpine.example' (1 of 1), so nobody is believed" in result.stdout
    assert 'write authserv_id = "mx.harbourpine.example" in [trust]' in result.stdout


def test_doctor_asks_every_server_though_none_answers(bare: Driver) -> None:
    result = bare.run("doctor")

    assert result.exit_code == Exit.UNREACHABLE
    assert "fail  imap sales: 127.0.0.1:9: connecting: " in result.stdout
    assert "fail  smtp: 127.0.0.1:9: " in result.stdout
    assert "warn  database: " in result.stdout


def test_doctor_tells_a_wrong_password_without_saying_it(tmp_path: Path) -> None:
    with Sandbox(desk=DESK) as sandbox:
        driver = Driver(tmp_path, sandbox)
        driver.write_config()
        driver.config.write_text(driver.config.read_text().replace(f'"{PASSWORD}"', '"wrong and secret"'))
        result = driver.run("doctor", "--json")

    assert result.exit_code == Exit.WRONG
    assert "wrong and secret" not in result.output
    failed = [line for line in json_lines(result.stdout) if line["wellness"] == "fail"]
    assert [line["part"] for line in failed] == ["imap sales"]


def test_doctor_warns_of_misspelt_variables_and_of_secrets_that_others_can_read(bare: Driver) -> None:
    bare.environ["MAILBOT_SMPT__PASSWORD"] = "geheim"
    bare.config.chmod(0o644)
    result = bare.run("doctor")

    assert "MAILBOT_SMPT__PASSWORD is no setting - did you mean MAILBOT_SMTP__PASSWORD?" in result.stdout
    assert f"{bare.config} holds a secret, and others on this machine can read it (mode 0644)" in result.stdout
    assert f"chmod 600 {bare.config}" in result.stdout
    assert "geheim" not in result.output


def test_once_does_what_there_is_and_tells_what_is_left(at_work: Driver) -> None:
    at_work.mail("dana@harbourpine.example", "numbers", "acme corp 12k\nBeta freight 3 x 450\n", name="Dana Reyes")
    result = at_work.run("once", "--json")

    assert json.loads(result.stdout)["done"] >= 2
    assert {row["state"] for row in at_work.all(LetterRow)} == {LetterState.SENT}
    assert json.loads(at_work.run("once", "--json").stdout)["done"] == 0
    for line in json_lines(result.stderr):
        assert {"at", "level", "part", "from", "event"} <= line.keys()


def test_once_goes_on_beside_a_job_that_fails_and_counts_it(at_work: Driver) -> None:
    assert json.loads(at_work.run("once", "--json").stdout)["jobs that did not go through"] == 0
    database = at_work.database()
    with database.writing() as session:
        session.execute(text("ALTER TABLE issues RENAME COLUMN rings_at TO rang_at"))
    database.close()
    at_work.mail("dana@harbourpine.example", "numbers", "acme corp 12k\n", name="Dana Reyes")
    result = at_work.run("once", "--json")

    assert result.exit_code == Exit.LOOK
    assert json.loads(result.stdout)["jobs that did not go through"] == 1
    assert [row["kind"] for row in at_work.all(DecisionRow) if row["origin"] == "mail"] == ["numbers"]
    alarms = [row for row in at_work.all(LetterRow) if row["purpose"] == "alarm-job"]
    assert [(row["recipient"], row["state"]) for row in alarms] == [("mara@harbourpine.example", LetterState.SENT)]
    assert "no such column: issues.rings_at" in str(alarms[0]["text"])


def test_once_without_a_mail_server_says_so_and_writes_nothing(desk: Driver) -> None:
    before = len(desk.all(DecisionRow))
    result = desk.run("once")

    assert result.exit_code == Exit.UNREACHABLE
    assert "mailbot: 127.0.0.1:9: connecting: " in result.stderr
    assert len(desk.all(DecisionRow)) == before


def started(driver: Driver) -> subprocess.Popen[str]:
    """`mailbot run` in a process of its own, at work."""
    command = [sys.executable, "-m", "mailbot", "--config", str(driver.config), "run"]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(driver: Driver, count: int, process: subprocess.Popen[str]) -> None:
    """Waits until the desk has made this many decisions."""
    deadline = time.monotonic() + 60
    while len(driver.all(DecisionRow)) < count:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_run_works_until_it_is_told_to_stop_and_leaves_one_event_a_line(
    at_work: Driver, number: signal.Signals
) -> None:
    at_work.mail("dana@harbourpine.example", "x \u202e y", "acme corp 12k\n", name="Dana Reyes")
    process = started(at_work)
    until(at_work, 3, process)
    process.send_signal(number)
    _, journal = process.communicate(timeout=60)

    assert process.returncode == Exit.OK
    assert all(line["event"] for line in json_lines(journal))
    assert SECRET not in journal


def test_run_with_wrong_settings_ends_at_once(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    driver.config.write_text("[desk]\n")
    process = started(driver)
    _, said = process.communicate(timeout=60)

    assert process.returncode == Exit.WRONG
    assert "config.toml: [smtp] is missing" in said
    assert "Traceback" not in said


def test_a_desk_that_stops_for_trouble_says_so(at_work: Driver) -> None:
    process = started(at_work)
    until(at_work, 2, process)
    database = at_work.database()
    with database.engine.connect().execution_options(mailbot_writes=True) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("ALTER TABLE letters RENAME COLUMN purpose TO purposes")
    database.close()
    _, journal = process.communicate(timeout=60)

    assert process.returncode != 0
    assert "mailbot: stopped for trouble: " in journal


def test_a_coordinator_is_missed(bare: Driver) -> None:
    bare.ok("import", bare.file("people.csv", PEOPLE.replace("coordinator", "manager")), "--yes")
    assert "no coordinator: nobody can be asked or told" in bare.run("doctor").stdout
