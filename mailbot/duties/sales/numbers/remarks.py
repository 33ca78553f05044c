"""Figures of a mail that are none of a deal: a target, a quota, a pipeline, a limit, the capital of the company."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.naming.clients import Unknown
from mailbot.duties.sales.numbers.case import Case
from mailbot.duties.sales.numbers.phrases import (
    REMARKS,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.sentences import names_nobody
from mailbot.money.figure import Trouble


def is_remark(case: Case) -> bool:
    """Whether a figure is none of a deal: a target, a quota, a pipeline, a limit, the capital of the company."""
    if not isinstance(case.meaning, Unknown) or (case.stage is Stage.WON and case.price is not None):
        return False
    if case.statement.too_long:
        return False
    if all(figure.trouble is Trouble.PERCENTAGE for figure in case.statement.figures):
        return True
    if case.meaning.alike == () and _begins_as_a_remark(case.statement.rest):
        return True
    return said(case.statement.rest, REMARKS) is not None and (
        names_nobody(case.statement)
        or (case.meaning.alike == () and said(case.statement.rest, _OF_A_COMPANY) is not None)
    )


def _begins_as_a_remark(rest: str) -> bool:
    """ "Target remains | ", "Ziel war | ", "Pipeline: | ": a figure that the rep is measured by, and no deal."""
    first, *others = words_of(rest.partition("|")[0]) or ("",)
    return first in _MEASURES and (not others or others[0] in _BESIDE_A_MEASURE)


_MEASURES: Final = frozenset(
    (
        *("target", "targets", "quota", "goal", "budget", "pipeline", "forecast", "ytd"),
        *("ziel", "ziele", "soll", "vorgabe", "zielvorgabe", "quote", "plan", "prognose", "limit"),
    )
)
_BESIDE_A_MEASURE: Final = frozenset(
    (
        *("is", "was", "remains", "stays", "still", "of", "for", "now", "at", "stands", "unchanged"),
        *("ist", "war", "bleibt", "liegt", "lag", "steht", "noch", "von", "für", "unverändert", "weiter", "weiterhin"),
    )
)
_OF_A_COMPANY: Final = frozenset(
    (
        "stammkapital",
        "gebühren",
        "gebuehren",
        "fees",
        "iban",
        "share capital",
        "geschäftsführer",
        "freigaben",
        "approvals",
    )
)
