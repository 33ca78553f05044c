"""What is expected, wherever a mail says it: each line is noted in the place of the last one about the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailbot.deciding.verbs import Situation
from mailbot.duties.sales.facts.cards import ForecastCard
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import ForecastLine, Numbers
from mailbot.duties.sales.forecast_actions import NoteForecast
from mailbot.duties.sales.numbers.periods import Period
from mailbot.duties.sales.weeks.closings import month_of
from mailbot.records.known import PersonCard


def noted_forecasts(s: Situation, facts: Numbers, rep: PersonCard) -> Iterable[NoteForecast]:
    """Each expectation in the place of the last one about the same client, product and period."""
    recalled = s.known.recalled.get(NAME)
    earlier = recalled.forecasts if isinstance(recalled, SalesKnown) else ()
    if facts.said_on is None:
        return
    for line in facts.expected:
        period = line.said.period or month_of(facts.said_on)
        yield NoteForecast(
            rep_id=rep.id,
            client_id=line.client.id,
            client_name=line.client.name,
            price=line.price,
            period=period,
            said_on=facts.said_on,
            words=line.evidence.words,
            place=str(line.evidence.place),
            certainty=line.certainty,
            said=line.said,
            supersedes=_in_place_of(line, earlier, period),
        )


def _in_place_of(line: ForecastLine, earlier: Sequence[ForecastCard], period: Period) -> int | None:
    """The expectation that a line takes the place of: the one it corrects, else the one about the same."""
    if line.replaces is not None:
        return line.replaces.id
    return next((each.id for each in earlier if each.is_about(line.client.id, line.said.product, period)), None)
