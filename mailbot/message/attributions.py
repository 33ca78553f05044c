"""The line by which a mail program introduces a quote: "On Mon, Nov 3, 2025 at 9:00 AM Ellen <ellen@…> wrote:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import re2

from mailbot.message.reply_phrases import ARTICLES, ATTRIBUTION_OPENERS, ATTRIBUTION_VERBS, BY_WORDS, TELLERS

MOST_LINES = 4
_MOST_CHARACTERS = 500
_MOST_WORDS_ALONE = 6

_DATED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_DAY = re.compile(r"(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2}(?!\d)")
_DIGIT = re.compile(r"\d")
_WHO_OR_WHEN = re.compile(rb"[0-9@>]")  # without a number and an address, it is one only above a quote
_CLOCK = re.compile(r"(?<![\d.])\d{1,2}[:.h]\d{2}(?![\d.])")  # and no part of 192.0.2.25
_VERB = re.compile("|".join(map(re.escape, sorted(ATTRIBUTION_VERBS, key=len, reverse=True))))
_ANY_VERB = re2.compile("|".join(str(re2.escape(verb)) for verb in ATTRIBUTION_VERBS))  # in bytes, at one go
_VERBS = frozenset(ATTRIBUTION_VERBS)
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDS = ":：>-*_"
_COLONS = (":", "：")
_NAME_PARTICLES = frozenset({"von", "van", "de", "der", "den", "da", "di", "la", "le"})


def possible_starts(lines: Sequence[str], searched: bytes) -> set[int]:
    """The lines in which an attribution may begin: a cheap look at each. `searched` is all of them, casefolded."""
    if searched.isascii() and _WHO_OR_WHEN.search(searched) is None:
        return set()
    starts = {at for at, line in enumerate(lines) if line[:1].isdigit() and _DATED.match(line)}
    ends = _lines_with_a_verb(searched)
    if b"@" in searched:
        ends.update(at for at, line in enumerate(lines) if line[-1:] in _COLONS and "@" in line)
    for at in ends:
        starts.update(range(max(at - MOST_LINES, 0), at + 1))
    return starts


def _lines_with_a_verb(searched: bytes) -> set[int]:
    found: set[int] = set()
    line = counted = 0
    for verb in _ANY_VERB.finditer(searched):
        line += searched.count(b"\n", counted, verb.start())
        counted = verb.start()
        found.add(line)
    return found


def find(lines: Sequence[str], at: int) -> int | None:
    """The line behind the attribution that begins in line `at`, over up to four lines, or None."""
    if not _may_open(lines[at]):
        return None
    window = ""
    for i in range(at, min(at + MOST_LINES + 1, len(lines))):
        line = lines[i]
        if len(window) + len(line) > _MOST_CHARACTERS:
            return None
        if not line:
            # Nothing but the address and the verb may stand apart, as programs do that turn HTML into text.
            if i == at or not _is_address_with_verb(lines[i + 1 : i + 4]):
                return None
            continue
        window = f"{window} {line.lstrip('> ')}" if window else line
        is_above = _quote_follows(lines, i)
        if line[-1] not in _ENDS and "GMT" not in window and not is_above:
            continue
        if _attributes(window) or (is_above and _speaks_of_a_quote(window)):
            later = next((j for j in range(at + 1, i + 1) if _opens_itself(lines, j, i)), None)
            if later is not None:
                return None
            return i + 2 if _is_verb_alone(lines, i + 1) else i + 1
    return None


def _is_verb_alone(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and lines[at].casefold().rstrip(":： ") in _VERBS and lines[at][-1] in ":："


def _is_address_with_verb(lines: Sequence[str]) -> bool:
    if not lines or not lines[0].startswith("<"):
        return False
    return any(len(line) < _MOST_CHARACTERS and _says_verb(line) for line in lines)


def ends_in_one(lines: Sequence[str]) -> bool:
    """Whether the last filled lines are an attribution: then what follows is what it speaks of."""
    end = len(lines)
    while end and not lines[end - 1].strip("> "):
        end -= 1
    last = [line.strip() for line in lines[max(end - MOST_LINES, 0) : end]]
    return any(_ends_with(last, at) for at in range(len(last)))


def _ends_with(lines: Sequence[str], at: int) -> bool:
    joined = " ".join(lines[at:])
    if len(joined) > _MOST_CHARACTERS or not _may_open(lines[at]):
        return False
    return _attributes(joined) or _speaks_of_a_quote(joined)


def _opens_itself(lines: Sequence[str], start: int, end: int) -> bool:
    first = _FIRST_WORD.match(lines[start].lstrip("*_- "))
    if first is None or first[0].casefold() not in ATTRIBUTION_OPENERS or not first[0].istitle():  # no "AM"
        return False
    return _attributes(" ".join(lines[start : end + 1]))


def _may_open(line: str) -> bool:
    line = line.lstrip("*_- ")
    if not line or len(line) > _MOST_CHARACTERS:
        return False
    if line[0].isdigit() or ("<" in line and ">" in line) or "@" in line:
        return True
    first = _FIRST_WORD.match(line)
    if first is not None and first[0].casefold() in ATTRIBUTION_OPENERS:
        return True
    return line[0] in "在于" or _says_verb(line)


def _says_verb(line: str) -> bool:
    return _ANY_VERB.search(line.casefold().encode("utf-8", "replace")) is not None


def _attributes(text: str) -> bool:
    """Whether the joined lines say who wrote and when: a verb at the end, or a verb with an address or a time."""
    bare = text.replace("\xa0", " ").replace("\u202f", " ").rstrip("-*_ ")
    if "@" not in bare and _DIGIT.search(bare) is None:
        return False
    opened = bare.lstrip("*_- ")
    if _DATED.match(opened) and ("GMT" in opened[:30] or ("@" in bare and bare[-1] in ":：>")):
        return True
    if bare.endswith((">:", ">：")) and "@" in bare and _CLOCK.search(bare):
        return True
    folded = bare.casefold()
    ending = folded.rstrip(":： ")
    if folded[-1] not in ":：" and not (text != bare and ending.endswith("wrote")):
        return False
    verb = _VERB.search(folded)
    if verb is None:
        return _names_who_by_address(ending)
    if _tells(folded[: verb.start()], folded[verb.end() :]):
        return False
    if ending.endswith(ATTRIBUTION_VERBS) or "@" in folded or _CLOCK.search(folded) is not None:
        return True
    return _DAY.search(folded) is not None and _is_name(bare[verb.end() :])


def _names_who_by_address(text: str) -> bool:
    """ "Nov 3, 2025, 09:00 by ellen@x.example:"."""
    *_, by, address = ["", "", *text.split()]
    return by in BY_WORDS and "@" in address and _CLOCK.search(text) is not None and _DAY.search(text) is not None


def _tells(before: str, behind: str) -> bool:
    """Whether somebody is the subject of the verb who is not named: "I", "he", "the client"."""
    *_, article, last = ["", "", *before.split()]
    first, *_ = [*behind.strip(":： ").split(), ""]
    return last in TELLERS or first in TELLERS or article in ARTICLES or first in ARTICLES


def _is_name(text: str) -> bool:
    words = text.strip("\"'*<>:： ").split()
    return 0 < len(words) <= _MOST_WORDS_ALONE and all(
        not word[0].islower() or word in _NAME_PARTICLES for word in (each.strip("\"'(),") or "-" for each in words)
    )


def _quote_follows(lines: Sequence[str], at: int) -> bool:
    return next((line for line in lines[at + 1 : at + 3] if line), "").startswith(">")


def _speaks_of_a_quote(text: str) -> bool:
    """What is an attribution only because a quote follows: "Ellen Fox wrote:" without a date, one without its colon,
    and an address and a number before a colon, in whatever language."""
    if text[-1] in ":：":
        return ("@" in text and _DIGIT.search(text) is not None) or _names_only(text)
    return text.casefold().endswith(ATTRIBUTION_VERBS) and _attributes(f"{text}:")


def _names_only(text: str) -> bool:
    bare = text.replace("\xa0", " ").rstrip("-*_ ")
    ending = bare.casefold().rstrip(":： ")
    verb = next((verb for verb in ATTRIBUTION_VERBS if ending.endswith(f" {verb}")), None)
    return bare[-1:] in {":", "："} and verb is not None and _is_name(bare.rstrip(":： ")[: -len(verb)])
