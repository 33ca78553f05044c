"""Which parts are the text of a mail, and which of two alternatives says more (RFC 2046 section 5.1.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.message.content import text_of_part
from mailbot.message.defects import Defects
from mailbot.message.enriched import read_enriched
from mailbot.message.flowed import is_flowed, unflowed
from mailbot.message.html import read_html, read_only_tables
from mailbot.message.limits import Limits
from mailbot.message.model import Table
from mailbot.message.report import MACHINE_TYPES
from mailbot.message.structure import Part
from mailbot.message.winmail import Winmail

_ENRICHED_TYPES = frozenset({"text/enriched", "text/richtext"})
# What the same words are sent as a second time, for programs and watches of one maker.
_OTHER_HTML_TYPES = frozenset({"text/x-amp-html", "text/watch-html"})
_HTML_TYPES = _OTHER_HTML_TYPES | {"text/html"}
_TEXT_TYPES = _HTML_TYPES | _ENRICHED_TYPES | {"text/plain"}
_TABLE_SIGN = re.compile("<table", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class Texts:
    """The text of a mail as a reader sees it, the HTML source it may have come with, and that one's tables.

    `is_laid_out` where HTML was read: its quote marks stand only where a program put them.
    """

    text: str
    is_laid_out: bool
    html: str | None
    tables: tuple[Table, ...]
    parts: frozenset[str]


@dataclass(slots=True)
class _Piece:
    """What stands in one place of the mail: a plain text, an HTML text, or both as alternatives.

    `is_spare` says that it is in a form which is read only where there is no other.
    """

    plain: str | None
    html: str | None
    is_spare: bool = False


def is_inline_text(part: Part) -> bool:
    """Whether a part is written to be read with the mail, and is not a file that came with it."""
    return part.content_type in _TEXT_TYPES and part.disposition != "attachment" and not part.filename


def choose_texts(raw: bytes, root: Part, winmails: Mapping[str, Winmail], limits: Limits, defects: Defects) -> Texts:
    """The text parts in their order, of alternatives the better one. Of a report only the first text part counts."""
    used: set[str] = set()
    chooser = _Chooser(raw, limits, defects, used)
    pieces = chooser.pieces(root)
    for winmail in winmails.values():
        pieces = _with_words_of(winmail, pieces)
    if not pieces and (only := _only_text(root)):
        pieces = [chooser.piece(only)]
    if root.content_type == "multipart/report":
        pieces = pieces[:1]
    texts: dict[str, str] = {}
    tables: list[Table] = []
    is_laid_out = False
    for piece in pieces:
        text, found = _better(piece, limits, defects)
        is_laid_out = is_laid_out or (piece.html is not None and text is not piece.plain)
        tables.extend(found)
        if text:
            # Some programs send both alternatives as if they followed each other.
            texts.setdefault(_folded(text) if len(pieces) > 1 else "", text)
    whole = "\n".join(texts.values())
    if len(whole) > limits.text_characters:
        defects.note("text", f"longer than {limits.text_characters} characters, the rest is not read")
    html = next((piece.html for piece in pieces if piece.html is not None), None)
    return Texts(whole[: limits.text_characters], is_laid_out, html, tuple(tables[: limits.tables]), frozenset(used))


def _with_words_of(winmail: Winmail, pieces: list[_Piece]) -> list[_Piece]:
    """What Outlook packed says the same as the text beside it, where there is one, and may say it as HTML too."""
    if winmail.plain is None and winmail.html is None:
        return pieces
    if not any((piece.html or piece.plain or "").strip() for piece in pieces):
        return [_Piece(winmail.plain, winmail.html)]
    if len(pieces) == 1 and pieces[0].html is None:
        return [_Piece(pieces[0].plain, winmail.html)]
    return pieces


def _only_text(root: Part) -> Part | None:
    """What stands for the text where no part is meant to be it: a named text part, a report's machine part, else what
    stands where parts should be."""
    leaves = [part for part in root.leaves() if part.disposition != "attachment"]
    named = next((part for part in leaves if part.content_type in _TEXT_TYPES), None)
    machine = next((part for part in leaves if part.content_type in MACHINE_TYPES), None)
    return named or machine or next((part for part in leaves if part.content_type.startswith("multipart/")), None)


class _Chooser:
    __slots__ = ("_defects", "_limits", "_raw", "_used")

    def __init__(self, raw: bytes, limits: Limits, defects: Defects, used: set[str]) -> None:
        self._raw, self._limits, self._defects, self._used = raw, limits, defects, used

    def pieces(self, part: Part) -> list[_Piece]:
        if not part.children:
            return [self.piece(part)] if is_inline_text(part) else []
        inner = [piece for child in part.children for piece in self.pieces(child)]
        if part.content_type != "multipart/alternative" or len(inner) < 2:
            return inner
        return [_one_of(inner)]

    def piece(self, part: Part) -> _Piece:
        self._used.add(part.path)
        text = text_of_part(self._raw, part, self._limits, self._defects)
        if part.content_type in _ENRICHED_TYPES:
            return _Piece(
                read_enriched(text, self._limits.html_tags, is_richtext=part.content_type == "text/richtext"),
                None,
                is_spare=True,
            )
        if part.content_type in _HTML_TYPES:
            return _Piece(None, text, is_spare=part.content_type != "text/html")
        if is_flowed(part.parameters):
            text = unflowed(text, del_sp=part.parameters.get("delsp", "").strip().lower() == "yes")
        return _Piece(text, None)


def _one_of(pieces: list[_Piece]) -> _Piece:
    """Alternatives as one piece; in one form there may be more to read, as a list's footer below its HTML."""
    usable = [piece for piece in pieces if not piece.is_spare] or pieces[:1]
    plain = _each_once([piece.plain for piece in usable if piece.plain is not None])
    html = _each_once([piece.html for piece in usable if piece.html is not None])
    return _Piece("\n".join(plain) if plain else None, "\n".join(html) if html else None)


def _each_once(texts: list[str]) -> list[str]:
    return list({_folded(text): text for text in texts}.values()) if len(texts) > 1 else texts


def _folded(text: str) -> str:
    return "".join(text.split())


def _better(piece: _Piece, limits: Limits, defects: Defects) -> tuple[str, tuple[Table, ...]]:
    """The plain text unless it is much poorer than the HTML; the HTML's tables in any case.

    A reader sees no more of the HTML than is left of it without its tags: where that is little, it is not laid out.
    """
    if piece.html is None:
        return piece.plain or "", ()
    plain = piece.plain if piece.plain is not None and piece.plain.strip() else None
    is_enough = plain is not None and _letters(_TAGS.sub("", piece.html)) <= 2 * _letters(plain)
    if plain is not None and is_enough and not _TABLE_SIGN.search(piece.html):
        return plain, ()
    read = read_only_tables(piece.html, limits) if is_enough else read_html(piece.html, limits)
    for trouble in (read.refused, *read.cut):
        if trouble:
            defects.note("html", trouble)
    if plain is not None and (is_enough or _letters(read.text) <= 2 * _letters(plain)):
        return plain, read.tables
    return read.text, read.tables


def _letters(text: str) -> int:
    return len(text) - text.count(" ") - text.count("\n") - text.count("\t")
