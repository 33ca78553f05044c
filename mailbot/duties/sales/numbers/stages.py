"""What the words of a mail say of a deal: won, invoiced, still open, or lost; in English and German."""

from __future__ import annotations

from typing import Final

from mailbot.duties.sales.facts.particulars import Stage
from mailbot.duties.sales.numbers.phrases import EXPECTED, TO_BE_WON, phrases, said, words_of

WON: Final = phrases(
    """
    closed, signed, won, win, sold, booked, renewed, landed, confirmed, ordered, reordered, bought, took, takes,
    secured,
    instructed us, appointed us, commissioned us, awarded us, bagged, sealed, extended, upgraded, closed won,
    po, purchase order, placed an order, new logo, went for, committed,
    abgeschlossen, unterschrieben, unterzeichnet, gewonnen, verkauft, gebucht, verlängert, bestellt, nachbestellt,
    geordert, ordert, beauftragt, bestätigt, bestätigte, bestätigen, abschluss, abschlüsse, gekauft, kauft, nimmt, nahm,
    genommen, zuschlag, zugeschlagen, erteilt, auftrag erhalten, auftrag bekommen, bestellung, bestellungen, buchen,
    buchte, hat unterschrieben, wir bestellen, bestellen wir, ich bestelle, bestelle ich, wir beauftragen,
    beauftragen wir, please deliver, please supply, we order, we would like to order, as our order
    """
)
# The words for what a rep has a paper of.
SIGNED: Final = phrases("signed, unterschrieben, unterzeichnet")
# "To be signed": the word for a win, of what is no win yet.
NOT_YET: Final = phrases(
    """
    to be signed, to be confirmed, to be closed, will be signed, will be closed, not signed, not yet signed, not closed,
    not confirmed, not yet confirmed, unsigned, unconfirmed, noch nicht unterschrieben, nicht unterschrieben,
    wird unterschrieben, werden unterschrieben, noch nicht bestätigt, nicht bestätigt, noch nicht bestellt,
    noch nicht gebucht, noch nicht abgeschlossen
    """
)
INVOICED: Final = phrases(
    """
    invoiced, billed, credit note, credit notes, invoices sent, fakturiert, in rechnung gestellt, rechnung gestellt,
    berechnet, abgerechnet, verrechnet
    """
)
OPEN: Final = (
    EXPECTED
    | TO_BE_WON
    | phrases("offerte, offerten, angebote, offers, quotes, proposals, open, opportunity, opportunities, entscheid, "
              "entscheidung, decision, verhandlungsphase, in verhandlung")
)  # fmt: skip
LOST: Final = phrases(
    """
    lost, lose, losing, loses, fell through, backed out, pulled out, declined, rejected, dropped out, went to,
    went with,
    said no, no go, closed lost, verloren, geplatzt, abgesagt, abgelehnt, zurückgezogen, abgesprungen, ging an,
    gegangen an, verliert, an den wettbewerb
    """
)
STAGE_WORDS: Final = (
    WON | INVOICED | OPEN | LOST | phrases("deals, orders, aufträge, lost deals, wins, losses, invoices")
)

# How sure an expectation is, in the words of the rep.
CERTAINTY: Final = phrases(
    """
    maybe, perhaps, probably, likely, very likely, possibly, not sure, unsure, hopefully, verbal, verbally, tbc, tbd,
    to be confirmed, unconfirmed, almost certain, pretty sure, fifty fifty, vielleicht, vermutlich, wahrscheinlich,
    sehr wahrscheinlich, voraussichtlich, evtl, eventuell, möglicherweise, noch nicht sicher, nicht sicher, unsicher,
    hoffentlich, mündlich, ziemlich sicher, so gut wie sicher, unbestätigt, noch offen
    """
)


def stage_in(text: str) -> Stage | None:
    """The stage that some words say: what speaks against a sale goes before what speaks for it; None for neither."""
    if said(text, LOST):
        return Stage.LOST
    if said(text, OPEN):
        return Stage.OPEN
    return says_sold(text)


def says_sold(text: str) -> Stage | None:
    """Invoiced or won, where the words say so."""
    words = set(words_of(text))
    if said(text, INVOICED) or {"rechnung", "gestellt"} <= words or {"invoice", "raised"} <= words:
        return Stage.INVOICED
    return Stage.WON if said(text, WON) else None


def certainty_in(text: str) -> str:
    """The words for how sure it is: "noch nicht sicher", "maybe"; "" for none."""
    return max((phrase for phrase in CERTAINTY if said(text, frozenset((phrase,)))), key=len, default="")
