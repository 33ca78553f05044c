"""What the settings file says about contracts: [contracts]."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints
from pydantic import field_validator as checks

from mailbot.config.addresses import EmailAddress
from mailbot.config.root import Settings

Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]  # "2025-11" (ISO 8601)
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,31}$")]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class KindSettings(Settings):
    """One kind of what contracts promise: [contracts.kinds.NAME].

    `words` are those by which a mail names it, in any language. `department` is who delivers it, "" for nobody.
    `in_issues`: each of it stands in an issue of the magazine. `wants_artwork`: the client has to send something for
    it. `is_benefit`: the client has to do something to have it, and is reminded of it. `seen`: it is on the web, and
    counts as delivered only when the desk has seen it there.
    """

    words: tuple[Word, ...]
    department: EmailAddress | Literal[""] = ""
    in_issues: bool = False
    wants_artwork: bool = False
    is_benefit: bool = False
    seen: bool = False


_AS_SHIPPED: Final[dict[str, dict[str, object]]] = {
    "ad": {
        "words": (
            *("page", "pages", "ad", "ads", "advert", "adverts", "spread", "spreads", "cover"),
            *("seite", "seiten", "anzeige", "anzeigen", "anzeigenplatz", "anzeigenplätze", "doppelseite", "titelseite"),
        ),
        "in_issues": True,
        "wants_artwork": True,
    },
    "banner": {"words": ("banner", "banners", "bannerplatz"), "wants_artwork": True, "is_benefit": True, "seen": True},
    "link": {"words": ("link", "links", "listing", "eintrag", "verlinkung"), "is_benefit": True, "seen": True},
    "discount": {"words": ("discount", "off", "rabatt", "nachlass", "messerabatt", "ermäßigung"), "is_benefit": True},
    "booth": {"words": ("booth", "booths", "stand", "stands", "messestand"), "is_benefit": True},
    "newsletter": {"words": ("newsletter", "newsletters"), "wants_artwork": True, "is_benefit": True},
}


class ContractsSettings(Settings):
    """Who bills, when reps are told of a notice date, the issues of the magazine, and the kinds of what is promised.

    `issues` is the copy deadline of each issue, by its month. A kind that is named here has what is said of it put over
    what it is as shipped.
    """

    billing: EmailAddress | Literal[""] = ""  # whom contracts are handed to; "": nobody
    heads_up_days: Annotated[int, Field(ge=0, le=365)] = 30  # before the last day of notice
    issues: dict[Month, date] = Field(default_factory=dict)
    kinds: dict[KindName, KindSettings] = Field(default_factory=dict)

    @checks("kinds", mode="before")
    @classmethod
    def _over_those_as_shipped(cls, written: object) -> object:
        if not isinstance(written, dict):
            return written
        return {name: _over(_AS_SHIPPED.get(name, {}), kind) for name, kind in written.items()}

    def all_kinds(self) -> dict[str, KindSettings]:
        """Every kind, those as shipped and those that the file names."""
        shipped = {name: KindSettings.model_validate(kind) for name, kind in _AS_SHIPPED.items()}
        return shipped | self.kinds


def _over(shipped: dict[str, object], kind: object) -> object:
    return {**shipped, **kind} if isinstance(kind, dict) else kind
