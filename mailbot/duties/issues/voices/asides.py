"""What a colleague says for the client's ears, and what stays inside: "note:", "intern:". Pure, linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mailbot.message.addresses import address_key
from mailbot.records.known import Known

_LABELS: Final = r"(?:notes?|internal(?:ly)?|intern(?:er hinweis)?|notiz|hinweis intern|nur intern|internal note|fyi)"
_BEGINS = re.compile(rf"[\s>*_(\[-]{{0,6}}{_LABELS}[*_]{{0,2}}\s{{0,2}}[:\u2013-]\s?", re.IGNORECASE)
_SOMEWHERE = re.compile(r"(?<!\w)(?:internal(?:ly)?|intern|nur intern)\s?:", re.IGNORECASE)
_GREETS = re.compile(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|sehr geehrte[rs]?"
    r"|liebe[rs]?|moin)(?!\w)",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"(?<!\w)(?:you|your|yours|you're|you’re|du|dir|dich|dein|deine|deinen|deiner|euch|eure)(?!\w)", re.IGNORECASE
)
_POLITE_YOU = re.compile(
    r"(?<=[\w,] )(?:Sie|Ihnen|Ihr|Ihre|Ihrem|Ihren|Ihrer)(?!\w)"
)  # a capital at the beginning is none
_OF_THEM = re.compile(
    r"(?<!\w)(?:she|her|he|him|his|(?:the|our|this) (?:client|customer)"
    r"|(?:der|den|dem|unser|unserem) Kunden?|(?:die|der|unsere) Kundin|ihn|ihm)(?!\w)",
    re.IGNORECASE,
)
_OF_THEM_ALL = re.compile(r"(?<!\w)(?:they|them|their|theirs|denen|deren)(?!\w)", re.IGNORECASE)
_TAKES_BACK = re.compile(r"\s*(?:(?:please|pls|bitte)\s+)?(?:undo|rückgängig|zurücknehmen)(?!\w)", re.IGNORECASE)
_FEWEST_WORDS_ASKED: Final = 4  # "done?" is asked of nobody
_WORD = re.compile(r"[\w'’]+")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"']{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a colleague, parted: `outside` may go to the client, `inside` stays here."""

    outside: str
    inside: str


def parted(text: str) -> Said:
    """The paragraphs that a label opens stay inside, from the label on; so does everything where one stands in the
    middle of a sentence, because where it ends nobody can say."""
    outside: list[str] = []
    inside: list[str] = []
    is_inside = False
    for line in text.splitlines():
        if not line.strip():
            is_inside = False
        elif _BEGINS.match(line):
            is_inside = True
        (inside if is_inside else outside).append(line)
    said = _joined(outside)
    if _SOMEWHERE.search(said):
        return Said("", text.strip())
    return Said(said, _joined(inside))


def speaks_to_the_client(text: str) -> bool:
    """Whether the words are meant for the client's ears: a greeting, a "you", a question. Where they speak of the
    client ("I call her tomorrow"), or of nobody, they were said to the desk; then they stay inside."""
    if _GREETS.match(text):
        return True
    if _OF_THEM.search(text) or _TAKES_BACK.match(text):
        return False
    asks = text.rstrip().endswith("?") and len(_WORD.findall(text)) >= _FEWEST_WORDS_ASKED
    return (asks and not _OF_THEM_ALL.search(text)) or bool(_YOU.search(text) or _POLITE_YOU.search(text))


def without_addresses(text: str, known: Known, hidden: Iterable[str] = ()) -> str:
    """The words without the mail addresses of colleagues, and without those that are `hidden`: a name stands there.

    Whoever reads them answers the desk. The desk's own address stays as it is written.
    """
    names = {key: person.name for person in known.staff for key in (address_key(person.address), *person.keys)}
    private = frozenset(map(address_key, hidden))

    def named(found: re.Match[str]) -> str:
        key = address_key(found[0])
        if known.desk.is_own(key):
            return found[0]
        is_inside = key.rpartition("@")[2] in known.desk.domains
        return f"({names.get(key, '…')})" if key in names or key in private or is_inside else found[0]

    return _ADDRESS.sub(named, text)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip()
