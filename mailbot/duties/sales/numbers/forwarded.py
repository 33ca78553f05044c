"""The order of a client that a rep forwards with a word to book it: "Bitte buchen", "please book this one".

It stays a claim of the client. It is booked only where the rep says so, one client of the rep is named in it or wrote
it, and its amounts come to one sum: the net one where net and gross are given, the total, or a price times its count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.lines import ClearLine, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars, Price, Stage
from mailbot.duties.sales.naming.clients import Meaning, Meant, Unknown, meaning_of
from mailbot.duties.sales.numbers.case import Bench, currency_of
from mailbot.duties.sales.numbers.lines import Ground
from mailbot.duties.sales.numbers.periods import mentions
from mailbot.duties.sales.numbers.phrases import NET, phrases, said
from mailbot.duties.sales.numbers.stages import OPEN, WON
from mailbot.duties.sales.numbers.subject import Subject
from mailbot.message.model import Evidence, Message, Place
from mailbot.money.amounts import figures
from mailbot.money.figure import Figure, Trouble
from mailbot.money.numerals import habit_shown
from mailbot.money.quantities import without_counts
from mailbot.records.names import LEGAL_FORMS, name_words

_LONGEST: Final = 20_000  # characters of the forwarded mail that are read
_MOST_LINES: Final = 200
_BEGINS: Final = re.compile(
    r"^[ \t>]*(?:-{2,}[^\n]{0,60}-{2,}|begin forwarded message:|_{10,})[ \t]*$|^[ \t>*]*(?:from|von):[*]? ",
    re.IGNORECASE | re.MULTILINE,
)
_SENDER: Final = re.compile(r"^[ \t>*]*(?:from|von):\*?([^\n]{1,200})", re.IGNORECASE | re.MULTILINE)
_DOMAIN: Final = re.compile(r"@([\w-]{2,63})\.")
_HEADER: Final = re.compile(r"^[ \t>*]*(?:from|von|sent|gesendet|date|datum|to|an|cc|subject|betreff):", re.IGNORECASE)
_TAXED: Final = phrases(
    "vat, mwst, ust, mehrwertsteuer, gross, brutto, bruttobetrag, incl vat, inkl mwst, tax, shipping"
)
_TOTAL: Final = phrases("total, sum, summe, gesamt, gesamtbetrag, gesamtsumme, gesamtpreis, auftragswert, order value")
# What a rep writes above an order that he forwards.
_BOOK_IT: Final = phrases(
    """
    please book, book this, book it, pls book, please record, please enter, please add, please register, for booking,
    to be booked, bitte buchen, bitte eintragen, bitte erfassen, bitte verbuchen, bitte einbuchen, zum buchen,
    zur buchung, bitte aufnehmen, bitte anlegen, bitte mitbuchen, buchen bitte, kannst du das buchen
    """
)
_CUT: Final = re.compile(r"[,;()|]")


_COUNTED: Final = re.compile(r"(?<![\w.,/-])([0-9]{1,5})\s(?:x\s)?((?:[^\W\d_][\w&/-]{2,30}\s){1,4})")
_ENDS_THINGS: Final = frozenset(
    ("at", "zum", "zu", "for", "für", "je", "each", "to", "von", "of", "per", "mit", "with")
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount of the order, the words of its clause, and where it stands in the forwarded text."""

    figure: Figure
    words: str
    start: int
    end: int


def ordered_in(message: Message, ground: Ground, bench: Bench) -> tuple[ClearLine | UnclearLine, ...]:
    """The one line that a forwarded order comes to; nothing where the mail forwards none, or the rep says nothing."""
    if not Subject(message.subject).is_of_another or not said(message.body.for_people.text, _BOOK_IT):
        return ()
    start, text = _forwarded(message.body.original)
    amounts = tuple(_amounts(text, ground))
    if not amounts:
        return ()
    chosen = _chosen(amounts)
    meaning, name = _client(text, bench)
    at = chosen or amounts[0]
    place = Place("text", start + at.start, start + at.end)
    evidence = Evidence(message.body.original[place.start : place.end], place)
    if chosen is None or chosen.figure.amount is None:
        return (UnclearLine(evidence, Doubt.TWO_AMOUNTS, name),)
    currency = currency_of(chosen.figure, bench.currency)
    price = Price(chosen.figure.amount, currency) if currency else None
    product, quantity = _things(text, chosen.figure.amount, amounts)
    given = Particulars(product=product, quantity=quantity, stage=Stage.WON)
    if isinstance(meaning, Meant) and price is not None and said(text, WON) and not said(text, _NO_ORDER):
        return (ClearLine(meaning.client, price, evidence, given),)
    doubt = (
        Doubt.NO_CURRENCY if price is None else Doubt.NO_SALE if isinstance(meaning, Meant) else Doubt.UNKNOWN_CLIENT
    )
    client = meaning.client if isinstance(meaning, Meant) else None
    amount = chosen.figure.amount
    return (UnclearLine(evidence, doubt, name, price, client, said=given, amount=amount, currency=currency),)


_NO_ORDER: Final = OPEN & phrases("offer, quote, proposal, angebot, forecast, pipeline, budget")


def _forwarded(original: str) -> tuple[int, str]:
    """The forwarded part, and where it begins; "" where there is none."""
    begins = _BEGINS.search(original)
    return (begins.start(), original[begins.start() :][:_LONGEST]) if begins else (0, "")


def _amounts(text: str, ground: Ground) -> Iterator[_Amount]:
    """The amounts of the forwarded part, without those of its head."""
    habit = habit_shown(text, ground.habit) or ground.habit
    at = 0
    for line in text.split("\n")[:_MOST_LINES]:
        if not _HEADER.match(line) and len(line) <= _LONGEST_LINE:
            times = [(time.start, time.end) for time in mentions(line, habit, ground.today)]
            found = without_counts(line, figures(line, habit, times))
            marked = [figure for figure in found if figure.is_marked and figure.trouble is not Trouble.PERCENTAGE]
            for figure in marked:
                words = _clause(line, figure, found)
                yield _Amount(figure, words, at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        at += len(line) + 1


def _clause(line: str, figure: Figure, found: Sequence[Figure]) -> str:
    """The words of the clause that a figure stands in, up to its neighbours."""
    start = max((each.end for each in found if each.end <= figure.start), default=0)
    stop = min((each.start for each in found if each.start >= figure.end), default=len(line))
    before = _CUT.split(line[start : figure.start])[-1]
    return f"{before} {_CUT.split(line[figure.end : stop])[0]}"


def _chosen(amounts: Sequence[_Amount]) -> _Amount | None:
    """The sum without tax: that which is said to be net, else the total, else the only one; None for two sums."""
    untaxed = [each for each in amounts if said(each.words, NET) or not said(each.words, _TAXED)]
    for wanted in (NET, _TOTAL, None):
        fitting = [each for each in untaxed if wanted is None or said(each.words, wanted)]
        whole = [each for each in fitting if each.figure.unit is not None] if wanted is None else []
        of_them = whole or fitting
        if of_them:
            return of_them[0] if len({each.figure.amount for each in of_them}) == 1 else None
    return None


def _things(text: str, amount: Decimal, amounts: Sequence[_Amount]) -> tuple[str, Decimal | None]:
    """What was ordered and how many, where that many times another of the amounts, or of its unit, is the sum."""
    units = {each.figure.amount for each in amounts} | {each.figure.unit for each in amounts}
    for match in _COUNTED.finditer(text):
        number = Decimal(match[1])
        if any(unit is not None and unit * number == amount for unit in units):
            things = match[2].split()
            last = next((at for at, word in enumerate(things) if word.casefold() in _ENDS_THINGS), len(things))
            return " ".join(things[:last]), number
    return "", None


def _client(text: str, bench: Bench) -> tuple[Meaning, str]:
    """The client whose full name stands in the forwarded part, else the one whose name its sender's domain bears."""
    words = name_words(text)
    named = [client for client in bench.book.clients if _stands_in(_told(client.words), words)]
    if named:
        longest = max(named, key=lambda client: len(_told(client.words)))
        return meaning_of(longest.name, bench.book), longest.name
    sender = _SENDER.search(text)
    domain = _DOMAIN.search(sender[1]) if sender else None
    name = domain[1].replace("-", " ").replace("_", " ") if domain else ""
    return (meaning_of(name, bench.book) if name else Unknown(())), name


def _told(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in LEGAL_FORMS) or words


def _stands_in(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(name)] == name for at in range(len(words) - len(name) + 1))


_LONGEST_LINE: Final = 300  # characters
