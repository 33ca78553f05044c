"""What the program cannot do because it has no means to: fetch a link, run what a mail brings, unpack an archive."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailbot

HOUSE = Path(mailbot.__file__).parent
ASKING_THE_WEB = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "webbrowser"}
RUNNING_WORDS = {"pickle", "marshal", "shelve", "dill", "yaml", "code", "runpy", "xmlrpc", "antigravity"}
UNPACKING = {"tarfile", "py7zr", "rarfile", "patoolib"}
# Mails are sealed for the way between the processes of one desk; what may come out of a seal is tested in
# tests/message/test_sealing.py: values of a mail, and nothing that runs.
VALUES_BETWEEN_PROCESSES = {"message/sealing.py: pickle"}
CALLS_THAT_RUN_WORDS = {"eval", "exec", "compile", "__import__"}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("means", [ASKING_THE_WEB, RUNNING_WORDS, UNPACKING], ids=["web", "running", "unpacking"])
def test_no_part_of_the_program_has_the_means(means: set[str]) -> None:
    having = {
        f"{path.relative_to(HOUSE)}: {name}"
        for path, tree in sources()
        for name in imported(tree)
        if name in means or name.partition(".")[0] in means
    }
    assert having - VALUES_BETWEEN_PROCESSES == set()


def test_no_words_are_run() -> None:
    calls = {
        f"{path.relative_to(HOUSE)}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS_THAT_RUN_WORDS
    }
    assert calls == set()


def test_templates_are_made_of_the_files_of_the_house_alone() -> None:
    """Text becomes a template in two places: where the files of letters are read, and their one layout."""
    making = {
        f"{path.relative_to(HOUSE)}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Attribute) and node.func.attr in {"from_string", "compile_expression"})
            or (isinstance(node.func, ast.Name) and node.func.id == "Template")
        )
    }
    assert making <= {"letters/templates.py", "letters/page.py"}
