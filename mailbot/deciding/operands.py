"""`when.FIELD.CHECK = value`: the value becomes a check, where it fits the field; else it is said why not."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mailbot.deciding import checks
from mailbot.deciding.checks import Check
from mailbot.deciding.fields import Field, FieldType
from mailbot.deciding.folding import folded
from mailbot.suggestions import unknown

Lists = Mapping[str, frozenset[str]]


class UnfitError(Exception):
    """What is wrong with a check as it is written, in words for its author."""


def read_check(name: str, written: object, field: Field, lists: Lists) -> Check:
    """The check that a rule wants made on a field. Raises UnfitError."""
    form = _FORMS.get(name)
    if form is None:
        raise UnfitError(unknown("check", name, _FORMS))
    if field.type not in form.fits:
        fitting = ", ".join(other for other, form in _FORMS.items() if field.type in form.fits)
        raise UnfitError(
            f"the check {name!r} does not fit the field {field.name!r}, which is {field.type} - what fits: {fitting}"
        )
    return form.read(written, field, lists)


def read_number(written: object, field: Field) -> int | Decimal:
    """A number that fits a field."""
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, Decimal) and field.type is FieldType.AMOUNT and written.is_finite():
        return written
    raise _wants(field.type, written)


def read_text(written: object, field: Field) -> str:
    """A text, folded; one of the field's words, where it has only these."""
    if not isinstance(written, str):
        raise _wants(FieldType.TEXT, written)
    text = folded(written)
    if text and field.words and text not in {folded(word) for word in field.words}:
        raise UnfitError(unknown(field.name, written, field.words))
    return text


def read_yes_no(written: object) -> bool:
    """true or false."""
    if not isinstance(written, bool):
        raise _wants(FieldType.YES_NO, written)
    return written


def read_scalar(written: object, field: Field) -> bool | int | Decimal | str:
    """One value of the field's own type."""
    match field.type:
        case FieldType.YES_NO:
            return read_yes_no(written)
        case FieldType.NUMBER | FieldType.AMOUNT:
            return read_number(written, field)
        case FieldType.TEXT | FieldType.TEXTS:
            return read_text(written, field)


def _texts(written: object) -> tuple[str, ...]:
    """One text or several, folded, none of them empty: an empty one would hold everywhere."""
    several = written if isinstance(written, list) else [written]
    texts = tuple(folded(text) for text in several if isinstance(text, str) and text.strip())
    if not texts or len(texts) < len(several):
        raise UnfitError(f"wants a text or a list of texts, none of them empty, not {_written(written)}")
    return texts


def _one_of(written: object, field: Field, _: Lists) -> Check:
    if not isinstance(written, list) or not written:
        raise UnfitError(f"wants a list with at least one value, not {_written(written)}")
    return checks.OneOf(tuple(read_scalar(value, field) for value in written))


def _words(written: object, _: Field, __: Lists) -> Check:
    phrases = _texts(written)
    try:
        return checks.HasWords(phrases, checks.words_pattern(phrases))
    except ValueError as without:
        raise UnfitError(f"{without}: use contains for signs") from without


def _like(written: object, _: Field, __: Lists) -> Check:
    if not isinstance(written, dict):
        return checks.Like(_texts(written))
    if strange := [key for key in written if key not in ("text", "at_least")]:
        raise UnfitError(unknown("parameter of like", strange[0], ("text", "at_least")))
    at_least = written.get("at_least", checks.ALIKE)
    if not isinstance(at_least, int) or isinstance(at_least, bool) or not 1 <= at_least <= 100:
        raise UnfitError(f"like wants at_least from 1 to 100, not {_written(at_least)}")
    return checks.Like(_texts(written.get("text")), at_least)


def _regex(written: object, _: Field, __: Lists) -> Check:
    if not isinstance(written, str) or not written:
        raise UnfitError(f"wants a pattern, not {_written(written)}")
    pattern = unicodedata.normalize("NFC", written)
    for sign in pattern:
        if len(sign.casefold()) > 1:
            raise UnfitError(
                f"{sign!r} is never found: text is casefolded before it is searched - write {sign.casefold()!r}"
            )
    if trouble := checks.pattern_trouble(pattern):
        raise UnfitError(f"the pattern {written!r} is not taken: {trouble}")
    return checks.Matches(pattern)


def _in_list(written: object, _: Field, lists: Lists) -> Check:
    if not isinstance(written, str):
        raise UnfitError(f"wants the name of a list, not {_written(written)}")
    if written not in lists:
        raise UnfitError(unknown("list", written, lists))
    return checks.InList(written, lists[written])


@dataclass(frozen=True, slots=True)
class _Form:
    """How one check is written, and the fields it fits."""

    fits: frozenset[FieldType]
    read: Callable[[object, Field, Lists], Check]


_ALL = frozenset(FieldType)
_WORDED = frozenset({FieldType.TEXT, FieldType.TEXTS})
_COUNTED = frozenset({FieldType.NUMBER, FieldType.AMOUNT})
_SINGLE = frozenset({FieldType.TEXT}) | _COUNTED

_FORMS: Mapping[str, _Form] = {
    "is": _Form(_SINGLE | {FieldType.YES_NO}, lambda written, field, _: checks.Is(read_scalar(written, field))),
    "one_of": _Form(_SINGLE, _one_of),
    "contains": _Form(_WORDED, lambda written, _, __: checks.Contains(_texts(written))),
    "words": _Form(_WORDED, _words),
    "like": _Form(_WORDED, _like),
    "regex": _Form(_WORDED, _regex),
    "in_list": _Form(_WORDED, _in_list),
    "at_least": _Form(_COUNTED, lambda written, field, _: checks.AtLeast(read_number(written, field))),
    "at_most": _Form(_COUNTED, lambda written, field, _: checks.AtMost(read_number(written, field))),
    "exists": _Form(_ALL, lambda written, _, __: checks.Exists(read_yes_no(written))),
}


def _wants(wanted: FieldType, written: object) -> UnfitError:
    return UnfitError(f"wants {wanted}, not {_written(written)}")


def _written(value: object) -> str:
    """A value of the file, as a fault quotes it."""
    match value:
        case None:
            return "nothing"
        case bool() | int() | Decimal() | str():
            return checks.shown(value)
        case list():
            return "a list"
        case dict():
            return "a table"
        case _:
            return f"{value}"
