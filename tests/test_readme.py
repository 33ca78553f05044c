"""What README.md, CONTRIBUTING.md and docs/ say is so: commands, rules, letters, links, the unit."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from docs.make_reference import MARK, page
from mailbot.app import DUTIES
from mailbot.cli import main
from mailbot.deciding.rulebook import RuleBook
from mailbot.letters import Templates
from mailbot.letters.tables import STYLES
from mailbot.letters.voices import Voice
from mailbot.post.smtp import FINAL_REPLY_SECONDS

ROOT = Path(__file__).parent.parent
PAGES = tuple(sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]))
UNIT = ROOT / "docs" / "mailbot.service"

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^ {4,}(?:sudo )?((?:mailbot|\./start) [^\n]*)$|`((?:mailbot|\./start) [^`…|]+)`", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def commands() -> Iterator[str]:
    """Every command that a page shows, on a line of its own or in the text."""
    for page_of in PAGES:
        for own_line, in_text in _COMMAND.findall(page_of.read_text(encoding="utf-8")):
            yield " ".join((own_line or in_text).split("  ")[0].split())


def fenced(language: str, *pages: str) -> list[str]:
    """The blocks of a language on these pages."""
    texts = ((ROOT / name).read_text(encoding="utf-8") for name in pages)
    return [block for text in texts for found, block in _FENCED.findall(text) if found == language]


def trouble_with(words: list[str]) -> str | None:
    """Why `mailbot WORDS` is no command, or None."""
    command: click.Command = main
    context = click.Context(main)
    arguments = []
    while words:
        word, *words = words
        if word.startswith("-"):
            option = next((each for each in command.params if word in each.opts), None)
            if option is None and word not in context.help_option_names:
                return f"{command.name} has no option {word}"
            words = words[0 if option is None or getattr(option, "is_flag", False) else 1 :]
        elif isinstance(command, click.Group) and (below := command.get_command(context, word)):
            command = below
        elif isinstance(command, click.Group):
            return f"{command.name} has no command {word}"
        else:
            arguments.append(word)
    places = [each for each in command.params if isinstance(each, click.Argument)]
    needed = [each for each in places if each.required]
    if not len(needed) <= len(arguments) <= len(places):
        return f"{command.name} takes {len(places)} arguments, not {arguments}"
    return None


def test_a_command_that_is_not_there_is_seen() -> None:
    assert trouble_with(["why"]) == "why takes 1 arguments, not []"
    assert trouble_with(["rules", "chekc"]) == "rules has no command chekc"
    assert trouble_with(["doctor", "--jsno"]) == "doctor has no option --jsno"
    assert trouble_with(["undo", "N-0412", "--yes"]) is None


@pytest.mark.parametrize("command", sorted(set(commands())))
def test_every_command_on_the_pages_is_there(command: str) -> None:
    program, *words = command.split("#", maxsplit=1)[0].split()
    if program == "./start":
        known = re.findall(r"^([a-z]+)\)$", (ROOT / "start").read_text(encoding="utf-8"), re.MULTILINE)
        assert words[0] in known
        if words[0] not in {"demo", "mailbot"}:
            return
        words = words if words[0] == "demo" else words[1:]
    assert trouble_with(words) is None


def test_commands_are_found_on_the_pages() -> None:
    assert {"./start demo", "./start test --servers", "mailbot doctor", "mailbot undo N-0412"} <= set(commands())


@pytest.mark.parametrize("example", fenced("toml", "README.md", "docs/rules.md"), ids=lambda text: text.split('"')[1])
def test_every_rule_on_the_pages_loads_and_passes_its_own_tests(example: str, tmp_path: Path) -> None:
    rules = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    own = rules / "sales.toml"
    own.write_text(example + own.read_text(encoding="utf-8"), encoding="utf-8")
    book = RuleBook.load(rules, [duty.vocabulary for duty in DUTIES])
    name = book.sets["sales"].rules[0].name
    results = [result for result in book.test() if result.rule == f"sales.{name}"]
    assert [result.expected for result in results] == [True, False]
    assert all(result.passed for result in results)


def test_the_letter_on_the_pages_can_be_written_with_the_sample_beside_it(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (letter,), (sample,) = fenced("jinja", "docs/letters.md"), fenced("toml", "docs/letters.md")
    for language in ("en", "de"):
        (folder / language / "sales" / "example.md").write_text(letter, encoding="utf-8")
    (folder / "samples" / "sales" / "example.toml").write_text(sample, encoding="utf-8")
    templates = Templates.load(folder)
    assert templates.check() == ()
    written = templates.preview("sales/example", "de")
    assert written.subject == "Re: numbers - 12.000,00 EUR booked"
    assert "Acme Corp   12.000,00 EUR   „acme corp 12k“" in written.text


def test_the_page_about_letters_names_every_filter_and_every_style_of_a_column_and_no_other() -> None:
    text = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    table = text.partition("## Filters")[2].partition("## Tables")[0]
    rows = [row for row in table.splitlines() if row.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`(\w+)[`(]", row.split("|")[1])}
    voice = next(iter(Templates.load(ROOT / "templates")._voices.values()))
    assert isinstance(voice, Voice)
    assert named == set(voice.filters)
    styles = text.partition("the styles are")[2].partition("## Samples")[0]
    assert set(re.findall(r"`(\w+)`", styles)) == {*STYLES, "currency"}


def test_the_tables_of_the_page_about_rules_are_those_of_the_code() -> None:
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert MARK in text
    assert page(text) == text, "renew them: .venv/bin/python docs/make_reference.py"


@pytest.mark.parametrize("shown", PAGES, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_or_a_heading_that_is_there(shown: Path) -> None:
    for link in _LINK.findall(shown.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, heading = link.partition("#")
        target = shown.parent / name if name else shown
        assert target.exists(), f"{shown.name} links to {link}"
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE) if heading else []
        assert not heading or heading in {each.lower().replace(" ", "-") for each in headings}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    written = UNIT.read_text(encoding="utf-8").replace("/opt/mailbot/bin/mailbot", "/bin/true")
    assert verified(tmp_path / "mailbot.service", written) == ""
    misspelt = written.replace("ProtectSystem=", "ProtectSytsem=")
    assert "ProtectSytsem" in verified(tmp_path / "mailbot.service", misspelt)


def test_the_unit_leaves_a_letter_that_is_handed_over_the_time_that_it_may_take() -> None:
    (seconds,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)
    assert int(seconds) > FINAL_REPLY_SECONDS


def verified(unit: Path, written: str) -> str:
    unit.write_text(written, encoding="utf-8")
    return subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, check=False, text=True
    ).stderr.strip()
