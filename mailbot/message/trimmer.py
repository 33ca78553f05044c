"""Who said which part of a text: new words, quoted words, the signature, furniture.

A text is cut into lines, each line is classified once, and lines of one kind become passages that know where they
stand. Linear in the length of the text; nothing is ever rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import groupby, pairwise
from typing import NamedTuple

from mailbot.message.closings import (
    is_banner,
    is_disclaimer,
    is_list_footer,
    is_tag_line,
    may_hold_furniture,
    name_words,
    ornament_start,
    signature_start,
)
from mailbot.message.limits import Limits
from mailbot.message.model import Body, Passage, Words
from mailbot.message.reply_headers import find_reply_headers, is_ruled_attribution

# Byte order marks, blanks of no width, and the marks of direction that programs put around names.
_MARKS = "\ufeff\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WRAPPED_AT = 65
_MOST_TORN = 30
_QUOTE_MARKS = (">", "|>")
_POINTED_AT = re.compile(r">[^<]*+<[< ]*+")  # ">>> www.acme.example <<<"
_LINK_ALONE = re.compile(r"[(<\[]https?://[^\s<>()]++[)>\]] ?>?")
_ENDS_IN_LINK = re.compile(r"[(<\[]https?://[^\s)>\]]+$")


class Kind(Enum):
    """Who a line belongs to."""

    NEW = "new"
    BLANK = "blank"
    QUOTED = "quoted"
    CITED = "cited"
    SIGNATURE = "signature"
    FURNITURE = "furniture"
    UNREAD = "unread"


_NEW, _BLANK = Kind.NEW, Kind.BLANK  # asked for line by line, and to ask an enumeration takes a call
_ENDINGS = (Kind.SIGNATURE, Kind.FURNITURE)
_FOR_PEOPLE = (Kind.NEW, Kind.CITED)
_FOR_FIGURES = (Kind.NEW, *_ENDINGS)
_CUT = (Kind.QUOTED, Kind.SIGNATURE, Kind.FURNITURE, Kind.UNREAD)
_NOT_ALIKE = (*_ENDINGS, Kind.CITED)  # what people and figures do not both have
_MARKED = (Kind.QUOTED, Kind.CITED)


class Stretch(NamedTuple):
    """Lines of one kind that follow each other: from the first character of the first to the last word of the last."""

    kind: Kind
    start: int
    end: int


def trim(
    text: str,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    sender_name: str = "",
    *,
    is_proven: bool = True,
) -> Body:
    """The text and who said which part of it.

    `sender_name` helps to see a signature that is only a name. `is_proven` says that quote marks show somebody else's
    words: the mail answers one, or a program put them there. Else it takes a reply header, and lines with marks and no
    header are a citation that people should see, and no source of figures.
    """
    if not text or text.isspace():
        return whole(text)
    stretches = classify(text, limits.pattern_characters, sender_name, is_proven=is_proven)
    for_people = _words(text, stretches, _FOR_PEOPLE)
    is_all_new = not any(kind in _NOT_ALIKE for kind, _, _ in stretches)
    return Body(
        original=text,
        for_people=for_people,
        for_figures=for_people if is_all_new else _words(text, stretches, _FOR_FIGURES),
        cut=_words(text, stretches, _CUT),
    )


def whole(text: str) -> Body:
    """The text of a machine's report: all of it is new, nobody quotes and nobody signs."""
    start = len(text) - len(text.lstrip())
    words = Words((Passage(text.strip(), start),) if text.strip() else ())
    return Body(original=text, for_people=words, for_figures=words, cut=Words(()))


def classify(text: str, most: int = 200_000, sender_name: str = "", *, is_proven: bool = True) -> list[Stretch]:
    """The whole text, told apart line by line. What lies behind the first `most` characters is not looked at."""
    raw = text[:most].split("\n")
    lines = [line.strip() for line in raw]
    if not text.isascii():
        lines = [line.strip(_MARKS) for line in lines]
    kinds = [_NEW if line else _BLANK for line in lines]
    searched = _searched(lines)
    has_header = _mark_quotes(lines, kinds, searched)
    if not is_proven and not has_header and Kind.QUOTED in kinds:
        _mark_citations(lines, kinds)
    _mark_endings(lines, kinds, sender_name, has_furniture=may_hold_furniture(searched))
    stretches = _stretches(raw, kinds)
    if len(text) > most:
        stretches.append(Stretch(Kind.UNREAD, most, most + len(text[most:].rstrip())))
    return stretches


def _searched(lines: Sequence[str]) -> bytes:
    """The lines as phrases are looked for in all of them at once."""
    return "\n".join(lines).casefold().encode("utf-8", "replace")


def _stretches(lines: Sequence[str], kinds: Sequence[Kind]) -> list[Stretch]:
    """Blank lines belong to a stretch only between two lines of it."""
    stretches: list[Stretch] = []
    filled = [at for at, kind in enumerate(kinds) if kind is not _BLANK]
    passed = position = 0  # lines, and the characters in them
    for kind, places in groupby(filled, kinds.__getitem__):
        run = list(places)
        first, last = run[0], run[-1]
        start = position + _characters(lines[passed:first])
        passed, position = last, start + _characters(lines[first:last])
        stretches.append(Stretch(kind, start, position + len(lines[last].rstrip())))
    return stretches


def _characters(lines: Sequence[str]) -> int:
    return sum(map(len, lines)) + len(lines)  # with the line ends


def _mark_quotes(lines: list[str], kinds: list[Kind], searched: bytes) -> bool:
    """Quoted lines, and the reply headers above them with everything they bring along; whether there are any."""
    has_header = False
    marked = [at for at, line in enumerate(lines) if _is_marked(line)] if b">" in searched else []
    for at in marked:
        kinds[at] = Kind.QUOTED
    _mark_torn_quotes(lines, kinds, marked)
    spoken = next((at for at, line in enumerate(lines) if line), 0)
    for header in find_reply_headers(lines, searched, lambda at: kinds[at] is Kind.NEW):
        has_header = True
        # Above an attribution stands nothing: then what stands below it is all that there is to say.
        below = header.start > spoken and not _quote_marks_follow(kinds, header.end)
        for i in range(header.start, len(lines) if header.to_the_end or below else header.end):
            kinds[i] = Kind.QUOTED
    return has_header


def _mark_citations(lines: list[str], kinds: list[Kind]) -> None:
    """Lines with quote marks that no reply header is in either."""
    marked = [line.lstrip("|> ") if kind is Kind.QUOTED else "" for line, kind in zip(lines, kinds, strict=True)]
    if next(find_reply_headers(marked, _searched(marked), lambda _: True), None) is None:
        for at, kind in enumerate(kinds):
            kinds[at] = Kind.CITED if kind is Kind.QUOTED else kind


def _is_marked(line: str) -> bool:
    return line.startswith(_QUOTE_MARKS) and not _POINTED_AT.fullmatch(line) and not is_ruled_attribution(line)


def _mark_torn_quotes(lines: list[str], kinds: list[Kind], marked: list[int]) -> None:
    """The tail that a program broke off a long quoted line, or a link of it, between two lines with quote marks."""
    for above, below in pairwise(marked):
        at = above + 1
        if below == at + 1 and kinds[at] is Kind.NEW and _is_torn_off(lines[above], lines[at]):
            kinds[at] = Kind.QUOTED


def _is_torn_off(above: str, line: str) -> bool:
    if _LINK_ALONE.fullmatch(line) or (_ENDS_IN_LINK.search(above[-200:]) and " " not in line):
        return True
    return len(above) >= _WRAPPED_AT and len(line) < _MOST_TORN and above[-1] not in ".?!:"


def _quote_marks_follow(kinds: list[Kind], at: int) -> bool:
    while at < len(kinds) and kinds[at] is Kind.BLANK:
        at += 1
    return at < len(kinds) and kinds[at] is Kind.QUOTED


def _mark_endings(lines: list[str], kinds: list[Kind], sender_name: str, *, has_furniture: bool) -> None:
    """Banners, tag lines and notices, then the signature of every run of unquoted lines."""
    first = next((at for at, kind in enumerate(kinds) if kind is _NEW), None)
    if first is not None and is_banner(lines[first]):
        for at in range(first, len(lines)):
            if kinds[at] is not Kind.NEW:
                break
            kinds[at] = Kind.FURNITURE
    own_name = name_words(sender_name)
    for start, end in _runs(kinds):
        if has_furniture:
            _mark_furniture(lines, kinds, start, end)
        _mark_signature(lines, kinds, start, end, own_name)


def _runs(kinds: list[Kind]) -> list[tuple[int, int]]:
    """The stretches without quoted lines."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at, kind in enumerate(kinds):
        if kind in _MARKED:
            if start is not None:
                runs.append((start, at))
            start = None
        elif start is None and kind is not _BLANK:
            start = at
    if start is not None:
        runs.append((start, len(kinds)))
    return runs


def _mark_furniture(lines: list[str], kinds: list[Kind], start: int, end: int) -> None:
    for at in range(start, end):
        if kinds[at] is Kind.NEW and is_tag_line(lines[at]):
            kinds[at] = Kind.FURNITURE
        elif kinds[at] is Kind.NEW and (is_disclaimer(lines[at]) or is_list_footer(lines, at)):
            for i in range(at, end):
                kinds[i] = Kind.FURNITURE if lines[i] else Kind.BLANK
            break


def _mark_signature(lines: list[str], kinds: list[Kind], start: int, end: int, own_name: frozenset[str]) -> None:
    spoken = [line if kind is _NEW else "" for line, kind in zip(lines[start:end], kinds[start:end], strict=True)]
    for i in range(start + ornament_start(spoken), end):
        if kinds[i] is Kind.NEW:
            kinds[i] = Kind.FURNITURE
    signature = signature_start(spoken, own_name)
    if signature is not None:
        for i in range(start + signature, end):
            if kinds[i] is Kind.NEW:
                kinds[i] = Kind.SIGNATURE


def _words(text: str, stretches: Sequence[Stretch], kinds: tuple[Kind, ...]) -> Words:
    """The lines of these kinds as passages."""
    passages: list[Passage] = []
    start: int | None = None
    end = 0
    for kind, begins, ends in stretches:
        if kind in kinds:
            if start is None:
                start = begins
            end = ends
        elif start is not None:
            passages.append(Passage(text[start:end], start))
            start = None
    if start is not None:
        passages.append(Passage(text[start:end], start))
    return Words(tuple(passages))
