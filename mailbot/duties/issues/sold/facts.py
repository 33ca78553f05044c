"""What a client has bought, as far as an issue may be about it, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from mailbot.records.contracts.tables import DeliverableState

# The words by which mails name the kinds of what is sold; a kind that is not here is named by itself.
WORDS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ad": ("ad", "ads", "advert", "advertisement", "page", "anzeige", "inserat", "anzeigenplatz", "seite"),
        "banner": ("banner", "banners", "bannerplatz"),
        "booth": ("booth", "stand", "messestand"),
        "discount": ("discount", "rabatt", "nachlass"),
        "link": ("link", "listing", "eintrag", "verlinkung"),
        "newsletter": ("newsletter",),
    }
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was seen of a banner or a link in a month: `month` is its first day."""

    month: date
    views: int
    clicks: int


@dataclass(frozen=True, slots=True)
class Sold:
    """One thing that a contract promises, and the contract. `link` is where it can be seen, `target` where it
    leads to; `is_unused`: a benefit of which the client has not said yet that it is used."""

    id: int
    contract_id: int
    contract: str  # "K-2207"
    contract_ends: date
    kind: str
    words: str
    department_id: int | None
    link: str | None
    target: str | None
    is_unused: bool
    state: DeliverableState = DeliverableState.DELIVERED
    has_ended: bool = False  # the contract
    figures: tuple[Figures, ...] = ()

    @property
    def page(self) -> str | None:
        """The page on the web that it is about: where it leads to, else where it stands."""
        return self.target or self.link

    def in_month(self, month: date) -> Figures | None:
        """What was seen in the month with this first day; None where nothing is on file."""
        return next((each for each in self.figures if each.month == month), None)


@dataclass(frozen=True, slots=True)
class About:
    """What a mail is about: one thing that was sold, or a contract alone. `used` are the benefits of which it says,
    besides, that they are used. `page` is a page to look at; `asked_month` the month whose figures it asks for."""

    sold: Sold | None = None
    contract_id: int | None = None
    contract: str = ""
    used: tuple[Sold, ...] = ()
    page: str | None = None
    asked_month: date | None = None

    @property
    def figures(self) -> Figures | None:
        """The figures that it asks for; None where it asks for none, or none are on file."""
        return self.sold.in_month(self.asked_month) if self.sold and self.asked_month else None


NOTHING: Final = About()
