"""What a reader does not see, or sees struck out, and what is not what the writer says: signs, and HTML elements.

Judged are the styles that mails use to hide words; the cascade (CSS 2.2 section 6.4) is not computed. What cannot be
judged so simply counts as seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

# Soft hyphen, zero-width space, word joiner and invisible operators, byte order mark: none changes what is read, but
# each would part a word or a number. Joiners stay, for some scripts are not themselves without them.
_WITHOUT_WIDTH = "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"
_JUDGED = "[hidden], [style], s, strike, del, font[color], style"
_STRUCK_OUT = frozenset({"s", "strike", "del"})
_HIDING = re.compile(
    r"(?<![\w-])(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:[01](?:px|pt)?(?:;|!|$)"
    r"|font-size:0(?:em|%)|opacity:0(?:\.0+)?(?:;|!|$)|max-height:0(?:px)?(?:;|!|$)|color:transparent"
    r"|text-indent:-[0-9]{3}|(?:left|top):-[0-9]{3}|clip:rect\(0)"
    r"|text-decoration(?:-line)?:[^;]{0,60}line-through"
)
_NO_ROOM = re.compile(r"(?<![\w-])(?:height|width):0(?:px)?(?:;|!|$)")
_COLOR = re.compile(r"(?<![\w-])color:(#?\w{3,20})")
_GROUND = re.compile(r"background(?:-color)?:(#?\w{3,20})")
_WHITE = frozenset({"#fff", "#ffffff", "white"})
_ANY_GROUND = "style, [bgcolor], [background], [style*=background]"  # a colour that white can be read on
_BLANKS = re.compile(r"\s+")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,5})\s?")
_LONGEST_STYLE = 2_000  # characters
_LONGEST_SHEET = 100_000
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_ONE_NAME = re.compile(r"(?:[a-z][a-z0-9]{0,20})?[.#][a-z_][\w-]{0,60}", re.IGNORECASE)
_MOST_SELECTORS = 40  # each is a walk over the tree


def without_unseen(text: str) -> str:
    """The text without the signs that have no width."""
    if text.isascii():
        return text
    for sign in _WITHOUT_WIDTH:
        text = text.replace(sign, "")
    return text


def hidden_nodes(root: LexborNode) -> frozenset[int]:
    """The `mem_id` of every element that is hidden or struck out by itself; what is inside of one is not named."""
    hidden: set[int] = set()
    pale: list[int] = []
    for node in root.css(_JUDGED):
        if node.tag == "style":
            hidden.update(_hidden_by_sheet(root, node.text(deep=True)[:_LONGEST_SHEET]))
            continue
        style = _style_of(node)
        if _is_hidden(node, style):
            hidden.add(node.mem_id)
        elif (style.color or (node.attributes.get("color") or "").strip().lower()) in _WHITE:
            pale.append(node.mem_id)
    if pale and root.css_first(_ANY_GROUND) is None:
        hidden.update(pale)
    return frozenset(hidden)


def _is_hidden(node: LexborNode, style: _Style) -> bool:
    is_meant_so = node.tag in _STRUCK_OUT or "hidden" in node.attributes
    return is_meant_so or style.hides or style.is_on_its_own_color


class _Style(NamedTuple):
    """What a style says of what can be seen."""

    hides: bool
    is_on_its_own_color: bool
    color: str
    shows: bool  # it says how an element is displayed, and may take back what a sheet says


def _style_of(node: LexborNode) -> _Style:
    return _judged((node.attributes.get("style") or "")[:_LONGEST_STYLE])


@lru_cache(maxsize=1_000)  # mail programs write the same few styles, hundreds of times in a mail
def _judged(written: str) -> _Style:
    style = _plain(written)
    color = _COLOR.search(style)
    return _Style(_hides(style), _is_on_its_own_color(style), color[1] if color else "", "display:" in style)


def _hides(style: str) -> bool:
    return _HIDING.search(style) is not None or ("overflow:hidden" in style and _NO_ROOM.search(style) is not None)


def _is_on_its_own_color(style: str) -> bool:
    ground = _GROUND.search(style) if "background" in style else None
    color = _COLOR.search(style) if ground else None
    if color is None or ground is None:
        return False
    return color[1] == ground[1] or {color[1], ground[1]} <= _WHITE


def _plain(style: str) -> str:
    """A style without blanks, comments and escapes (CSS Syntax 3, section 4.3.7), in lower case."""
    if "/*" in style:
        style = _COMMENT.sub("", style)
    if "\\" in style:
        style = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), style)
    return _BLANKS.sub("", style.lower())


# --- style sheets ----------------------------------------------------------------------------------------------------


def _hidden_by_sheet(root: LexborNode, sheet: str) -> Iterator[int]:
    """The elements that a rule of the sheet hides by their class or id, and that do not say otherwise themselves."""
    left = _MOST_SELECTORS
    for selectors, style in _rules(_COMMENT.sub("", sheet)):
        if not _judged(style[:_LONGEST_STYLE]).hides:
            continue
        for selector in selectors.split(","):
            if left and _ONE_NAME.fullmatch(selector.strip()):
                left -= 1
                yield from (node.mem_id for node in root.css(selector.strip()) if not _style_of(node).shows)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet, without those inside of an at-rule: they hold for other screens, or for printers."""
    depth = at = 0
    for brace in _BRACE.finditer(sheet):
        if brace[0] == "{":
            depth += 1
            continue
        depth = max(depth - 1, 0)
        if depth == 0:
            rule = sheet[at : brace.end()]
            at = brace.end()
            if not rule.lstrip().startswith("@") and (found := _RULE.fullmatch(rule)):
                yield found[1], found[2]
