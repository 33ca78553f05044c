"""The words that say what a line about money is, in English and German: an expectation, a total, a credit, no sale.

All are casefolded and looked for as whole words. A list that says "do not book" may be too long, never too short: what
is held by mistake is seen by a person, what is booked by mistake may not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")


def _set(words: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()).casefold() for phrase in words.split(",") if phrase.strip())


EXPECTED: Final = _set(
    """
    forecast, forecasts, projected, projection, pipeline, expect, expects, expected, expecting, maybe, perhaps,
    probably, likely, possibly, presumably, approx, approximately, circa, ca, around, roughly, about, est, estimate,
    estimated, not sure, unsure, tbc, tbd, pending, hope, hopefully, hoping, should, could, might, would, verbal,
    verbally, soon, if, unless, up to, at least, at most, planned, plan, budget, quote, quoted, offer, offered,
    proposal, proposed, intends, wants, interested, considering, to be confirmed, unconfirmed, unsigned, target,
    goal, will sign, coming, next, erwarte, erwarten, erwartet, erwartung, prognose, vielleicht, vermutlich,
    wahrscheinlich, voraussichtlich, evtl, eventuell, möglicherweise, ungefähr, etwa, rund, geschätzt, noch nicht,
    nicht sicher, unsicher, offen, hoffe, hoffen, hoffentlich, sollte, sollten, könnte, könnten, würde, wird,
    werden, mündlich, bald, falls, wenn, sobald, bis zu, mindestens, höchstens, geplant, angebot, angeboten, ziel,
    zusage, in aussicht, unbestätigt, unterschreibt, kommt, kommen, demnächst, nächste, nächsten, kommende,
    kommenden
    """
)

# In the words of a line itself: it is still to be won.
TO_BE_WON: Final = _set(
    """
    to close, to sign, to win, to book, to order, to buy, to renew, will close, will win, will book, will be, will
    order, will buy, will renew, about to, close to, closing, signing, ready to, almost, nearly, trying, need to, needs
    to, want, promised, promises, talking, talked, talks, negotiating, negotiation, negotiations, pitched, pitch,
    pitching, chasing, zugesagt, versprochen, verspricht, steht bevor, stehen bevor, bevorstehend, kurz vor, fast,
    beinahe, will, wollen, möchte, möchten, soll, sollen, abschließen, unterschreiben, gespräch, gespräche, verhandlung,
    verhandlungen, verhandle, verhandeln, zum abschluss, vor dem abschluss
    """
)

# Without a figure beside them, only these speak for the lines around them.
SPEAKS_FOR_ALL: Final = _set(
    """
    forecast, forecasts, projected, projection, pipeline, expected, unconfirmed, not confirmed, not signed, not yet
    signed, nothing signed, none signed, not final, to be confirmed, tbc, tbd, estimates, estimated, verbal, all
    maybe, prognose, erwartet, erwartung, noch nicht unterschrieben, nicht unterschrieben, unbestätigt, noch nicht
    bestätigt, nicht bestätigt, noch nicht sicher, noch nicht fix, noch offen, nur geplant, vorläufig,
    voraussichtlich
    """
)

DENIED: Final = _set(
    """
    refund, refunded, rückerstattung, not, no, never, nothing, none, without, instead, was, were, cancel, cancels,
    cancelled, canceled, storno, storniert, stornieren, nicht, kein, keine, keinen, statt, anstatt, sondern, ohne, war,
    waren, wrong, falsch, typo, tippfehler, ignore, ignorieren, lost, lose, losing, fell through, backed out, pulled
    out, declined, rejected, verloren, geplatzt, abgesagt, abgelehnt, zurückgezogen, isn't, wasn't, don't, doesn't,
    didn't, won't, haven't, hasn't, isn’t, wasn’t, don’t, doesn’t, didn’t, won’t, haven’t, hasn’t
    """
)

# An order to take a booked line back.
DROPPED: Final = _set(
    """
    drop, delete, remove, cancel, scrap, take out, lösch, lösche, löschen, streich, streiche, streichen, stornier,
    storniere, stornieren, storno, entferne, entfernen
    """
)

NOT_THE_OLD: Final = _set("not, nicht, statt, anstatt, instead of")  # before the amount that was wrong

NO_SALE: Final = _set(
    """
    lunch, dinner, taxi, hotel, flight, expense, expenses, receipt, commission, bonus, salary, invoice overdue,
    reimburse, list price, listed, list, spesen, bewirtung, quittung, beleg, provision, prämie, gehalt, listenpreis,
    mittagessen, abendessen, erstattung, reisekosten, overdue, owes, paid, unpaid, schuldet, bezahlt, gezahlt,
    überfällig, mahnung, auftrag an, aufträge an, order to, rechnung an, invoice to
    """
)

RATES: Final = _set(
    """
    each, apiece, per, monthly, weekly, yearly, annually, quarterly, pm, pa, p m, p a, je, pro, jeweils, monatlich,
    mtl, jährlich, wöchentlich, vierteljährlich, stückpreis, a month, a week, a year, im monat, im jahr
    """
)

CREDITS: Final = _set(
    """
    credit, credits, credit note, credited, gutschriften, gutschrift, gutgeschrieben
    """
)

TOTALS: Final = _set(
    """
    total, totals, grand total, sub total, subtotal, sum, summe, gesamt, gesamtsumme, insgesamt, zusammen, total
    sum, in total, all in all, altogether, macht zusammen, summe gesamt, zwischensumme, gesamtumsatz, total sales,
    week total
    """
)

# Words around a client's name that are no part of it.
BESIDE_A_NAME: Final = _set(
    """
    and, also, plus, then, for, from, with, new, sale, sales, sold, deal, order, booked, signed, closed, won,
    renewal, hi, hey, hello, sorry, ok, okay, oh, here, my, numbers, number, revenue, und, auch, noch, dazu, für,
    von, mit, bei, neu, neuer, auftrag, verkauft, verkauf, gebucht, abgeschlossen, moin, hallo, hier, meine, zahlen,
    umsatz, umsätze, week, wk, kw, woche, this, diese, dieser, today, heute, the, der, die, das, an, to, client,
    customer, kunde, firma, btw, fyi, übrigens
    """
)

# Between a client's name and the amount: the price is named next.
PRICED_AT: Final = _set("at, zu")

# A sentence that says a deal was won is made of these words alone, beside the client's name.
WON: Final = _set(
    """
    closed, signed, won, sold, booked, renewed, landed, sale, abgeschlossen, unterschrieben, gewonnen, verkauft,
    gebucht, verlängert, abschluss, auftrag, verkauf
    """
)
BOUGHT: Final = _set("bought, ordered, gekauft, bestellt")  # by whoever is named before
SOLD_TO: Final = _set("sold, sale, sales, verkauft, verkauf")  # and then "to", or "an"
FOR_THE_AMOUNT_OF: Final = _set("abschluss, auftrag, vertrag, verkauf, jahresvertrag, verlängerung, deal")  # and "über"
OF_A_WIN: Final = _set(
    """
    i, we, us, has, have, got, just, a, is, of, in, on, it, finally, now, officially, worth, good, great, news,
    full, year, ich, wir, uns, hat, habe, haben, ist, ein, eine, einen, einer, im, am, gerade, eben,
    jetzt, endlich, gute, neue, neuen, nachricht, höhe, wert, zu, mit, soeben, frisch
    """
)

# Between a client's name and the amount: from here on, the words say what was sold.
WHAT_WAS_SOLD: Final = _set(
    """
    credit, refund, gutschrift, rückerstattung, banner, banners, page, pages, seite, seiten, ad, ads, anzeige,
    anzeigen, advert, advertorial, booth, stand, messestand, directory, listing, eintrag, newsletter, insert,
    beilage, sponsoring, sponsorship, package, paket, print, online, digital, renewal, verlängerung, jahresvertrag,
    vertrag, contract, half, full, quarter, halbe, ganze, viertel, cover, titelseite, spread, issue, ausgabe, net,
    netto, brutto, gross, order, auftrag, annual, agreement
    """
)

ABOUT_NUMBERS: Final = _set(
    """
    numbers, number, sales, revenue, kw, week, wk, umsatz, umsätze, zahlen, figures, bookings, verkäufe, abschlüsse,
    weekly
    """
)

NOTHING_SOLD: Final = _set(
    """
    zero, nothing this week, no sales, no sales this week, zero this week, nothing to report, none this week,
    fehlanzeige, keine umsätze, kein umsatz, null, nichts diese woche, diese woche nichts, nichts zu melden, keine
    verkäufe
    """
)

AGREES: Final = _set(
    """
    thanks, thx, thank you, danke, ok, okay, great, perfect, super, passt, stimmt, correct, alles klar, all good,
    danke dir
    """
)

SIGN_OFFS: Final = _set(
    """
    thx, thanks, thank you, many thanks, cheers, regards, best regards, kind regards, best, greetings, danke, vielen
    dank, viele grüße, beste grüße, liebe grüße, grüße, gruß, lg, vg, mfg, mit freundlichen grüßen, schöne grüße,
    danke und gruß
    """
)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, casefolded."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def spans_of_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """The same words, each with where it begins and ends."""
    return tuple((*match.span(), match[0].casefold()) for match in _WORD.finditer(text))


def said(text: str, phrases: Iterable[str]) -> str | None:
    """The first of the phrases, by their letters, that the text says, whole words in a row; None where it says none."""
    padded = f" {' '.join(words_of(text))} "
    return min((phrase for phrase in phrases if f" {phrase} " in padded), default=None)


def is_only(text: str, phrases: frozenset[str]) -> bool:
    """Whether the text says one of the phrases and nothing else."""
    return " ".join(words_of(text)) in phrases
