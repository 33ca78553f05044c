"""The pipeline stage that a cell names, and the sheets that speak of what is planned and not of what was sold."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.numbers.phrases import said


def _set(words: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in words.split(","))


_LOST: Final = _set(
    """lost, closed lost, dead, declined, rejected, cancelled, canceled, no go, verloren, abgelehnt, abgesagt,
    geplatzt, storniert, gescheitert, absage"""
)
_INVOICED: Final = _set("invoiced, billed, fakturiert, berechnet, in rechnung gestellt, rechnung gestellt, abgerechnet")
_OPEN: Final = _set(
    """open, negotiation, negotiating, proposal, quote, quoted, offer, offered, pipeline, pending, prospect,
    prospecting, qualified, qualification, lead, demo, discovery, verbal, commit, best case, upside, evaluation,
    contract sent, in progress, forecast, expected, not signed, unsigned, contacted, meeting, trial, offen,
    angebot, verhandlung, in verhandlung, anfrage, geplant, interessent, qualifiziert, mündlich, in arbeit,
    kontakt, erstgespräch, gespräch, vorschlag, wiedervorlage, entscheidung, laufend, erwartet, noch nicht,
    unterschrift ausstehend"""
)
_WON: Final = _set(
    """won, closed won, closed, signed, sold, booked, ordered, order, confirmed, done, delivered, complete,
    completed, win, gewonnen, auftrag, abgeschlossen, abschluss, unterschrieben, verkauft, gebucht, bestellt,
    beauftragt, erteilt, bestätigt, erledigt, geliefert"""
)
_PLANS: Final = _set(
    """plan, plans, planned, planung, planwerte, forecast, forecasts, fc, projection, projections, projected,
    target, targets, quota, goal, goals, budget, outlook, ziel, ziele, zielwerte, soll, sollwerte, vorschau,
    prognose, prognosen, erwartung, erwartungen, hochrechnung"""
)
_PREVIOUS: Final = _set(
    "vorjahr, vorjahre, vorperiode, archiv, archive, last year, previous year, prior year, alt, old, backup, history"
)


def stage_in(text: str) -> Stage | None:
    """The stage a cell names; None where it names none that is known, which is for a person."""
    if said(text, _LOST):
        return Stage.LOST
    if said(text, _INVOICED):
        return Stage.INVOICED
    if said(text, _OPEN):
        return Stage.OPEN
    return Stage.WON if said(text, _WON) else None


def speaks_of_plans(title: str) -> bool:
    """Whether a sheet or file of this name holds what is planned or expected."""
    return said(title, _PLANS) is not None


def speaks_of_the_past(title: str) -> bool:
    """Whether a sheet of this name holds what was reported before."""
    return said(title, _PREVIOUS) is not None
