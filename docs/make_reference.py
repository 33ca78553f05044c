"""Writes the tables of docs/rules.md from the code: every field, check and verb that a rule file knows.

.venv/bin/python docs/make_reference.py
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mailbot.app import DUTIES
from mailbot.deciding import checks
from mailbot.deciding.fields import Field, FieldType, fields_of
from mailbot.deciding.kernel_verbs import KERNEL_VERBS
from mailbot.deciding.operands import _FORMS as FORMS
from mailbot.deciding.verbs import Verb, Vocabulary

PAGE = Path(__file__).with_name("rules.md")
MARK = "<!-- From here on this page is made by docs/make_reference.py. -->"
KERNEL = tuple(name for name in fields_of(DUTIES[0].vocabulary) if name not in DUTIES[0].vocabulary.fields)


def reference() -> str:
    """All that stands below the mark."""
    duties = [line for duty in DUTIES for line in _duty(duty.vocabulary)]
    return "\n".join([*_kernel_fields(), *_checks(), *_kernel_verbs(), *duties])


def page(written: str) -> str:
    """The page with its tables made anew."""
    return f"{written.partition(MARK)[0]}{MARK}\n\n{reference()}"


def _kernel_fields() -> Iterator[str]:
    fields = fields_of(DUTIES[0].vocabulary)
    rows = [(f"`{name}`", _type(fields[name]) if name != "kind" else "a text", fields[name].says) for name in KERNEL]
    yield from _section("## Fields of every rule file", ("field", "holds", "what it is"), rows)


def _checks() -> Iterator[str]:
    kinds = {"is": checks.Is, "one_of": checks.OneOf, "contains": checks.Contains, "words": checks.HasWords}
    kinds |= {"like": checks.Like, "regex": checks.Matches, "in_list": checks.InList, "at_least": checks.AtLeast}
    kinds |= {"at_most": checks.AtMost, "exists": checks.Exists}
    rows = []
    for name, form in FORMS.items():
        holding = (
            "any field"
            if form.fits == frozenset(FieldType)
            else ", ".join(kind for kind in FieldType if kind in form.fits)
        )
        rows.append((f"`{name}`", holding, (kinds[name].__doc__ or "").partition("\n")[0]))
    yield from _section("## Checks", ("check", "fits fields that hold", "holds where"), rows)


def _kernel_verbs() -> Iterator[str]:
    rows = _verbs(KERNEL_VERBS.values())
    yield from _section("## Verbs of every rule file", ("verb", "parameters", "what it does"), rows)


def _duty(vocabulary: Vocabulary) -> Iterator[str]:
    fields = fields_of(vocabulary)
    yield f"## rules/{vocabulary.duty}.toml\n"
    yield f"`kind` is one of {', '.join(f'`{kind}`' for kind in vocabulary.kinds)}.\n"
    yield from _table(("field", "holds"), [(f"`{name}`", _type(fields[name])) for name in vocabulary.fields])
    yield from _table(("verb", "parameters", "what it does"), _verbs(vocabulary.verbs.values()))


def _type(field: Field) -> str:
    return f"one of {', '.join(f'`{word}`' for word in field.words)}" if field.words else str(field.type)


def _verbs(verbs: Iterable[Verb[object]]) -> list[tuple[str, ...]]:
    return [
        (f"`{verb.name}`", ", ".join(map(_parameter, dataclasses.fields(verb.parameters))), verb.says) for verb in verbs
    ]


def _parameter(parameter: dataclasses.Field[object]) -> str:
    if parameter.default is dataclasses.MISSING:
        return f"`{parameter.name}`"
    match parameter.default:
        case bool():
            default = str(parameter.default).lower()
        case tuple():
            quoted = [f'"{word}"' for word in parameter.default]
            default = f"[{', '.join(quoted)}]"
        case _:
            default = f'"{parameter.default}"' if isinstance(parameter.default, str) else str(parameter.default)
    return f"`{parameter.name} = {default}`"


def _section(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"{title}\n"
    yield from _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
