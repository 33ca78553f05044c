"""What a department says of the numbered things of a letter: "1 done, 2 problem: artwork missing". Pure.

A clause begins with the numbers it is about, or speaks of all that was asked, and with one word that says how it
stands. What follows belongs to it: a link, a page, a reason. A clause that takes it back or puts it off ("not done
yet", "done by Friday") says nothing that counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mailbot.duties.departments.facts import Says
from mailbot.letters.cleaning import one_line
from mailbot.message.web_addresses import web_addresses_in

_READ: Final = 4_000  # characters
_LONGEST_WORDS: Final = 300
_MOST_NUMBER: Final = 99

_DONE: Final = (
    "done|fixed|ready|live|online|up|delivered|finished|completed|complete|booked|applied|corrected|repaired|sorted|"
    "erledigt|fertig|behoben|korrigiert|geliefert|gebucht|eingetragen|gemacht|repariert|umgesetzt|veröffentlicht"
)
_PROBLEM: Final = (
    r"problem(?:s|e|en)?(?! (?:is|was|ist|wurde|sind|wurden|now|jetzt|nun)\b)|"
    "stuck|blocked|blockiert|hakt|klemmt|unmöglich|impossible"
)
_NUMBERS: Final = r"\d{1,2}(?:\s?(?:,|&|\+|-|–|and|und|to|bis)\s?\d{1,2}){0,12}"
_ALL: Final = r"all of it|all of them|all|everything|alles|alle|beide|beides|both"
_HEAD = re.compile(
    rf"(?<![\w./-])(?:(?:no\.?|nr\.?|nummer|number|#)\s?)?(?:(?P<numbers>{_NUMBERS})|(?P<all>{_ALL}))"
    rf"\s?[.):]?\s?(?:is|are|ist|sind|=|->|-|–|:)?\s?(?P<said>{_DONE}|{_PROBLEM})(?![\w-])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![\w-])(?P<said>{_DONE}|{_PROBLEM})(?![\w-])", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"(?<![\w])(?:not|nicht|never|noch|yet|almost|nearly|fast|soon|bald|will|wird|werden|\w{2,8}n['’]t|tomorrow|morgen|"
    r"later|später|next|nächste|until|when|wann|if|wenn|ob|whether|should|sollte|no|kein|keine|keinen|unless|half|halb)"
    r"(?![\w])",
    re.IGNORECASE,
)
_DAY: Final = (
    r"\d|mon|tue|wed|thu|fri|sat|sun|die|mit|don|fre|sam|son|jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|"
    r"dez|week|woche|day|tag|month|monat"
)
_BY_A_DAY = re.compile(
    r"\s{0,2}(?:(?:by|until|bis|before|vor|next|ab)\b|"
    rf"(?:on|am|in)\s(?:the |a |der |den |dem |next |nächsten ){{0,2}}(?:{_DAY}))",
    re.IGNORECASE,
)
_NO = re.compile(r"(?<!\w)(?:no|kein|keine|keinerlei)\s{0,3}$", re.IGNORECASE)
_PAGE = re.compile(r"(?<!\w)(?:pages?|pp?\.?|seiten?|s\.)\s?(\d{1,4})(?!\w)", re.IGNORECASE)
_LEADS_TO = re.compile(r"->|→|=>|leads to|links to|führt (?:zu|auf)|verlinkt auf", re.IGNORECASE)
_WORDS_BEFORE: Final = 6  # that may stand before a word that speaks of all: "hi, the banner is live"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: the numbers it names (none: all that was asked, `is_for_all` where it says so), and what it says."""

    numbers: tuple[int, ...]
    is_for_all: bool
    says: Says
    words: str
    start: int
    end: int
    link: str | None = None
    target: str | None = None
    page: str | None = None


def clauses_in(text: str) -> tuple[Clause, ...]:
    """What is said in the new words of a mail, in its order; () where nothing clear is. Linear in its length."""
    text = text[:_READ]
    masked = _without_proof(text)
    heads = _numbered(masked) or _bare(masked)
    if not heads:
        return _proof_alone(text)
    ends = [*(head.start() for head in heads[1:]), len(text)]
    clauses = tuple(_clause(head, text, end) for head, end in zip(heads, ends, strict=True))
    is_put_off = any(_is_put_off(head, masked, end) for head, end in zip(heads, ends, strict=True))
    return () if is_put_off else clauses


def _without_proof(text: str) -> str:
    """The text with blanks where addresses and pages stand: their words and numbers say nothing of how it stands."""
    pieces, at = [], 0
    for found in web_addresses_in(text):
        pieces += [text[at : found.start], " " * (found.end - found.start)]
        at = found.end
    return _PAGE.sub(lambda page: " " * len(page[0]), "".join((*pieces, text[at:])))


def _numbered(masked: str) -> list[re.Match[str]]:
    return list(_HEAD.finditer(masked))


def _bare(masked: str) -> list[re.Match[str]]:
    """The one word that speaks of all that was asked, near the beginning of a line; none where two disagree."""
    found: list[re.Match[str]] = []
    at = 0
    for line in masked.splitlines(keepends=True):
        said = (
            each for each in _BARE.finditer(masked, at, at + len(line)) if not _NO.search(masked[at : each.start()])
        )
        match = next(said, None)
        if match and len(masked[at : match.start()].split()) <= _WORDS_BEFORE:
            found.append(match)
        at += len(line)
    agree = len({_says(match) for match in found}) == 1
    return found[:1] if agree else []


def _clause(head: re.Match[str], text: str, end: int) -> Clause:
    named = head.groupdict()
    words = text[head.start() : end]
    link, target = _addresses(text[head.end() : end])
    page = _PAGE.search(words[:_LONGEST_WORDS])
    return Clause(
        numbers=_counted(named.get("numbers") or ""),
        is_for_all=bool(named.get("all")),
        says=_says(head),
        words=one_line(words, _LONGEST_WORDS).rstrip(" ,;"),
        start=head.start(),
        end=head.end(),
        link=link,
        target=target,
        page=page[1] if page else None,
    )


def _says(head: re.Match[str]) -> Says:
    return Says.DONE if re.fullmatch(_DONE, head["said"], re.IGNORECASE) else Says.PROBLEM


def _is_put_off(head: re.Match[str], masked: str, end: int) -> bool:
    """Whether the clause takes back what its word says, or puts it off; a problem is one, however it is put."""
    line_start = masked.rfind("\n", 0, head.start()) + 1
    before = masked[max(line_start, head.start() - 60) : head.start()]
    sentence = re.split(r"[.!;\n]", masked[head.end() : end], maxsplit=1)[0]
    if _says(head) is Says.PROBLEM:
        return False
    after = masked[head.end() : end].lstrip()[:1]
    return (
        bool(_PUT_OFF.search(re.split(r"[.!,;:]", before)[-1]))
        or bool(_BY_A_DAY.match(masked, head.end(), end))
        or after == "?"
        or bool(_PUT_OFF.match(sentence.strip()))
    )


def _addresses(words: str) -> tuple[str | None, str | None]:
    """The page that is named, and the one that it leads to."""
    found = web_addresses_in(words)
    if not found:
        return None, None
    leading = _LEADS_TO.search(words)
    if leading and found[0].start > leading.start():
        return None, found[0].written
    second = found[1].written if len(found) > 1 else None
    return found[0].written, second


def _counted(written: str) -> tuple[int, ...]:
    """ "1, 3 and 4" as 1, 3, 4; "1-3" as 1, 2, 3."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d{1,2})(?:\s?(?:-|–|to|bis)\s?(\d{1,2}))?", written, re.IGNORECASE):
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(number for number in numbers if 0 < number <= _MOST_NUMBER))


def _proof_alone(text: str) -> tuple[Clause, ...]:
    """A page or an address and hardly a word beside it: the answer to "where can it be seen?"."""
    link, target = _addresses(text)
    page = _PAGE.search(text[:_LONGEST_WORDS])
    others = _without_proof(text).split()
    if not (link or page) or len(others) > _WORDS_BEFORE or _PUT_OFF.search(" ".join(others)) or "?" in others:
        return ()
    found = page[1] if page else None
    return (Clause((), False, Says.DONE, one_line(text, _LONGEST_WORDS), 0, len(text), link, target, found),)
