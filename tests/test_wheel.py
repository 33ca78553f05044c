"""The installed program: a wheel brings everything it needs, and runs from anywhere without the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from mailbot import __version__

ROOT = Path(__file__).parent.parent
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

# Ends a program that looks into the checkout, though not into an environment that lies in it.
WATCHMAN = f"""
import os, sys

def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(arguments[0], str):
        path = os.path.abspath(arguments[0])
        if path.startswith({str(ROOT)!r} + os.sep) and not path.startswith({sys.prefix!r} + os.sep):
            os.write(2, f"looked into the checkout: {{path}}\\n".encode())
            os._exit(99)

sys.addaudithook(watch)
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an empty environment with the wheel in it; what it depends on is borrowed from this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", str(programs / "python"), "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    library = Path(
        run(str(programs / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    )
    (library / "watchman.py").write_text(WATCHMAN)
    (library / "borrowed.pth").write_text(f"import watchman\n{sysconfig.get_path('purelib')}\n")
    return programs


def built(kind: str, folder: Path) -> Path:
    """A distribution of the checkout, built without the network."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder), cwd=ROOT)
    (made,) = folder.iterdir()
    return made


def run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_carries_rules_letters_migrations_the_demo_and_the_example_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("rules", "templates", "db", "demo"):
        kept = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        kept = {name for name in kept if "__pycache__" not in name}
        assert kept
        assert {f"mailbot/_data/{name}" for name in kept} <= names
    assert "mailbot/_data/config.example.toml" in names
    assert {name.split("/")[0] for name in names} == {"mailbot", f"mailbot-{__version__}.dist-info"}


def test_the_source_distribution_can_be_built_again_and_carries_no_leavings(tmp_path: Path) -> None:
    with tarfile.open(built("sdist", tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "config.example.toml", "start"} <= names
    assert {"mailbot/app.py", "rules/sales.toml", "demo/play.toml", "tests/test_wheel.py"} <= names
    assert not [name for name in names if "cache" in name or name.startswith((".venv", ".hypothesis", "demo-desk"))]


def test_the_installed_program_uses_nothing_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = "import mailbot, mailbot.config; print(mailbot.__file__); print(mailbot.config.SHIPPED)"
    for path in run(str(installed / "python"), "-c", where, cwd=tmp_path).split():
        assert Path(path).is_relative_to(installed.parent)
    with pytest.raises(AssertionError, match="looked into the checkout"):
        run(str(installed / "python"), "-c", f"open({str(ROOT / 'README.md')!r})", cwd=tmp_path)


@pytest.mark.parametrize("command", [("--version",), ("rules", "check"), ("templates", "check")], ids=" ".join)
def test_the_installed_program_runs_from_an_empty_folder(
    installed: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    run(str(installed / "mailbot"), *command, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_installed_program_plays_the_demo_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    ports = ("--imap-port", "0", "--smtp-port", "0")
    said = run(str(installed / "mailbot"), "demo", "--once", *ports, cwd=tmp_path)
    assert "Harbour & Pine Media" in said
    assert [path.name for path in tmp_path.iterdir()] == ["demo-desk"]
