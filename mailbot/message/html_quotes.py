"""Which elements of an HTML mail hold somebody else's words: the marks that mail programs put on them.

A blockquote alone is none: people indent their own words with it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

# Everything inside of these is quoted.
_HOLDERS = (
    "blockquote[type=cite]",  # Apple Mail, Thunderbird, Roundcube
    "blockquote[cite]",
    "div.gmail_quote blockquote",  # Gmail, K-9; what stands beside the blockquote may be an answer
    "div.gmail_quote_container blockquote",
    "blockquote.protonmail_quote",
    "blockquote.tutanota_quote",
    "blockquote.quote",  # Android
    ".yahoo_quoted",
    ".zmail_extra",  # Zoho
    'div[name="quote"]',  # GMX, web.de
    ".freshdesk_quote",
    ".hs_reply",  # HubSpot
    ".cm_quote blockquote",  # Newton
    "#isReplyContent",  # NetEase
    "#mail-editor-reference-message-container",  # Outlook for Mac and for phones
    'div[style*="border-left:solid blue 1.5pt"]',  # Outlook, where it is told to indent
)

# Outlook on the web puts "x_" before the names of others when it quotes or passes on, Hotmail put "ecx".
_NAME = re.compile(r"(?<=[.#])(?=[A-Za-z])")


def _however_renamed(*selectors: str) -> str:
    return ", ".join(_NAME.sub(prefix, each) for each in selectors for prefix in ("", "x_", "ecx"))


_HOLDING = _however_renamed(*_HOLDERS)
# The line above a quote; with a ruler it introduces a forward, which no blockquote holds.
_PREFIXES = _however_renamed(".gmail_attr", ".moz-cite-prefix", "#reply-intro")
# With these the quoted mail begins, and it goes on to the end.
_HEADS = _however_renamed(
    "#divRplyFwdMsg", "#appendonsend", ".OutlookMessageHeader", "#OLK_SRC_BODY_SECTION", "#stopSpelling",
    ".ms-outlook-mobile-reference-message", ".moz-forward-container",
    "#zwchr", '[data-marker="__HEADERS__"]',  # Zimbra
)  # fmt: skip
_RULED = 'div[style*="border-top:solid"], div[style*="solid none none"]'
_RULER = "-----"
_SIGNS = (
    "<blockquote", "<BLOCKQUOTE", "yahoo_quoted", "zmail_extra", "quote", "mail-editor-reference", "border-left:solid",
    "border-top:solid", "solid none none", "divRplyFwdMsg", "appendonsend", "OutlookMessageHeader", "OLK_SRC_BODY",
    "stopSpelling", "reference-message", "moz-forward", "zwchr", "__HEADERS__", "isReplyContent", "hs_reply",
)  # fmt: skip
_BLANKS = re.compile(r"\s+")
# The rule above Outlook's header block; the colours differ with its versions.
_OUTLOOK_RULE = re.compile(
    r"border-top:solid(?:#[0-9a-f]{3,6}|windowtext)1\.0pt;padding:3\.0pt0|border-style:solidnonenone;border-color:rgb\("
)
_LABEL = re.compile(r"[\s*]{0,20}\w[\w -]{0,20}[\s\xa0]?[:：]")


@dataclass(frozen=True, slots=True)
class MarkedQuotes:
    """The `mem_id` of the elements whose words are `held` as quoted, and of those that `head` a quoted mail."""

    held: frozenset[int]
    heads: frozenset[int]


_NONE = MarkedQuotes(frozenset(), frozenset())


def marked_quotes(root: LexborNode, html: str) -> MarkedQuotes:
    """What the program that wrote the mail marked as quoted. Linear in the number of elements."""
    if not any(map(html.__contains__, _SIGNS)):
        return _NONE
    held = {node.mem_id for node in root.css(_HOLDING)}
    heads = {node.mem_id for node in root.css(_HEADS) if _heads(node)}
    for prefix in root.css(_PREFIXES):
        quote = _next_element(prefix)
        if quote is not None and quote.tag == "blockquote":
            held.update((prefix.mem_id, quote.mem_id))
        elif _first_words(prefix).startswith(_RULER):
            heads.add(prefix.mem_id)
    heads.update(node.mem_id for node in root.css(_RULED) if _is_outlook_rule(node))
    return MarkedQuotes(frozenset(held), frozenset(heads))


def _heads(node: LexborNode) -> bool:
    """Outlook on the web leaves its place marker in new mails too: it counts only above a rule or a header block."""
    if not (node.attributes.get("id") or "").endswith("appendonsend"):
        return True
    following = _next_element(node)
    if following is None:
        return False
    return following.tag == "hr" or (following.attributes.get("id") or "").endswith("divRplyFwdMsg")


def _is_outlook_rule(node: LexborNode) -> bool:
    style = _BLANKS.sub("", (node.attributes.get("style") or "")[:500].lower())
    return _OUTLOOK_RULE.search(style) is not None and _LABEL.match(_first_words(node)) is not None


def _first_words(node: LexborNode) -> str:
    """The first text inside the element, found without reading all of it."""
    inner: LexborNode | None = node.child
    steps = 0
    while inner is not None and steps < 20:
        steps += 1
        if inner.tag == "-text" and (words := (inner.text_content or "").strip()):
            return words[:60]
        inner = inner.child if inner.child is not None else inner.next
    return ""


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    for _ in range(4):
        if following is None or (not (following.tag or "").startswith("-") and following.tag != "br"):
            return following
        following = following.next
    return None
