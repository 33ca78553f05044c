"""All that is German is by one hand, in letters and in the words that the program makes itself, of tasks and of steps:
quotations stand in „…“, and departments are said du, as colleagues are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import mailbot
from mailbot.config import SHIPPED
from mailbot.letters.tables import table_of
from mailbot.letters.wording import Wording

_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SOURCES = sorted(Path(mailbot.__file__).parent.rglob("*.py"))
GERMAN = sorted((SHIPPED / "templates" / "de").rglob("*.md"))


def prose(letter: Path) -> Iterator[str]:
    """Its lines, without what Jinja reads."""
    yield from _TAG.sub("", letter.read_text(encoding="utf-8")).split("\n")


@pytest.mark.parametrize("letter", GERMAN, ids=lambda letter: f"{letter.parent.name}/{letter.stem}")
def test_quotations_stand_in_german_quotes_that_are_closed(letter: Path) -> None:
    lines = list(prose(letter))
    assert [line for line in lines if '"' in line] == []
    assert [line for line in lines if line.count("„") != line.count("“")] == []


@pytest.mark.parametrize("letter", [each for each in GERMAN if each.parent.name == "departments"], ids=lambda x: x.stem)
def test_a_department_is_said_du(letter: Path) -> None:
    assert not re.search(r"\b(?:ihr|euch|eure?[mnrs]?)\b", "\n".join(prose(letter)), re.IGNORECASE)


def test_there_are_letters_to_look_at() -> None:
    assert len(GERMAN) > 100


def german_in(tree: ast.AST) -> Iterator[ast.AST]:
    """What is German in a source: the second of two wordings, and what a method gives that says it in German."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Words") | ast.Attribute(attr="say"), args=[_, german]):
                yield german
            case ast.FunctionDef(name="in_german"):
                yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)


def pieces(node: ast.AST) -> str:
    """The words that stand in an expression as they are; a value that is written with `!r` is a straight quotation."""
    found = ""
    for each in ast.walk(node):
        match each:
            case ast.Constant(value=str(words)):
                found += words
            case ast.FormattedValue(conversion=114):
                found += '"'
    return found


def test_the_program_quotes_in_german_quotes_too() -> None:
    found = [
        (f"{source.relative_to(SHIPPED)}:{node.lineno}", pieces(node))
        for source in SOURCES
        for node in german_in(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.expr)
    ]
    assert len(found) > 100
    assert [each for each in found if '"' in each[1] or each[1].count("„") != each[1].count("“")] == []


@pytest.mark.parametrize("source", ["Words('a', 'die \"b\"')", "teller.say('a', f'die „{b}')", "Words('a', f'{b!r}')"])
def test_a_straight_quotation_in_a_source_is_seen(source: str) -> None:
    (node,) = german_in(ast.parse(source))
    assert '"' in pieces(node) or pieces(node).count("„") != pieces(node).count("“")


def test_a_table_quotes_as_its_language_does() -> None:
    rows = ({"words": "12,5 TEUR"}, {"words": "x" * 200})
    german, english = (
        table_of(Wording(language), rows, ["words:quoted"], numbered=False).as_text().split("\n")
        for language in ("de", "en")
    )
    assert [german[0].strip(), english[0].strip()] == ["„12,5 TEUR“", '"12,5 TEUR"']
    assert (german[1][-2:], english[1][-2:]) == ("…“", '…"')
