"""A mail from an address on nobody's file that bears the name of one of us: whose, and what it would have booked. Pure.

A name proves nothing. It is only good enough to ask the one who bears it, at the address on file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from mailbot.duties.sales.facts.answers import Claim, ClaimedNumbers
from mailbot.duties.sales.facts.doubts import OF_FILES
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers, UnclearLine
from mailbot.duties.sales.numbers.phrases import said
from mailbot.message.closings import is_tag_line
from mailbot.message.model import Evidence, Message
from mailbot.records.known import Known, PersonCard
from mailbot.records.names import name_words
from mailbot.records.tables import Role
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust

CLAIMED: Final = "claimed"

_LONGEST_NAME: Final = 120  # characters in which a name is looked for
_MOST_CLOSING_LINES: Final = 12
_BREAKS = re.compile(r"[.,;:!?()|/\u2013\u2014\t]| -+ ?|^-+ ?")
_LETTERS = re.compile(r"[^\W\d_]+")
_TITLES: Final = frozenset(("dr", "prof", "mr", "mrs", "ms", "herr", "frau"))
# What stands beside a name at the end of a mail, in the form in which names are compared.
_BESIDE_A_CLOSING_NAME: Final = frozenset(
    (
        *("lg", "vg", "mfg", "gruss", "gruesse", "gruessen", "viele", "liebe", "beste", "schoene", "freundliche"),
        *("mit", "freundlichen", "danke", "dank", "vielen", "best", "regards", "kind", "thanks", "thank", "you", "thx"),
        *("cheers", "yours", "this", "is", "its", "it", "here", "hier", "ist", "from", "von", "love", "xx", "x", "and"),
        *("und", "sincerely", "greetings", "ciao", "bis", "dann"),
    )
)
_ELSEWHERE: Final = frozenset(
    (
        *("work mail", "work email", "work e-mail", "work account", "work address", "office mail", "office email"),
        *("company mail", "company email", "private address", "private email", "private mail", "private account"),
        *("personal address", "personal email", "personal mail", "personal account", "my outlook is", "locked out"),
        *("firmenmail", "firmenadresse", "firmenaccount", "arbeitsmail", "dienstmail", "dienstliche mail"),
        *("dienstliche adresse", "geschäftliche mail", "private adresse", "privaten adresse", "privatadresse"),
        *("private mail", "privates postfach", "privaten postfach", "privatmail", "privaten account", "büromail"),
    )
)


def claim_in(message: Message, staff: Iterable[PersonCard]) -> Claim | None:
    """Whose name the mail bears: in the display name, the local part, or where it closes. None where it is nobody's.

    A whole name goes before a first name alone, and a first name counts for nothing beside the whole name of somebody
    else. Where nobody is named but the mail says that it comes from elsewhere than usual, `fits` is empty.
    """
    if message.sender is None:
        return None
    people = [person for person in staff if person.role is not Role.DEPARTMENT]
    display = tuple(word for word in name_words(message.sender.name[:_LONGEST_NAME]) if word not in _TITLES)
    local = _LETTERS.findall(message.sender.key.rpartition("@")[0][:_LONGEST_NAME])
    closings = tuple(_closings(message))
    weight = {person.id: _weight(name_words(person.name), display, local, closings) for person in people}
    most = max(weight.values(), default=0)
    if most:
        return Claim(tuple(person.id for person in people if weight[person.id] == most))
    return Claim(()) if said(message.body.for_people.text, _ELSEWHERE) else None


def claimed(message: Message, known: Known, recalled: SalesKnown, found: Finding | NotMine) -> Finding | NotMine:
    """What a mail of numbers comes to whose sender is nobody; `found` is what it was read as in a colleague's name."""
    claim = recalled.claim
    if claim is None or isinstance(found, NotMine) or not isinstance(found.facts, Numbers):
        return NotMine("its sender is not one of the reps, and it says nothing of sales in the name of one")
    numbers = found.facts
    if not (numbers.lines or any(map(_may_be_a_sale, numbers.unclear))):
        return NotMine("its sender is not one of the reps, and no line of it names a client of ours")
    colleagues = tuple(person for person in known.staff if person.id in claim.fits)
    facts = ClaimedNumbers(claim, colleagues, numbers, _quoted(message, found.evidence))
    who = " or ".join(person.name for person in colleagues) or "one of us"
    why = f"an address on nobody's file sends numbers as {who}"
    return Finding(NAME, CLAIMED, facts, found.evidence, why, alone=True)  # nobody else answers the sender


def may_be_asked_about(sorted_as: Sorted) -> bool:
    """Whether anybody may be asked whose the mail is: it was proven to come from its address, and a person wrote it."""
    return sorted_as.trust.trust is Trust.T1 and sorted_as.automatic is None


def _may_be_a_sale(line: UnclearLine) -> bool:
    is_elsewhere = line.doubt in OF_FILES
    return is_elsewhere or line.client is not None or bool(line.choices)


# --- whose name it is ------------------------------------------------------------------------------------------------

_NOTHING, _ONE_NAME, _WHOLE_NAME = 0, 1, 2


def _weight(
    name: Sequence[str], display: Sequence[str], local: Sequence[str], closings: Sequence[Sequence[str]]
) -> int:
    """How well the three places fit a name."""
    by_display = _fits(display, name)
    others = max((_fits_local(local, name), *(_fits(closing, name) for closing in closings)), default=_NOTHING)
    is_anothers = len(display) > 1 and by_display is _NOTHING
    return _NOTHING if is_anothers and others < _WHOLE_NAME else max(by_display, others)


def _fits(words: Sequence[str], name: Sequence[str]) -> int:
    """ "Dana Reyes", "Reyes, Dana", "D Reyes": the whole name; "Dana" and "Reyes" one of them."""
    whole = [word for word in words if word in name]
    initials = [word for word in words if len(word) == 1 and any(each.startswith(word) for each in name)]
    has_both = name[0] in words and name[-1] in words and len(name) > 1
    if has_both or (name[-1:] == whole and initials and len(whole) + len(initials) == len(words)):
        return _WHOLE_NAME
    return _ONE_NAME if whole and len(whole) + len(initials) == len(words) else _NOTHING


def _fits_local(parts: Sequence[str], name: Sequence[str]) -> int:
    """ "danareyes1984", "dana.reyes", "dreyes": the whole name; "dana" one of them."""
    first, last = name[0], name[-1]
    together = "".join(parts)
    if len(name) > 1 and any(whole in together for whole in (first + last, last + first)):
        return _WHOLE_NAME
    if len(name) > 1 and together == first[:1] + last:
        return _WHOLE_NAME
    return _fits(parts, name)


def _closings(message: Message) -> Iterator[tuple[str, ...]]:
    """The words that may be a name at the end: the last ones that were written, and each line of the signature."""
    new = [line for line in message.body.for_people.text.splitlines() if line.strip() and not is_tag_line(line.strip())]
    rest = message.body.for_figures.text.splitlines()
    written = frozenset(new)
    below = (line for line in rest if line.strip() and line not in written)
    for line in (*new[-1:], *islice(below, _MOST_CLOSING_LINES)):
        last = next((part for part in reversed(_BREAKS.split(line.strip())) if part.strip()), "")
        words = tuple(word for word in name_words(last[-_LONGEST_NAME:]) if word not in _BESIDE_A_CLOSING_NAME)
        if words:
            yield words


# --- the words that are shown to the colleague -----------------------------------------------------------------------

_MOST_QUOTED: Final = 5
_LONGEST_QUOTED: Final = 160
_OMITTED: Final = "[...]"


def _quoted(message: Message, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """The lines of the mail that numbers were read from, and no others, with nothing in them that can be followed."""
    lines = message.body.for_people.text.splitlines()
    whole = (next((line for line in lines if each.words in line), each.words) for each in evidence)
    return tuple(map(_harmless, list(dict.fromkeys(whole))[:_MOST_QUOTED]))


def _harmless(line: str) -> str:
    """A line without links, addresses and references: what a mail program would make into something to click on, and
    what we would take for an answer."""
    words = line[: 4 * _LONGEST_QUOTED].split()
    kept = [_OMITTED if _can_be_followed(word) else word for word in words]
    return " ".join(kept)[:_LONGEST_QUOTED]


def _can_be_followed(word: str) -> bool:
    """An address, a link, a host with or without a scheme, a reference; not "1.900,50" and not "week.dana" in prose."""
    bare = word.strip(".,;:!?()<>[]\"'").casefold()
    if any(sign in bare for sign in ("@", "://", "www.", "\\")) or _REFERENCE.search(bare):
        return True
    return bool(_HOST.search(bare))


_REFERENCE = re.compile(r"\b[a-z]{1,3}-[0-9]{3,}", re.ASCII)
_HOST = re.compile(r"[^\W_][\w-]*\.[^\W\d_]{2,}")
