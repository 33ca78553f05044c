"""A new desk, and what `check` says about what people wrote."""

from __future__ import annotations

import stat
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
