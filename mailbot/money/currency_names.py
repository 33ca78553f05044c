"""Currencies as people say them behind an amount: "500 yen", "500 Schweizer Franken".

They are no marks: before an amount, and alone in a cell, such a word may be the name of a client or a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.money.currencies import UNKNOWN

# Several countries have one of that name, or it is none of ours.
_SHARED: Final = (
    "yen yuan renminbi rmb peso pesos rupee rupees rupie rupien francs franc zloty złoty zlotys zlotych rand rands "
    "dirham dirhams dinar dinars dinare dinaren riyal riyals rial rials krone kronen kroner krona kronor krónur koruna "
    "koruny korun forint forints pfund shekel shekels schekel lira liras lire ruble rubles rouble roubles rubel baht "
    "ringgit rupiah rupiahs hryvnia hrywnja leu lei leva lewa naira cedi cedis shilling shillings schilling schillinge "
    "taka tenge kuna reais"
)
_PARTS_OF_ONE: Final = "cent cents pence pennies rappen centimes groschen"
_CODES: Final = (  # without those that are words
    "aoa ars azn bdt bhd byn bwp crc dzd egp etb ghs gtq hnl hrk irr jmd jod kes kwd kzt lbp lkr mdl mkd mur mzn ngn "
    "omr pkr pyg qar rsd rwf ttd tzs ugx uyu vnd xaf xof zmw ntd cnh"
)
_ADJECTIVES: Final[Mapping[str, str]] = {
    "us": "USD", "american": "USD", "us-": "USD", "canadian": "CAD", "australian": "AUD", "hong kong": "HKD",
    "new zealand": "NZD", "singapore": "SGD", "kanadische": "CAD", "australische": "AUD",
}  # fmt: skip

# In lower case, each with the code that it stands for.
NAMES: Final[Mapping[str, str]] = {
    **dict.fromkeys(f"{_SHARED} {_PARTS_OF_ONE} {_CODES}".split(), UNKNOWN),
    **{
        f"{adjective}{'' if adjective.endswith('-') else ' '}{noun}": code
        for adjective, code in _ADJECTIVES.items()
        for noun in ("dollar", "dollars")
    },
    "quid": "GBP", "british pounds": "GBP", "pounds sterling": "GBP", "pfund sterling": "GBP", "britische pfund": "GBP",
    "swiss francs": "CHF", "swiss franc": "CHF", "schweizer franken": "CHF", "danish kroner": "DKK",
    "dänische kronen": "DKK", "schwedische kronen": "SEK", "norwegische kronen": "NOK", "tschechische kronen": "CZK",
    "swedish kronor": "SEK", "norwegian kroner": "NOK", "bucks": "$",
}  # fmt: skip
