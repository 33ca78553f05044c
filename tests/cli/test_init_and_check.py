"""A new desk, and what `check` says about what people wrote."""

from __future__ import annotations

import os
import pty
import select
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.cli.commands import Exit
from mailbot.config import SHIPPED, Level
from mailbot.config.loading import load
from tests.cli.driver import Driver

ANSWERS = {
    "--company": 'Harbour & "Pine" Müller',
    "--address": "Desk@HarbourPine.example",
    "--imap-host": "imap.harbourpine.example",
    "--imap-user": "desk",
    "--smtp-host": "smtp.harbourpine.example",
    "--smtp-user": "desk",
    "--authserv-id": "mx.harbourpine.example",
}
DEADLINE_SECONDS = 60.0
FLAGS = [word for pair in ANSWERS.items() for word in pair]
PASSWORDS = {"MAILBOT_MAILBOX__SALES__PASSWORD": "geheim", "MAILBOT_SMTP__PASSWORD": "geheim"}


def test_init_writes_settings_that_load_and_a_secret_for_the_owner_alone(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    told = driver.ok("init", *FLAGS, "--timezone", "Europe/Berlin", "--language", "de", "--currency", "EUR")

    config = load(driver.config, PASSWORDS)
    assert config.desk.company == 'Harbour & "Pine" Müller'
    assert config.desk.domains == ("harbourpine.example",)
    assert str(config.desk.timezone) == "Europe/Berlin"
    assert (config.desk.language, config.desk.currency) == ("de", "EUR")
    assert set(config.levels.values()) == {Level.WATCH}
    secret = tmp_path / "mailbot.secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) > 60
    assert secret.read_text().strip() not in told
    assert "MAILBOT_SMTP__PASSWORD" in told


def test_the_written_settings_keep_every_comment_of_the_example(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    driver.ok("init", *FLAGS)
    written, example = driver.config.read_text(), (SHIPPED / "config.example.toml").read_text()

    assert len(written.splitlines()) == len(example.splitlines())
    assert [line for line in written.splitlines() if line.startswith("#")] == [
        line
        for line in example.splitlines()
        if line.startswith("#") and not line.startswith(("# timezone", "# language", "# currency"))
    ]


def test_init_asks_what_no_option_says(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    driver.ok("init", says="\n".join(ANSWERS.values()) + "\n")

    assert load(driver.config, PASSWORDS).smtp.host == "smtp.harbourpine.example"


def test_init_overwrites_nothing_without_force_and_the_secret_never(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    driver.ok("init", *FLAGS)
    secret = (tmp_path / "mailbot.secret").read_text()
    driver.config.write_text("# mine\n")

    result = driver.run("init", *FLAGS)
    assert result.exit_code == Exit.WRONG
    assert "is there already" in result.stderr
    assert driver.config.read_text() == "# mine\n"
    assert "kept as it was" in driver.ok("init", *FLAGS, "--force")
    assert (tmp_path / "mailbot.secret").read_text() == secret


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--address", "desk at harbourpine", "is not an e-mail address"),
        ("--company", "a\nb", "write something, on one line"),
        ("--company", " ", "write something, on one line"),
        ("--language", "fr", "is not one of"),
    ],
)
def test_init_refuses_bad_answers_and_writes_nothing(tmp_path: Path, option: str, value: str, why: str) -> None:
    result = Driver(tmp_path).run("init", *FLAGS, option, value)

    assert result.exit_code == Exit.WRONG
    assert why in result.output
    assert list(tmp_path.iterdir()) == []


def test_init_into_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    result = Driver(tmp_path / "none").run("init", *FLAGS)

    assert result.exit_code == Exit.WRONG
    assert "cannot be written: No such file or directory" in result.stderr


def test_init_that_is_stopped_at_a_question_says_so_and_leaves_no_file(tmp_path: Path) -> None:
    """Ctrl-C at a real terminal, while the second question waits."""
    leader, follower = pty.openpty()
    program = (
        "import signal\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which a background job may have been refused
        "from mailbot.cli import main\n"
        "main(prog_name='mailbot')\n"
    )
    command = [sys.executable, "-c", program, "--config", str(tmp_path / "config.toml"), "init"]
    asked = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, start_new_session=True)
    os.close(follower)
    told = _read_until(leader, b"Company")
    os.write(leader, b"Harbour & Pine Media\n")
    told += _read_until(leader, b"Address of the desk")
    while b"nothing was done" not in told and asked.poll() is None:
        os.killpg(asked.pid, signal.SIGINT)  # one that comes just before it waits is only seen with the next
        if select.select([leader], [], [], 1.0)[0]:
            told += os.read(leader, 4096)

    assert asked.wait(DEADLINE_SECONDS) == Exit.INTERRUPTED, told
    assert b"mailbot: stopped at a question; nothing was done" in told
    assert list(tmp_path.iterdir()) == []
    os.close(leader)


def _read_until(terminal: int, words: bytes) -> bytes:
    """What is said up to these words; all there is, where the other side has gone."""
    told = b""
    while words not in told:
        assert select.select([terminal], [], [], DEADLINE_SECONDS)[0], f"{words!r} was not said, but {told!r}"
        try:
            more = os.read(terminal, 4096)
        except OSError:
            break
        if not more:
            break
        told += more
    return told


def test_init_without_anybody_to_answer_names_the_options(tmp_path: Path) -> None:
    result = Driver(tmp_path).run("init", says="")

    assert result.exit_code == Exit.WRONG
    assert "nobody is there to answer: say it with options" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_that_cannot_finish_a_file_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    result = Driver(tmp_path).run("init", *FLAGS, "--force")

    assert result.exit_code == Exit.WRONG
    assert "config.toml" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) in ([], ["mailbot.secret"])


@pytest.mark.parametrize("place", ["none/desk.sqlite", "config.toml/desk.sqlite"])
def test_check_sees_that_the_database_could_not_be_opened(bare: Driver, place: str) -> None:
    bare.config.write_text(f'database = "sqlite:///{bare.folder}/{place}"\n' + bare.config.read_text())
    result = bare.run("check")

    assert result.exit_code == Exit.WRONG
    assert f"{bare.config}:1: database: {bare.folder}/{place} cannot be used: " in result.stdout
    assert "right" not in result.stdout.splitlines()[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_check_sees_that_the_folder_of_the_database_may_not_be_written(bare: Driver) -> None:
    folder = bare.folder / "kept"
    folder.mkdir(mode=0o500)
    bare.config.write_text(f'database = "sqlite:///{folder}/desk.sqlite"\n' + bare.config.read_text())

    assert "may not be written by the user of mailbot" in bare.run("check").stdout


def test_check_says_nothing_about_a_database_on_a_server(bare: Driver) -> None:
    bare.config.write_text('database = "postgresql+psycopg://mailbot@127.0.0.1:9/desk"\n' + bare.config.read_text())

    assert f"{bare.config}: right" in bare.ok("check")


def test_check_says_in_words_who_is_believed(bare: Driver) -> None:
    told = bare.ok("check")
    assert "[trust] a sender is believed where 'mx.harbourpine.example' says so in Authentication-Results" in told
    assert "and nobody without it" in told

    trust = 'authserv_id = "mx.harbourpine.example"'
    bare.config.write_text(bare.config.read_text().replace(trust, f"{trust}\nbelieve_unauthenticated = true"))
    told = bare.ok("check")
    assert "[trust] believe_unauthenticated is on" in told
    assert "whoever writes an address of yours into From is believed to be that colleague" in told


@pytest.mark.parametrize("written", ["mx.harbourpine.example; dmarc=pass", "mx harbourpine", "spf=pass", "(mx)"])
def test_check_refuses_a_server_name_that_is_more_than_a_name(bare: Driver, written: str) -> None:
    bare.config.write_text(bare.config.read_text().replace('"mx.harbourpine.example"', f'"{written}"'))
    result = bare.run("check")

    assert result.exit_code == Exit.WRONG
    assert "is not the name of a server: write what stands before the first blank or ;" in result.stdout


def test_check_is_content_with_a_good_desk_and_connects_to_nothing(bare: Driver) -> None:
    told = bare.ok("check")

    assert f"{bare.config}: right" in told
    assert "tests passed" in told
    assert not (bare.folder / "mailbot.sqlite").exists()


def test_check_says_the_faults_of_settings_rules_letters_and_environment_together(bare: Driver) -> None:
    rules = bare.folder / "rules"
    rules.mkdir()
    for path in (SHIPPED / "rules").glob("*.toml"):
        (rules / path.name).write_bytes(path.read_bytes())
    (rules / "sales.toml").write_text('[[rule]]\nname = "a"\nwhen.subjct.is = "x"\ndo.leave = {}\nthen = "stop"\n')
    bare.write_config(levels='sails = "watch"')
    bare.config.write_text('rules = "rules"\ntemplates = "none"\n' + bare.config.read_text())
    bare.environ["MAILBOT_SMPT__PORT"] = "25"
    result = bare.run("check")

    assert result.exit_code == Exit.WRONG
    assert "[levels] unknown duty 'sails' - did you mean 'sales'?" in result.stdout
    assert "environment: MAILBOT_SMPT__PORT is no setting - did you mean MAILBOT_SMTP__PORT?" in result.stdout
    assert "sales.toml:3: rule 'a': unknown field 'subjct' - did you mean 'subject'?" in result.stdout
    assert "none/layout.html: cannot be read" in result.stdout


def test_check_tells_a_failed_test_of_a_rule_by_another_exit_code(bare: Driver) -> None:
    rules = bare.folder / "rules"
    rules.mkdir()
    for path in (SHIPPED / "rules").glob("*.toml"):
        (rules / path.name).write_bytes(path.read_bytes())
    with (rules / "sales.toml").open("a") as file:
        file.write('\n[[rule.test]]\ngiven = { kind = "numbers" }\napplies = false\n')
    bare.config.write_text('rules = "rules"\n' + bare.config.read_text())
    result = bare.run("check")

    assert result.exit_code == Exit.LOOK
    assert "FAILED, must not apply" in result.stdout
    assert "0 faults, 1 test of a rule failed" in result.stdout
    assert bare.run("rules", "test").exit_code == Exit.LOOK


def test_check_without_settings_still_looks_at_rules_and_letters(tmp_path: Path) -> None:
    result = Driver(tmp_path).run("check")

    assert result.exit_code == Exit.WRONG
    assert result.stdout.count("\n") == 2
    assert "is not there: write it with `mailbot init`" in result.stdout
