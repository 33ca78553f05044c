"""The group of commands: quick, explained, and with exit codes that scripts can use."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mailbot.cli.commands import SECTIONS, Exit, main
from tests.cli.driver import SECRET, Driver

NAMES = [name for section in SECTIONS.values() for name in section]


def _leaves() -> list[tuple[str, ...]]:
    """Every command, those below groups too."""
    found: list[tuple[str, ...]] = []
    for name in NAMES:
        command = main.get_command(click.Context(main), name)  # type: ignore[attr-defined]
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.commands]
    return found


def test_the_list_of_commands_is_shown_without_importing_any() -> None:
    program = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from mailbot.cli import main\n"
        "assert 'settings, rules and letters' in CliRunner().invoke(main, ['--help']).output\n"
        "heavy = {'sqlalchemy', 'pydantic', 'imapclient', 'rich', 'mailbot.app'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_where_the_list_says(name: str) -> None:
    entry = next(section[name] for section in SECTIONS.values() if name in section)
    module, _, attribute = entry.place.partition(":")

    assert isinstance(getattr(importlib.import_module(module), attribute), click.Command)
    assert CliRunner().invoke(main, [name, "--help"]).exit_code == 0


def test_every_command_shows_how_it_is_called() -> None:
    for path in _leaves():
        told = CliRunner().invoke(main, [*path, "--help"]).output
        if path in {("db",), ("issue",), ("person",), ("rules",), ("templates",)}:
            continue  # they show the commands below them
        assert f"mailbot {' '.join(path)}" in told or f"config.toml {' '.join(path)}" in told, path


def test_a_misspelt_command_is_told_which_was_meant() -> None:
    result = CliRunner().invoke(main, ["chek"])

    assert result.exit_code == Exit.WRONG
    assert "unknown command 'chek' - did you mean 'check'?" in result.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["rules", "tset"], "unknown command 'tset' - did you mean 'test'?"),
        (["db", "upgrad"], "unknown command 'upgrad' - did you mean 'upgrade'?"),
        (["outbox", "setle"], "unknown command 'setle' - did you mean 'settle'?"),
        (["templates", "zzzz"], "unknown command 'zzzz' - known are: check, preview"),
        (["zzzz"], "unknown command 'zzzz' - known are: demo, init, check"),
    ],
)
def test_a_misspelt_command_of_a_group_is_told_which_was_meant_or_which_there_are(words: list[str], told: str) -> None:
    result = CliRunner().invoke(main, words)

    assert result.exit_code == Exit.WRONG
    assert told in result.output


def test_missing_settings_are_said_with_the_way_to_get_them(tmp_path: Path) -> None:
    driver = Driver(tmp_path)
    result = driver.run("held")

    assert result.exit_code == Exit.WRONG
    assert f"there is no {tmp_path}/config.toml: write one with `mailbot init`" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_settings_are_found_through_the_environment(bare: Driver) -> None:
    result = CliRunner().invoke(main, ["held"], env={"MAILBOT_CONFIG": str(bare.config)})

    assert result.exit_code == Exit.OK
    assert result.stdout == "nothing is held\n"


def test_every_fault_of_the_settings_is_said_at_once_and_no_secret(bare: Driver) -> None:
    bare.config.write_text(bare.config.read_text().replace("port = 9", "port = 99999"))
    result = bare.run("held")

    assert result.exit_code == Exit.WRONG
    assert result.stderr.count("99999 is not a port (1 to 65535)") == 2
    assert SECRET not in result.output


def test_a_database_that_does_not_answer_is_another_exit_code(bare: Driver) -> None:
    (bare.folder / "mailbot.sqlite").mkdir()
    result = bare.run("held")

    assert result.exit_code == Exit.UNREACHABLE
    file = bare.folder / "mailbot.sqlite"
    assert f"the database sqlite:///{file} did not answer" in result.stderr
    assert f"{file} is a folder: name a file" in result.stderr


@pytest.mark.parametrize("command", [("held",), ("once",), ("db", "upgrade"), ("export", "clients")])
def test_a_database_in_a_folder_that_is_not_there_is_named_with_what_to_do(
    bare: Driver, command: tuple[str, ...]
) -> None:
    bare.config.write_text(f'database = "sqlite:///{bare.folder}/none/desk.sqlite"\n' + bare.config.read_text())
    result = bare.run(*command)

    assert result.exit_code == Exit.UNREACHABLE
    assert f"{bare.folder}/none/desk.sqlite" in result.stderr
    assert f"the folder {bare.folder}/none is not there: make it" in result.stderr
    assert not (bare.folder / "none").exists()


@pytest.mark.parametrize("command", [("held",), ("once",), ("db", "upgrade"), ("doctor",)])
def test_a_file_that_is_no_database_is_named_and_left_alone(bare: Driver, command: tuple[str, ...]) -> None:
    file = bare.file("mailbot.sqlite", "a shopping list\n" * 50)
    result = bare.run(*command)

    assert result.exit_code in (Exit.WRONG, Exit.UNREACHABLE)  # of doctor, which finds no server either
    assert f"{file} is not an SQLite database" in " ".join(result.output.split())
    assert file.read_text() == "a shopping list\n" * 50


def test_a_newer_database_is_refused_and_left_alone(bare: Driver) -> None:
    database = bare.database()
    with database.engine.connect().execution_options(mailbot_writes=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999_later'")
    database.close()
    for command in (["held"], ["db", "upgrade"]):
        result = bare.run(*command)
        assert result.exit_code == Exit.WRONG
        assert "9999_later" in result.stderr
