"""What a template is given: the facts of a draft, made plain, beside the few names that every letter has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from mailbot.errors import OurBug
from mailbot.letters.cleaning import LONGEST_QUOTE, clean, one_line
from mailbot.letters.model import Plain
from mailbot.letters.subjects import shown

# Names that every template may use without being given them as facts.
STANDING: Final = frozenset({"answered", "company", "desk", "recipient", "ref", "signed_ref"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The names that every template may use.

    `answered`    the subject of the thread that the letter answers, without "Re:", "AW:", "Fwd:"; "" for none
    `ref`         the number of the letter, for people: "N-0412"
    `signed_ref`  the same with its signature: in the text it outlives client programs that lose the headers
    `name`        of the recipient; the local part of the address where no name is known
    """

    answered: str
    company: str
    desk: str
    name: str
    address: str
    ref: str
    signed_ref: str

    def as_names(self) -> dict[str, Plain]:
        name = one_line(self.name) or self.address.partition("@")[0]
        return {
            "answered": shown(one_line(self.answered)),
            "company": self.company,
            "desk": self.desk,
            "recipient": {"name": name, "first_name": _first_name(name), "address": self.address},
            "ref": self.ref,
            "signed_ref": self.signed_ref,
        }


def names_for_template(facts: Mapping[str, Plain], standing: Standing, zone: ZoneInfo) -> dict[str, Plain]:
    """The facts, cleaned and with every moment in the zone of the desk, and the standing names beside them.

    OurBug where a fact has a standing name, or is of a type that could do something.
    """
    taken = sorted(STANDING & facts.keys())
    if taken:
        raise OurBug(f"a fact may not be called '{taken[0]}': every template has a name like that; choose another one")
    given = {name: _plain(value, zone, name) for name, value in facts.items()}
    return given | {name: _plain(value, zone, name) for name, value in standing.as_names().items()}


def _plain(value: Plain, zone: ZoneInfo, where: str) -> Plain:
    match value:
        case None | bool() | int() | Decimal():
            return value
        case str():
            return clean(value, 2 * LONGEST_QUOTE)
        case datetime():
            if value.tzinfo is None:
                raise OurBug(f"the fact '{where}' is a moment without a time zone: give an aware one")
            return value.astimezone(zone)
        case date():
            return value
        case tuple():
            return tuple(_plain(element, zone, f"{where}[{place}]") for place, element in enumerate(value))
        case Mapping():
            return {str(name): _plain(element, zone, f"{where}.{name}") for name, element in value.items()}
    raise OurBug(
        f"the fact '{where}' is a {type(value).__name__}: a template takes plain values, tuples and mappings only"
    )


def _first_name(name: str) -> str:
    """Dana of "Dana Reyes", Anja of "Schmidt, Anja"; a team has none of its own: "Web Team"."""
    if name.split()[1:] and name.rsplit(maxsplit=1)[-1].casefold() == "team":
        return name
    family, comma, given = name.partition(",")
    return (given.split() if comma and given.strip() else family.split() or [name])[0]
