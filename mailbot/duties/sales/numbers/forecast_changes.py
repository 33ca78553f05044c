"""What is said of an expectation that was noted before: "blue ridge rather 3k, not 2k", "blue ridge is dead". Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from mailbot.duties.sales.facts.cards import ForecastCard
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import ForecastLine, Numbers, UnclearLine
from mailbot.duties.sales.facts.particulars import Particulars, Price, Stage
from mailbot.duties.sales.naming.clients import Book, Meant, NamedClient, meaning_of
from mailbot.duties.sales.numbers.phrases import BESIDE_A_NAME, OF_A_WIN, phrases, words_of
from mailbot.message.model import Words

_MOST_LINES: Final = 50
_LONGEST_LINE: Final = 120  # characters
# As the last words of a line: nothing comes of it any more.
_DEAD: Final = tuple(
    sorted(
        (
            tuple(phrase.split())
            for phrase in phrases(
                """
                dead, gone, lost, off, dead now, is off, off the table, fell through, has fallen through, not happening,
                won't happen, isn't happening, backed out, pulled out, said no, declined, is out, went to a competitor,
                tot, gestorben, geplatzt, verloren, abgesagt, abgesprungen, vom tisch, hat sich erledigt, erledigt sich,
                wird nichts, wird nichts mehr, kommt nicht, kommt nicht mehr
                """
            )
        ),
        key=len,
        reverse=True,
    )
)
_BESIDE: Final = (
    BESIDE_A_NAME
    | OF_A_WIN
    | phrases(
        """
        forecast, forecasts, expectation, unfortunately, sadly, leider, are, sind, been, that, all, erwartung,
        rather, more, like, probably, likely, eher, doch, lieber, wohl, wahrscheinlich, will, be, wird, es
        """
    )
)


def with_corrected_forecasts(facts: Numbers, words: Words, recalled: SalesKnown, book: Book) -> Numbers:
    """The same mail, in which what corrects an expectation is one, in the place of the one that it corrects.

    The old amount is the proof of which one is meant. Who says that nothing comes of a client any more, says it of
    all that was expected of that client.
    """
    cards = tuple(card for card in recalled.forecasts if card.stage is Stage.OPEN)
    if not cards:
        return facts
    corrected = {line: found for line in facts.unclear if (found := _with_another_amount(line, cards, book))}
    return replace(
        facts,
        unclear=tuple(line for line in facts.unclear if line not in corrected),
        expected=(
            *(_lost_before(line, cards) for line in facts.expected),
            *corrected.values(),
            *_dead(words, cards, book, {line.client.id for line in facts.expected}),
        ),
    )


def corrects_forecasts_alone(facts: Numbers) -> bool:
    """Whether a mail says nothing but what an expectation is now."""
    others = (facts.lines, facts.unclear, facts.repeated, facts.asides)
    return bool(facts.expected) and not any(others) and all(line.replaces for line in facts.expected)


def _with_another_amount(line: UnclearLine, cards: Sequence[ForecastCard], book: Book) -> ForecastLine | None:
    """ "Rather 3k, not 2k", where exactly one expectation of the client is of 2k."""
    if line.doubt is not Doubt.CORRECTS or line.price is None or line.other is None:
        return None
    client = line.client or _named(words_of(line.name), book)
    meant = [card for card in _of(client, cards) if _is(card.price, line.other)] if client else []
    if client is None or len(meant) != 1:
        return None
    (card,) = meant
    return ForecastLine(client, line.price, line.evidence, card.certainty, _as_before(card, Stage.OPEN), None, card)


def _lost_before(line: ForecastLine, cards: Sequence[ForecastCard]) -> ForecastLine:
    """ "Blue Ridge 2k lost": the expectation of that amount, whichever time it was for."""
    meant = [card for card in _of(line.client, cards) if _is(card.price, line.price)]
    if line.said.stage is not Stage.LOST or len(meant) != 1:
        return line
    return replace(line, said=_as_before(meant[0], Stage.LOST), replaces=meant[0])


def _dead(words: Words, cards: Sequence[ForecastCard], book: Book, told: Iterable[int]) -> Iterator[ForecastLine]:
    """The lines without an amount that say of a client that nothing comes of it."""
    named = set(told)
    at = 0
    for line in words.text.split("\n")[:_MOST_LINES]:
        client = _dead_client(line, book)
        if client is not None and client.id not in named:
            named.add(client.id)
            start = at + len(line) - len(line.lstrip())
            evidence = words.evidence(start, start + len(line.strip()))
            for card in _of(client, cards):
                yield ForecastLine(client, card.price, evidence, said=_as_before(card, Stage.LOST), replaces=card)
        at += len(line) + 1


def _dead_client(line: str, book: Book) -> NamedClient | None:
    """The one client that a line names before the words that say it is lost; nothing else may stand in it."""
    if len(line) > _LONGEST_LINE or "?" in line or any(map(str.isdigit, line)):
        return None
    said = words_of(line)
    behind = next((phrase for phrase in _DEAD if tuple(said[-len(phrase) :]) == phrase), None)
    if behind is None:
        return None
    return _named(said[: -len(behind)], book)


def _named(name: Sequence[str], book: Book) -> NamedClient | None:
    """The client of a name, without the words around it."""
    while name and name[0] in _BESIDE:
        name = name[1:]
    while name and name[-1] in _BESIDE:
        name = name[:-1]
    meaning = meaning_of(" ".join(name), book)
    return meaning.client if isinstance(meaning, Meant) else None


def _of(client: NamedClient, cards: Sequence[ForecastCard]) -> list[ForecastCard]:
    return [card for card in cards if card.client_id == client.id]


def _is(price: Price | None, other: Price | None) -> bool:
    return price is not None and other is not None and (price.amount, price.currency) == (other.amount, other.currency)


def _as_before(card: ForecastCard, stage: Stage) -> Particulars:
    return Particulars(product=card.product, stage=stage, day=card.closes_on, period=card.period)
