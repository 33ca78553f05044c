"""Where a quoted mail begins: rulers, header blocks and "On … wrote:" lines. Each detector looks at a few lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from mailbot.message import attributions
from mailbot.message.reply_phrases import (
    ATTRIBUTION_VERBS,
    CUT_HERE_PHRASES,
    FORWARD_PHRASES,
    FROM_LABELS,
    ORIGINAL_PHRASES,
    OTHER_LABELS,
    SENT_LABELS,
    SUBJECT_LABELS,
    TO_LABELS,
)

_MOST_BLOCK_LINES = 14
_MOST_RULED_CHARACTERS = 120
_MOST_LINE_CHARACTERS = 400
_MOST_PHRASE_CHARACTERS = 48
_MOST_MOMENT_CHARACTERS = 40

_RULES = "-_=*~#>.: "  # with one of these begins every ruler, and what stands between rulers
_ENDS = ":：*_ "
_LABEL = re.compile(r"[*_ \t>]{0,8}([^\W\d_][\w-]{0,20})(?: +([\w-]{1,12}))?[*_ \xa0]{0,3}[:：]")
_INNER_LABEL = re.compile(r"[ \t]([^\W\d_]{2,12})[ \xa0]?[:：]")
_CLOCK = re.compile(r"\d{1,2}[:.h]\d{2}")
_MOMENT_OF_A_MAIL = re.compile(r"\d{1,2}[:h]\d{2}|(?:19|20)\d\d")
_MOMENT = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}[ ,]+(?:um )?\d{1,2}[:.]\d{2}")
_LABEL_CLASSES = (
    [("from", label) for label in FROM_LABELS]
    + [("sent", label) for label in SENT_LABELS]
    + [("to", label) for label in TO_LABELS]
    + [("subject", label) for label in SUBJECT_LABELS]
    + [("other", label) for label in OTHER_LABELS]
)
_CLASS_OF_LABEL = {label: label_class for label_class, label in _LABEL_CLASSES}
_DOT_ABOVE = "\u0307"  # what case folding makes of the capital İ, beside an i
_SEPARATORS = ORIGINAL_PHRASES + FORWARD_PHRASES


@dataclass(frozen=True, slots=True)
class ReplyHeader:
    """Lines `start` to `end` introduce a quoted mail; `to_the_end` says that all behind them is that mail."""

    start: int
    end: int
    to_the_end: bool


def find_reply_headers(lines: Sequence[str], searched: bytes, is_open: Callable[[int], bool]) -> Iterator[ReplyHeader]:
    """The reply headers, from the top. Lines come stripped of white space; only those are looked at that are open.

    `searched` is all lines as one text, casefolded, in UTF-8.
    `is_open` is asked when a line is reached: what stands below a header may no longer be.
    """
    attributed = attributions.possible_starts(lines, searched)
    for at in sorted(attributed | _possible_starts(lines)):
        if lines[at] and is_open(at) and (header := _find(lines, at, may_attribute=at in attributed)) is not None:
            yield header


def _possible_starts(lines: Sequence[str]) -> set[int]:
    """The lines in which a separator or a block may begin: a cheap look at each, so that few are read closely."""
    starts: set[int] = set()
    for at, line in enumerate(lines):
        if not line:
            continue
        first, last, beginning = line[0], line[-1], line[:24]
        if first.isdigit() and at and len(line) < _MOST_MOMENT_CHARACTERS and _MOMENT.match(line):
            starts.add(at - 1)
        is_ruled = (first in "-_=*~#" and len(line) > 2) or (last == ">" and line.endswith(" >>>"))
        has_label = ":" in beginning or "：" in beginning
        if is_ruled or last in ":：" or (has_label and _begins_a_block(line)):
            starts.add(at)
    return starts


def _begins_a_block(line: str) -> bool:
    if ":" not in line[1:24] and "：" not in line[:24]:
        return False
    return line[0] in _RULES or line[-1] in _ENDS or label_class(line) is not None


def _find(lines: Sequence[str], at: int, *, may_attribute: bool) -> ReplyHeader | None:
    for detect in _DETECTORS:
        if (end := detect(lines, at)) is not None:
            return ReplyHeader(at, end, to_the_end=True)
    end = attributions.find(lines, at) if may_attribute else None
    return ReplyHeader(at, end, to_the_end=False) if end is not None else None


def label_class(line: str) -> str | None:
    """What a line of a header block names ("from", "sent", "to", "subject" or "other"), or None."""
    label = _LABEL.match(line)
    if label is None:
        return None
    first = label[1].casefold()
    return _CLASS_OF_LABEL.get(f"{first} {label[2].casefold()}" if label[2] else first) or _CLASS_OF_LABEL.get(first)


def names_a_forward(line: str) -> bool:
    """Whether the line is the separator above a mail that is passed on."""
    return _is_separator(line, FORWARD_PHRASES)


def _separator(lines: Sequence[str], at: int) -> int | None:
    """ "-----Original Message-----", what ticket systems write in its stead, and a ruler above one of these."""
    line = lines[at]
    if len(line) > _MOST_RULED_CHARACTERS or (line[0] not in _RULES and line[-1] not in _ENDS):
        return None
    if _is_separator(line, _SEPARATORS) or _cuts_here(line) or is_ruled_attribution(line):
        return at + 1
    if line.strip("-_=*~ >.:") or len(line) < 3:
        return None
    following = _next_filled(lines, at + 1)
    if following is None:
        return None
    if lines[following].strip("*_: ").casefold() in CUT_HERE_PHRASES:
        return following + 1
    return _header_block(lines, following) if len(line) >= 8 else None


def _is_separator(line: str, phrases: tuple[str, ...]) -> bool:
    """Between rulers, or alone with a colon: "Original message of Tom, 3 crates" is none."""
    bare = line.strip("*_ ")
    core = bare.strip("-_=*~ >.:：\xa0").casefold().replace(_DOT_ABOVE, "")
    if bare.startswith(("--", "==", "__", "~~")) or line.startswith("__"):
        return core.startswith(phrases)
    return bare[-1:] in {":", "："} and len(core) < _MOST_PHRASE_CHARACTERS and core.startswith(phrases)


def is_ruled_attribution(line: str) -> bool:
    """ "-----Ellen Fox wrote: -----" of Lotus Notes, ">>> Ellen Fox 11/3/2025 9:00 AM >>>" of GroupWise."""
    if line.startswith(">>> ") and line.endswith(" >>>"):
        return len(line) < _MOST_RULED_CHARACTERS and _CLOCK.search(line) is not None
    if not (line.startswith("----") and line.endswith("----")):
        return False
    said = line.strip("- \xa0")
    return said.endswith(":") and said.rstrip(": \xa0").casefold().endswith(ATTRIBUTION_VERBS)


def _cuts_here(line: str) -> bool:
    """ "##- Please type your reply above this line -##"."""
    core = line.lstrip("-=#*_ ")
    return len(line) >= len(core) + 2 and core.casefold().startswith(CUT_HERE_PHRASES)


def _next_filled(lines: Sequence[str], at: int) -> int | None:
    return next((i for i in range(at, min(at + 3, len(lines))) if lines[i]), None)


def _header_block(lines: Sequence[str], at: int) -> int | None:
    """From:, Sent:, To:, Subject: and the like, in any order and language, values perhaps folded."""
    if label_class(lines[at]) not in {"from", "sent", "subject", "to"}:
        return None
    seen: set[str] = set()
    end = at
    strangers = 0
    for i in range(at, min(at + _MOST_BLOCK_LINES, len(lines))):
        found = label_class(lines[i])
        if found is None:
            strangers += 1
            if strangers > 2 or (not lines[i] and len(seen) >= 3):
                break
            continue
        if found in seen and found != "other":
            break
        seen.add(found)
        end, strangers = i + 1, 0
    return end if _is_of_a_mail(seen, " ".join(lines[at:end])) else None


def _is_of_a_mail(seen: set[str], block: str) -> bool:
    """Whether fields of these classes head a mail: where they are few, an address or a moment has to say so too.

    "From: Boston" and "Date: 3 Nov." head a list of trips.
    """
    if "from" not in seen:
        return {"sent", "to"} <= seen and "@" in block and _CLOCK.search(block) is not None
    if len(seen & {"sent", "to", "subject"}) > 1 and "subject" in seen:
        return True
    if "@" in block:
        return bool(seen & {"sent", "subject"})
    return "sent" in seen and _MOMENT_OF_A_MAIL.search(block) is not None


def _block_in_one_line(lines: Sequence[str], at: int) -> int | None:
    """The same where a program wrote it into one line: "From: ellen@… Date: Mon, 3 Nov 2025 09:00"."""
    line = lines[at]
    if len(line) > _MOST_LINE_CHARACTERS or "@" not in line or label_class(line) != "from":
        return None
    inner = {_CLASS_OF_LABEL.get(label[1].casefold()) for label in _INNER_LABEL.finditer(line)}
    is_dated = "sent" in inner and _CLOCK.search(line) is not None
    return at + 1 if is_dated or {"to", "subject"} <= inner else None


def _attribution_with_words(lines: Sequence[str], at: int) -> int | None:
    """An attribution and, in its own line, the mail that it speaks of: "… Ellen<ellen@…> wrote:   Have you" (Yahoo)."""
    head, blanks, _ = lines[at].partition(":  ")
    if not blanks or "@" not in head or len(head) > _MOST_LINE_CHARACTERS:
        return None
    return at + 1 if attributions.find([f"{head}:"], 0) is not None else None


def _notes_block(lines: Sequence[str], at: int) -> int | None:
    """Lotus Notes: the writer, the moment, then To and Subject as words above or beside their values."""
    if at + 1 >= len(lines) or not _MOMENT.match(lines[at + 1]) or len(lines[at]) > _MOST_RULED_CHARACTERS:
        return None
    seen: set[str] = set()
    end = at + 2
    for i in range(at + 2, min(at + 2 + _MOST_BLOCK_LINES, len(lines))):
        word, _, value = lines[i].partition("\t")
        found = _CLASS_OF_LABEL.get(word.strip(" :").casefold())
        if found in {"to", "subject"}:
            seen.add(found)
            end = i + 1 if value.strip() else min(i + 2, len(lines))
    return end if {"to", "subject"} <= seen else None


_DETECTORS: tuple[Callable[[Sequence[str], int], int | None], ...] = (
    _separator,
    _header_block,
    _block_in_one_line,
    _attribution_with_words,
    _notes_block,
)
