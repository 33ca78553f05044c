"""What a page calls itself, and whether it says that it is none: many servers say 200 where they have nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from mailbot.message.charsets import decode
from mailbot.message.html import read_html
from mailbot.message.limits import Limits
from mailbot.message.page_links import links_on
from mailbot.message.web_addresses import WebAddress

_LONGEST_TITLE: Final = 200
_LONGEST_LINE: Final = 120  # characters: a heading, or one sentence; an article about lost pages has longer ones
_FIRST_LINES: Final = 25
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"charset=[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_HEAD: Final = 2_048  # bytes in which a page names its charset (HTML Standard section 4.2.5.4)

# What a page that is none says of itself, in its title or in a line of its own at its top.
_THING = r"(?:page|site|address|url|file|document|link|content|product|article|offer|resource)"
_DING = r"(?:seite|webseite|datei|adresse|url|link|inhalt|dokument|artikel|produkt|angebot|ressource)"
_GONE: Final = (
    re.compile(rf"\b{_THING}s?\b.{{0,50}}\b(?:not|never|\w{{2,8}}n['’]t) (?:be )?(?:found|exist|available|located)\b"),
    re.compile(rf"\b{_THING}s?\b.{{0,50}}\b(?:no longer|not) (?:exists?|available|here|online|with us)\b"),
    re.compile(rf"\b(?:can ?not|can['’]t|could not|couldn['’]t) (?:find|locate)\b.{{0,40}}\b{_THING}\b"),
    re.compile(rf"\b{_THING} (?:has|have) (?:been )?(?:removed|deleted|gone|disappeared)\b"),
    re.compile(rf"\b(?:no such|missing) {_THING}\b"),
    re.compile(rf"\b{_DING}\b.{{0,50}}\b(?:nicht|nirgends) (?:mehr )?(?:gefunden|verfügbar|vorhanden|erreichbar)\b"),
    re.compile(rf"\b{_DING}\b.{{0,30}}\b(?:existiert|gibt es|besteht)\b.{{0,20}}\bnicht\b"),
    re.compile(rf"\b(?:konnten?|können) (?:die|diese|den|das|ihre)\b.{{0,30}}\b{_DING}\b.{{0,20}}\bnicht finden\b"),
    re.compile(rf"\b{_DING} (?:wurde|ist) (?:gelöscht|entfernt)\b"),
    re.compile(r"\b(?:error|fehler|http|code)[ :-]{1,3}(?:404|410)\b|\b(?:404|410)[ :-]{1,3}(?:error|fehler)\b"),
    re.compile(r"\bdomain\b.{0,40}\b(?:is|may be|steht) (?:for sale|zum verkauf|parked|geparkt)\b"),
    re.compile(r"^\W*(?:404|410)\b\W*(?:$|not\b|page\b|seite\b|nicht\b|file\b|oops\b|[|–·-])"),
    re.compile(r"^\W*(?:(?:oops|sorry|hoppla|ups|leider)\W+)?(?:not found|nicht gefunden)\W*$"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched: its title, the words by which it says that it is none ("" where it does not), and the
    addresses that it links to (None where they cannot be told)."""

    title: str
    says_not_found: str
    links: tuple[str, ...] | None


def page_of(body: bytes, declared: str | None, at: WebAddress) -> Page:
    """What was fetched of a page, read. Never raises; linear in its length."""
    named = _CHARSET.search(body[:_HEAD])
    html, _ = decode(body, declared or (named[1].decode("ascii") if named else None))
    title = _title(html)
    text = read_html(html, Limits()).text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [title, *(line for line in lines[:_FIRST_LINES] if len(line) <= _LONGEST_LINE)]
    return Page(title, next((line for line in said if _says_not_found(line)), ""), links_on(html, at))


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return " ".join(unescape(found[1]).split())[:_LONGEST_TITLE] if found else ""


def _says_not_found(line: str) -> bool:
    folded = line.casefold()
    return any(sign.search(folded) for sign in _GONE)
