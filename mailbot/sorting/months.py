"""The names of the months as people write them, in English and German."""

from __future__ import annotations

from typing import Final

MONTHS: Final = (
    ("jan", "january", "januar", "jänner", "jän"),
    ("feb", "february", "februar", "feber"),
    ("mar", "march", "märz", "maerz", "mär", "mrz"),
    ("apr", "april"),
    ("may", "mai"),
    ("jun", "june", "juni"),
    ("jul", "july", "juli"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october", "okt", "oktober"),
    ("nov", "november"),
    ("dec", "december", "dez", "dezember"),
)
MONTH_OF: Final = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
IS_A_VERB_TOO: Final = frozenset(("may", "march"))  # a month alone only where it is written with a capital
