"""The statements of a mail put beside what was sent before, and its totals checked. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from mailbot.duties.sales.facts.cards import EntryCard
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.kinds import DAYS_ALIKE
from mailbot.duties.sales.facts.lines import ClearLine, ForecastLine, Numbers, RepeatedLine, UnclearLine
from mailbot.duties.sales.facts.particulars import Price, Stage, sums
from mailbot.duties.sales.grids.row_lines import Line
from mailbot.duties.sales.naming.clients import Unknown
from mailbot.duties.sales.numbers.case import Bench, Case, is_total
from mailbot.duties.sales.numbers.phrases import words_of
from mailbot.duties.sales.numbers.remarks import is_remark
from mailbot.duties.sales.numbers.sentences import names_anything


def settled(
    said: Sequence[Line],
    totals: Sequence[Case],
    bench: Bench,
    entries: Sequence[EntryCard],
    others: Sequence[UnclearLine],
    zero: bool,
) -> Numbers:
    """Each statement in its place: to be booked, to be asked about, there already, or a total to be checked."""
    current = [entry for entry in entries if entry.is_current]
    earlier = [entry for entry in current if entry.said_on == bench.today]
    lines: list[ClearLine] = []
    unclear: list[UnclearLine] = []
    repeated: list[RepeatedLine] = []
    expected: list[ForecastLine] = []
    for each in said:
        match _against_earlier(each, earlier):
            case ClearLine() as line:
                lines.append(replace(line, like=_like(line, bench, current)))
            case ForecastLine() as line:
                expected.append(line)
            case UnclearLine() as line:
                unclear.append(line)
            case RepeatedLine() as line:
                repeated.append(line)
                earlier.remove(line.entry)
    wrong = [total for case in totals if (total := _wrong_total(case, bench, lines, unclear, repeated))]
    return Numbers(
        week=bench.week,
        said_on=bench.today,
        lines=tuple(lines),
        unclear=(*unclear, *wrong, *others),
        repeated=tuple(repeated),
        zero=zero,
        expected=tuple(expected),
    )


def sums_up(case: Case, before: Sequence[Case]) -> bool:
    """Whether an amount without a word is what all those before it add up to."""
    price = case.price
    if price is None or words_of(case.rest) or len(before) < _FEWEST_SUMMED:
        return False
    prices = [each.price for each in before if not is_total(each.statement)]
    return all(prices) and sums(each for each in prices if each is not None) == (Price(price.amount, price.currency),)


_FEWEST_SUMMED: Final = 2  # lines


def is_a_line(case: Case, *, zero: bool) -> bool:
    """Whether a statement is one of a deal; `zero`: the mail says that nothing was sold."""
    if is_total(case.statement) or _is_furniture(case) or is_remark(case):
        return False
    return not (zero and _is_small_talk(case))


def _is_furniture(case: Case) -> bool:
    """Digits of a signature that was not seen as one."""
    return case.statement.below_signature and isinstance(case.meaning, Unknown)


def _is_small_talk(case: Case) -> bool:
    """A figure in a mail that says that nothing was sold, and names no client: a limit, a count, a number to call; the
    sum of all offers, where no word that is written large may be the name of a new one."""
    if not isinstance(case.meaning, Unknown) or case.meaning.alike:
        return False
    return case.stage is None or (case.stage is Stage.OPEN and not names_anything(case.statement))


def _against_earlier(line: Line, earlier: Sequence[EntryCard]) -> Line | RepeatedLine:
    """A clear line beside what this rep sent for its client earlier on the same day."""
    if not isinstance(line, ClearLine):
        return line
    of_client = [entry for entry in earlier if entry.client_id == line.client.id]
    same = next((entry for entry in of_client if _is_same(line, entry)), None)
    if same is not None:
        return RepeatedLine(line.evidence, same)
    if of_client:
        return UnclearLine(
            line.evidence,
            Doubt.DIFFERS,
            line.client.name,
            line.price,
            line.client,
            other=of_client[-1].price,
            said=line.said,
            earlier=of_client[-1],
        )
    return line


def _like(line: ClearLine, bench: Bench, entries: Sequence[EntryCard]) -> EntryCard | None:
    """What was booked for the same client and amount in the days before."""
    return next(
        (
            entry
            for entry in reversed(entries)
            if bench.today is not None
            and timedelta() < bench.today - entry.said_on <= timedelta(days=DAYS_ALIKE)
            and entry.client_id == line.client.id
            and (entry.price.amount, entry.price.currency) == (line.price.amount, line.price.currency)
        ),
        None,
    )


def _is_same(line: ClearLine, entry: EntryCard) -> bool:
    """Whether a line says an entry once more: its amount in its words. Of one that was corrected ("2 is 1,500"), the
    words are those of the correction, and the amount alone tells."""
    price, booked = line.price, entry.price
    if (price.amount, price.currency) != (booked.amount, booked.currency):
        return False
    return entry.supersedes_id is not None or _letters(line.evidence.words) == _letters(entry.words)


def _letters(words: str) -> str:
    return "".join(words.casefold().split())


def _wrong_total(
    case: Case,
    bench: Bench,
    lines: Sequence[ClearLine],
    unclear: Sequence[UnclearLine],
    repeated: Sequence[RepeatedLine],
) -> UnclearLine | None:
    """The total where it is not what the lines add up to, with or without those that are not clear."""
    statement = case.statement
    evidence = bench.words.evidence(statement.start, statement.end)
    stated = case.price
    if stated is None:
        return UnclearLine(evidence, Doubt.TOTAL_DIFFERS)
    booked = [line.price for line in lines] + [line.entry.price for line in repeated]
    readable = booked + [line.price for line in unclear if line.price is not None]
    added = [price for prices in (booked, readable) for price in sums(prices) if price.currency == stated.currency]
    if any(price.amount == stated.amount for price in added):
        return None
    return UnclearLine(evidence, Doubt.TOTAL_DIFFERS, price=stated, other=added[0] if added else None)
