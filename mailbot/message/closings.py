"""How a mail ends: closing words, the name, the signature below it, the device's tag line, the lawyers' notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import re2

from mailbot.message.phrases import BANNERS, DISCLAIMERS, GREETINGS, LIST_FOOTERS, TAG_FRAMES, TAG_LINES, THANKS

_MOST_SIGNATURE_LINES = 16
_MOST_TAG_CHARACTERS = 90
# Three dashes and more are no delimiter: people part the sections of a list with them.
_DELIMITERS = frozenset({"--", "—", "––", "__"})
_ORNAMENT = re.compile(r"[-_=*~#+ᐧ·|. \u2013\u2014]+")
_RULER = re.compile(r"[-_=*]{10,}")
_DASHED_NAME = re.compile(r"[-–—~]{1,2}[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_(&/|,-][\w.'’-]*){0,3}[.!]?")
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_TELEPHONE = re.compile(
    r"(?:(?:tel|t|ph|phone|m|mob|mobil|mobile|cell|handy)[.:]{0,2} ?)?"
    r"(?=[^ ]{0,20}[ /()-])\+?(?:[(]?\d[ /()-]{0,2}){7,16}",
    re.IGNORECASE,
)
_GROUPS_OF_THREE = re.compile(r"-?\d{1,3}(?: \d{3})+")
_POSTSCRIPT = re.compile(r"p\.? ?s\.?[ :.]", re.IGNORECASE)
_DOT_ABOVE = "\u0307"  # what case folding makes of the capital İ, beside an i
# "Viele Grüße aus Hamburg", "Kind regards from sunny Lisbon".
_WHERE_FROM = re.compile(r"(?<=[^\W\d_]{5}) (?:aus|from|desde|uit|från|fra|depuis) (?:(?:dem|der|den) )?(?:\w+ )?\w+$")
_EXCUSES = ("excuse", "typo", "brevity", "brief", "sorry", "verzeih", "tippfehler", "smartphone")
_FRAME_HEADS = tuple(head for head, _ in TAG_FRAMES)
_FRAME_TAILS = tuple(tail for _, tails in TAG_FRAMES for tail in tails)
_ANY_FURNITURE = re2.Set.SearchSet()
for _phrase in (*TAG_LINES, *_FRAME_TAILS, *DISCLAIMERS, *LIST_FOOTERS):
    _ANY_FURNITURE.Add(re2.escape(_phrase))
_ANY_FURNITURE.Compile()
_GREETINGS, _THANKS = (frozenset(map(str.casefold, phrases)) for phrases in (GREETINGS, THANKS))
_AROUND_WORDS = "*_/,.!-–—;:)。！， "


def _first_word(line: str) -> str:
    """Casefolded, without what may stand around a word."""
    first, *_ = line.replace(",", " ").strip(_AROUND_WORDS).split(None, 1) or ("",)
    return first.strip(_AROUND_WORDS).casefold()


_FIRST_WORDS_OF_CLOSINGS = frozenset(map(_first_word, _GREETINGS | _THANKS))


def may_hold_furniture(searched: bytes) -> bool:
    """Whether a phrase of a tag line, a notice or a list's footer stands anywhere in a text, which comes casefolded: in
    most texts none does, and then their lines need not be asked one by one."""
    return _ANY_FURNITURE.Match(searched) is not None


def is_tag_line(line: str) -> bool:
    """ "Sent from my iPhone", "Get Outlook for Android": a line of its own that a program wrote."""
    if len(line) > _MOST_TAG_CHARACTERS:
        return False
    bare = line.lstrip("*_[(< ").casefold()
    if bare.startswith(_TAG_LINES.get(bare[:3], ())):
        return "," not in bare or any(excuse in bare for excuse in _EXCUSES)
    if not bare.startswith(_FRAME_HEADS):
        return False
    return any(bare.startswith(head) and bare.rstrip(" .*_)]").endswith(tails) for head, tails in TAG_FRAMES)


def is_banner(line: str) -> bool:
    """The receiving server's warning about mail from outside."""
    return _starts_with(line, _BANNERS)


def is_disclaimer(line: str) -> bool:
    """The first line of a notice of secrecy or of a virus scanner."""
    return _starts_with(line, _DISCLAIMERS)


def _by_beginning(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {phrase[:3]: tuple(other for other in phrases if other[:3] == phrase[:3]) for phrase in phrases}


def _starts_with(line: str, phrases: dict[str, tuple[str, ...]]) -> bool:
    bare = line[:120].lstrip("*_[( ").casefold()
    return bare.startswith(phrases.get(bare[:3], ()))


_TAG_LINES, _BANNERS, _DISCLAIMERS = map(_by_beginning, (TAG_LINES, BANNERS, DISCLAIMERS))


def name_words(name: str) -> frozenset[str]:
    """The words of a display name, casefolded, without initials."""
    return frozenset(word.casefold() for word in _NAME_WORD.findall(name))


def signature_start(lines: Sequence[str], own: frozenset[str]) -> int | None:
    """The line where the signature of this run of lines begins, closing words included, or None.

    `lines` are stripped of white space and hold no quotes. First the delimiter "--" (RFC 3676 section 4.3), then
    closing words with a name behind them, then the sender's `own` name (its words) on a line of its own.
    """
    end = _delimiter(lines)
    filled = [at for at, line in enumerate(lines[:end]) if line]
    if len(filled) > 1:
        sign_off = _sign_off(lines, filled[-_MOST_SIGNATURE_LINES - 1 :], own)
        if sign_off is not None and sign_off != filled[0]:
            return sign_off
    return end


def ornament_start(lines: Sequence[str]) -> int:
    """Where the lines at the end begin that are nothing but rulers and ornaments."""
    at = len(lines)
    while at > 0 and (not lines[at - 1] or _ORNAMENT.fullmatch(lines[at - 1])):
        at -= 1
    return at


def is_list_footer(lines: Sequence[str], at: int) -> bool:
    """Whether a ruler stands in line `at` and a mailing list's footer below it."""
    if not _RULER.fullmatch(lines[at]):
        return False
    return any(phrase in line[:200].casefold() for line in lines[at + 1 : at + 4] for phrase in LIST_FOOTERS)


def _delimiter(lines: Sequence[str]) -> int | None:
    """The first delimiter line with little behind it; further ones belong to the same signature."""
    if _DELIMITERS.isdisjoint(lines):
        return None
    filled_behind = 0
    best = None
    for at in range(len(lines) - 1, -1, -1):
        if lines[at] in _DELIMITERS:
            best = at
        elif lines[at]:
            filled_behind += 1
        if filled_behind > _MOST_SIGNATURE_LINES:
            break
    return best


def _sign_off(lines: Sequence[str], last: Sequence[int], own: frozenset[str]) -> int | None:
    """The first of the `last` filled lines that closes the mail."""
    words = [lines[at] for at in last]
    postscript = 0
    for position, line in enumerate(words):
        if line[0] in "pP" and _POSTSCRIPT.match(line):
            postscript = position
    for position in range(postscript, len(last)):  # a signature has none
        if _closes(words[position], words[position + 1 :], own):
            return last[position]
    return None


def _closes(line: str, behind: list[str], own: frozenset[str]) -> bool:
    """Whether `line` are closing words, or the sender's name, and the lines `behind` a signature."""
    if len(line) > 60:
        return False
    first = _first_word(line)
    if first not in own and first.replace(_DOT_ABOVE, "") not in _FIRST_WORDS_OF_CLOSINGS:
        return not behind and _DASHED_NAME.fullmatch(line) is not None
    if own and not behind and _is_own_name(line, own):
        return True
    words = line.strip("/-–—*_ ").casefold().replace(_DOT_ABOVE, "")
    if behind and own and _is_own_name(line, own) and (len(line.split()) > 1 or _is_telephone(behind[0])):
        return True
    if not behind and _DASHED_NAME.fullmatch(line):
        return True
    head = (_WHERE_FROM.sub("", words) if words.count(" ") > 1 else words).rstrip(" ,.!;:)。！，")
    if head in _GREETINGS:
        return not behind or _is_name(behind[0])
    if head in _THANKS:
        return bool(behind) and _names_a_person(behind[0], own)
    return not behind[1:] and _greets_with_name(line, own)


def _is_telephone(line: str) -> bool:
    """ "617 555 0199", "Tel. +49 40 555 01-17": no amount is written like that, not even in groups of three."""
    return _TELEPHONE.fullmatch(line) is not None and _GROUPS_OF_THREE.fullmatch(line) is None


def _greets_with_name(line: str, own: frozenset[str]) -> bool:
    """ "LG Lena", "Best regards, Tom", "Thanks, Dana": all in one line."""
    words = line.replace(",", " ").split()
    for count in range(len(words) - 1, 0, -1):
        head = " ".join(words[:count]).casefold().rstrip(" .!;:")
        name = " ".join(words[count:])
        if head in _GREETINGS:
            return len(words) - count <= 3 and _is_name(name) and name[0].isupper()
        if head in _THANKS:
            return _is_own_name(name, own)
    return False


def _is_name(line: str) -> bool:
    bare = line.strip("*_/,-–— ")
    return len(bare) <= 40 and _NAME.fullmatch(bare) is not None


def _is_own_name(line: str, own: frozenset[str]) -> bool:
    words = line.strip("*_/,.!-–— ").casefold().split()
    return 0 < len(words) <= 4 and all(word.strip(".,") in own for word in words)


def _names_a_person(line: str, own: frozenset[str]) -> bool:
    """A name of the sender, or two words and more that are written as a name: one alone may be an answer."""
    if _is_own_name(line, own):
        return True
    words = line.strip("*_/,-–— ").split()
    return len(words) >= 2 and _is_name(line) and all(word[0].isupper() for word in words)
