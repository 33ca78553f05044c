"""Where a quoted mail begins: rulers, header blocks and "On … wrote:" lines. Each detector looks at a few lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import re2

from mailbot.message.phrases import (
    ATTRIBUTION_OPENERS,
    ATTRIBUTION_VERBS,
    FROM_LABELS,
    OTHER_LABELS,
    SENT_LABELS,
    SEPARATOR_PHRASES,
    SUBJECT_LABELS,
    TO_LABELS,
)

_MOST_ATTRIBUTION_LINES = 4
_MOST_ATTRIBUTION_CHARACTERS = 500
_MOST_BLOCK_LINES = 14

_LABEL = re.compile(r"[*_ \t>]{0,8}([^\W\d_][\w-]{0,20})(?: +[\w-]{1,12})?[*_ ]{0,3}[:：]")
_DATED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}")
_DIGIT = re.compile(r"\d")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_VERB = re.compile("|".join(map(re.escape, ATTRIBUTION_VERBS)))
_ANY_VERB = re2.compile("|".join(str(re2.escape(verb)) for verb in ATTRIBUTION_VERBS))  # for a whole text, at one go
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_LABEL_CLASSES = (
    [("from", label) for label in FROM_LABELS]
    + [("sent", label) for label in SENT_LABELS]
    + [("to", label) for label in TO_LABELS]
    + [("subject", label) for label in SUBJECT_LABELS]
    + [("other", label) for label in OTHER_LABELS]
)
_CLASS_OF_LABEL = {label: label_class for label_class, label in _LABEL_CLASSES}


@dataclass(frozen=True, slots=True)
class ReplyHeader:
    """The lines up to `end` introduce a quoted mail; `to_the_end` says that all behind them is that mail."""

    end: int
    to_the_end: bool


def possible_starts(lines: Sequence[str]) -> list[int]:
    """The lines in which a reply header may begin: a cheap look at each, so that few are read closely."""
    starts: set[int] = set()
    has_verb = _ANY_VERB.search("\n".join(lines).casefold().encode("utf-8", "replace")) is not None
    for at, line in enumerate(lines):
        if not line:
            continue
        is_ruled = line[0] in "-_=*~" and len(line) > 3
        if is_ruled or line.find(":", 1, 24) > 0 or "：" in line[:24] or _DATED.match(line):
            starts.add(at)
        if (has_verb and _VERB.search(line.casefold())) or (line[-1] in ":：" and "@" in line):
            starts.update(range(max(at - _MOST_ATTRIBUTION_LINES + 1, 0), at + 1))
    return sorted(starts)


def find_reply_header(lines: Sequence[str], at: int) -> ReplyHeader | None:
    """The reply header that begins in line `at`, or None. Lines come stripped of white space."""
    for detect in _DETECTORS:
        if (end := detect(lines, at)) is not None:
            return ReplyHeader(end, to_the_end=detect is not _attribution)
    return None


def _separator(lines: Sequence[str], at: int) -> int | None:
    """ "-----Original Message-----", and a ruler above a header block."""
    line = lines[at]
    if len(line) > 120:
        return None
    core = line.strip("-_=*~ >.:")
    if not core and len(line) >= 8:
        following = _next_filled(lines, at + 1)
        return _header_block(lines, following) if following is not None else None
    if len(core) < len(line) and core.casefold().startswith(SEPARATOR_PHRASES):
        return at + 1
    return None


def _next_filled(lines: Sequence[str], at: int) -> int | None:
    return next((i for i in range(at, min(at + 3, len(lines))) if lines[i]), None)


def _header_block(lines: Sequence[str], at: int) -> int | None:
    """From:, Sent:, To:, Subject: and the like, in any order and language, values perhaps folded."""
    if _label_class(lines[at]) not in {"from", "sent", "subject", "to"}:
        return None
    seen: set[str] = set()
    end = at
    strangers = 0
    for i in range(at, min(at + _MOST_BLOCK_LINES, len(lines))):
        found = _label_class(lines[i])
        if found is None:
            strangers += 1
            if strangers > 2 or (not lines[i] and len(seen) >= 3):
                break
            continue
        if found in seen and found != "other":
            break
        seen.add(found)
        end, strangers = i + 1, 0
    if "from" in seen and ("sent" in seen or {"to", "subject"} <= seen):
        return end
    block = " ".join(lines[at:end])
    return end if {"sent", "to"} <= seen and "@" in block and _CLOCK.search(block) else None


def _label_class(line: str) -> str | None:
    label = _LABEL.match(line)
    return _CLASS_OF_LABEL.get(label[1].casefold()) if label else None


def _attribution(lines: Sequence[str], at: int) -> int | None:
    """ "On Mon, Nov 3, 2025 at 9:00 AM Ellen <ellen@…> wrote:", over up to four lines."""
    if not _may_open(lines[at]):
        return None
    window = ""
    for i in range(at, min(at + _MOST_ATTRIBUTION_LINES, len(lines))):
        if not lines[i] or len(window) + len(lines[i]) > _MOST_ATTRIBUTION_CHARACTERS:
            return None
        window = f"{window} {lines[i].lstrip('> ')}" if window else lines[i]
        if _attributes(window):
            later = next((j for j in range(at + 1, i + 1) if _opens_itself(lines, j, i)), None)
            return i + 1 if later is None else None
    return None


def _opens_itself(lines: Sequence[str], start: int, end: int) -> bool:
    first = _FIRST_WORD.match(lines[start].lstrip("*_- "))
    if first is None or first[0].casefold() not in ATTRIBUTION_OPENERS or not first[0][0].isupper():
        return False
    return _attributes(" ".join(lines[start : end + 1]))


def _may_open(line: str) -> bool:
    line = line.lstrip("*_- ")
    if not line or len(line) > _MOST_ATTRIBUTION_CHARACTERS:
        return False
    if line[0].isdigit() or ("<" in line and ">" in line) or "@" in line:
        return True
    first = _FIRST_WORD.match(line)
    if first is not None and first[0].casefold() in ATTRIBUTION_OPENERS:
        return True
    return line[0] in "在于" or _VERB.search(line.casefold()) is not None


def _attributes(text: str) -> bool:
    """Whether the joined lines say who wrote and when: a verb at the end, or a verb with an address or a time."""
    bare = text.rstrip("-*_ ")
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
    if ending.endswith(ATTRIBUTION_VERBS):
        return True
    return _VERB.search(folded) is not None and ("@" in folded or _CLOCK.search(folded) is not None)


_DETECTORS: tuple[Callable[[Sequence[str], int], int | None], ...] = (_separator, _header_block, _attribution)
