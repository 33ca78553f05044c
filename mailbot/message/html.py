"""HTML to the text a reader sees, and its data tables as grids. Hidden text is left out, hidden rows are counted.

Deep nesting is refused before any parser sees it, for building such a tree takes quadratic time: then the tags are
taken off in one pass and no tables are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from mailbot.message import attributions
from mailbot.message.html_quotes import MarkedQuotes, marked_quotes
from mailbot.message.limits import Limits
from mailbot.message.model import Table
from mailbot.message.raised import RAISED, beside
from mailbot.message.tables import may_hold_data, read_tables
from mailbot.message.visibility import hidden_nodes, without_unseen

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
_CLOSED_BY_THE_NEXT = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "colgroup"}
)  # fmt: skip
_UNSEEN = frozenset(
    {"head", "style", "script", "title", "template", "noscript", "object", "iframe", "svg", "math", "select",
     "-comment", "-undef"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
     "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul"}
)  # fmt: skip
# Where a line, a cell of it, or what stands raised in it begins or ends.
_SHOWN = _BLOCKS | {"br", "td", "th"} | RAISED
_APART = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"}
)  # fmt: skip
# How mail programs mark the signature they put in; it is written below the delimiter of RFC 3676 section 4.3.
_SIGNATURES = (
    ".gmail_signature, .moz-signature, #Signature, #signature, #AppleMailSignature, #ms-outlook-mobile-signature, "
    "#composer_signature, .protonmail_signature_block, #aqm-signature, .front-signature, "
    'div[name="messageSignatureSection"], .x_gmail_signature, .x_moz-signature, #x_Signature, #x_AppleMailSignature, '
    "#x_ms-outlook-mobile-signature"
)
_TABLE_SIGN = re.compile("<table", re.IGNORECASE)
# How Outlook writes, in plain text, what its HTML marks as the head of the quoted mail.
_SEPARATOR = "-----Original Message-----"
_SIGNATURE_SIGN = "signature"
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->))*+(?:-->|\Z)")
_UNSPOKEN = frozenset({"style", "script", "title", "template", "noscript"})
_BLANKS = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class ReadHtml:
    """What an HTML part says: its text with quotes marked by "> ", its data tables, why it was refused, and cuts."""

    text: str
    tables: tuple[Table, ...]
    refused: str | None
    cut: tuple[str, ...] = ()


def read_html(html: str, limits: Limits) -> ReadHtml:
    """The text as a reader sees it, and the tables. Never raises; at most linear in the length of `html`."""
    refused = _too_much(html, limits)
    if refused:
        return ReadHtml(_without_tags(html), (), refused)
    root = _root(html)
    if root is None:
        return ReadHtml("", (), None)
    hidden = hidden_nodes(root)
    is_signed = _SIGNATURE_SIGN in html.lower()  # in whatever case; a pattern takes five times as long
    signatures = frozenset(node.mem_id for node in root.css(_SIGNATURES)) if is_signed else frozenset()
    tables, cut = read_tables(root, hidden, limits) if _TABLE_SIGN.search(html) else ((), ())
    text = _Writer(hidden, signatures, marked_quotes(root, html)).write(root)
    return ReadHtml(without_unseen(text), tables, None, cut)


def read_only_tables(html: str, limits: Limits) -> ReadHtml:
    """The tables, without the text: for a mail whose plain text is read. Never raises; linear as well."""
    refused = _too_much(html, limits)
    root = None if refused else _root(html)
    if root is None or not may_hold_data(root):
        return ReadHtml("", (), refused)
    tables, cut = read_tables(root, hidden_nodes(root), limits)
    return ReadHtml("", tables, None, cut)


def read_links(html: str, limits: Limits) -> tuple[str, ...] | None:
    """Where the links of a page lead, as they are written and in their order, the base of the page first ("" where it
    names none); None where the page is not given to a parser. Never raises; linear as well."""
    root = None if _too_much(html, limits) else _root(html)
    if root is None:
        return None
    base = root.css_first("base[href]")
    links = (node.attributes.get("href") for node in root.css("a[href], area[href]"))
    return ((base.attributes.get("href") or "") if base else "", *(each for each in links if each))


def _root(html: str) -> LexborNode | None:
    return LexborHTMLParser(html.replace("\0", "")).root


def _too_much(html: str, limits: Limits) -> str | None:
    """Why this HTML is not given to a parser, or None. Elements that close by themselves do not count as nested."""
    if html.count("<") <= min(limits.html_depth, limits.html_tags):
        return None
    depth = tags = 0
    for tag in _TAG.finditer(html):
        tags += 1
        name = tag[2].lower()
        if name in _VOID or name in _CLOSED_BY_THE_NEXT:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > limits.html_depth:
            return f"HTML nested deeper than {limits.html_depth}, read without its structure"
        if tags > limits.html_tags:
            return f"HTML with more than {limits.html_tags} tags, read without its structure"
    return None


def _without_tags(html: str) -> str:
    """The text between the tags, in one pass, without a tree."""
    first, *others = _COMMENT.sub("", html).split("<")
    pieces = [first]
    skipped = ""
    for piece in others:
        tag = _TAG.match("<" + piece[:24])
        name = tag[2].lower() if tag else ""
        if skipped and not (tag and tag[1] and name == skipped):
            continue
        skipped = name if name in _UNSPOKEN and tag and not tag[1] else ""
        if name in _BLOCKS or name == "br":
            pieces.append("\n")
        inside, closed, text = piece.partition(">")
        if name in RAISED:
            text = beside(pieces[-1], text)
        if not skipped:
            pieces.append(text if closed and (tag or inside[:1] in {"!", "?", "/"}) else f"<{piece}")
    lines = (_BLANKS.sub(" ", line).strip() for line in unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)


class _Entered(NamedTuple):
    """An element whose inside is being written: it is left when that is done."""

    tag: str
    is_quote: bool


class _Writer:
    """Walks a tree without recursion and writes the lines a reader would see."""

    __slots__ = (
        "_asked_at", "_fresh", "_has_quoted", "_hidden", "_line", "_lines", "_marked", "_quotes", "_raised",
        "_signatures", "_verbatim",
    )  # fmt: skip

    def __init__(self, hidden: frozenset[int], signatures: frozenset[int], marked: MarkedQuotes) -> None:
        self._hidden, self._signatures, self._marked = hidden, signatures, marked
        self._lines: list[str] = []
        self._line: list[str] = []
        self._quotes = 0
        self._verbatim = 0
        self._fresh = True
        self._raised = False  # whether the next text stands higher or lower than the one before it
        self._has_quoted = False
        self._asked_at = 0

    def write(self, root: LexborNode) -> str:
        stack: list[LexborNode | _Entered] = [root]
        has_marks = bool(self._signatures or self._marked.heads or self._marked.held)
        while stack:
            node = stack.pop()
            if isinstance(node, _Entered):
                self._leave(node.tag, is_quote=node.is_quote)
                continue
            if (following := node.next) is not None:
                stack.append(following)  # its turn comes when this one is done
            tag = node.tag or ""
            if tag == "-text":
                self._say(node.text_content or "")
                continue
            if tag in _UNSEEN or (self._hidden and node.mem_id in self._hidden):
                continue
            is_quote = (has_marks or tag == "blockquote") and self._mark(node, tag)
            if is_quote or tag in _SHOWN:
                self._enter(tag, is_quote=is_quote)
                stack.append(_Entered(tag, is_quote))
            if (child := node.child) is not None:
                stack.append(child)
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _mark(self, node: LexborNode, tag: str) -> bool:
        """Writes what tells a signature and the head of a quoted mail; says whether the element is a quote."""
        if self._signatures and node.mem_id in self._signatures:
            self._end_line()
            self._lines.append("-- ")
        if self._marked.heads and not self._quotes and node.mem_id in self._marked.heads:
            self._end_line()
            self._lines.append(_SEPARATOR)
        if self._marked.held and node.mem_id in self._marked.held:
            self._has_quoted = True
            return True
        return tag == "blockquote" and (self._has_quoted or self._is_introduced())

    def _is_introduced(self) -> bool:
        """Whether an attribution stands above: without one, a blockquote may be the writer's own words, indented."""
        self._end_line()
        if len(self._lines) != self._asked_at:
            self._asked_at = len(self._lines)
            self._has_quoted = attributions.ends_in_one(self._lines)
        return self._has_quoted

    def _enter(self, tag: str, *, is_quote: bool) -> None:
        if tag in RAISED:
            self._raised = True
        elif tag == "br":
            self._end_line(even_empty=True)
        elif tag in _BLOCKS or is_quote:
            self._end_line()
            self._stand_apart(tag)
            self._quotes += is_quote
            if tag == "pre":
                self._verbatim += 1
            elif tag == "li":
                self._line.append("- ")
                self._fresh = True
            elif tag == "hr":
                self._line.append("_" * 32)
                self._end_line()

    def _leave(self, tag: str, *, is_quote: bool) -> None:
        if tag in {"td", "th"} and not is_quote:
            self._line.append("\t")
            self._fresh = True
        elif tag in RAISED:
            self._raised = True
        elif tag in _BLOCKS or is_quote:
            self._end_line()
            self._quotes -= is_quote
            if tag == "pre":
                self._verbatim -= 1
            self._stand_apart(tag)

    def _say(self, text: str) -> None:
        if self._raised and text:
            text = beside(self._line[-1] if self._line else "", text)
            self._raised = False
        if self._verbatim:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in others:
                self._end_line(even_empty=True)
                self._line.append(line)
            return
        text = _BLANKS.sub(" ", text)
        if self._fresh:
            text = text.lstrip(" ")
        if text:
            self._line.append(text)
            self._fresh = text.endswith(" ")

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = "".join(self._line).replace("\xa0", " ").rstrip() if self._line else ""
        if line or (even_empty and (self._lines or self._quotes)):
            self._lines.append(f"{'>' * self._quotes} {line}".rstrip() if self._quotes else line)
        self._line.clear()
        self._fresh = True

    def _stand_apart(self, tag: str) -> None:
        if tag in _APART and self._lines and self._lines[-1].strip("> "):
            self._lines.append(">" * self._quotes)
