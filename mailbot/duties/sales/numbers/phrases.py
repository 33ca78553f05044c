"""The words that say what a line about money is, in English and German: an expectation, a total, a credit, no sale.

All are casefolded and looked for as whole words. A list that says "do not book" may be too long, never too short: what
is held by mistake is seen by a person, what is booked by mistake may not be.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")


SPELT_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def phrases(words: str) -> frozenset[str]:
    """The phrases of a list, which commas part; those with umlauts also as they are spelt without."""
    listed = [" ".join(phrase.split()).casefold() for phrase in words.split(",") if phrase.strip()]
    return frozenset((*listed, *(phrase.translate(SPELT_OUT) for phrase in listed)))


EXPECTED: Final = phrases(
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
    on hold, on ice, postponed, delayed, auf eis, verschoben, zurückgestellt,
    tomorrow, or so, oder so, zusage, in aussicht, unbestätigt, unterschreibt, kommt, kommen, demnächst,
    nächste, nächsten, kommende,
    kommenden
    """
)

# In the words of a line itself: it is still to be won.
TO_BE_WON: Final = phrases(
    """
    überlegt, überlegen, thinking, hesitating, zögert, morgen, übermorgen, nach weihnachten, to close,
    to sign, to win, to book, to order, to buy, to renew,
    will close, will win, will book, will be, will
    order, will buy, will renew, about to, close to, closing, signing, ready to, almost, nearly, trying, need to, needs
    to, want, promised, promises, talking, talked, talks, negotiating, negotiation, negotiations, pitched, pitch,
    pitching, chasing, zugesagt, versprochen, verspricht, steht bevor, stehen bevor, bevorstehend, kurz vor, fast,
    beinahe, will, wollen, möchte, möchten, soll, sollen, abschließen, unterschreiben, gespräch, gespräche, verhandlung,
    verhandlungen, verhandle, verhandeln, zum abschluss, vor dem abschluss
    """
)

# Without a figure beside them, only these speak for the lines around them.
SPEAKS_FOR_ALL: Final = phrases(
    """
    forecast, forecasts, projected, projection, pipeline, expected, unconfirmed, not confirmed, not signed, not yet
    signed, nothing signed, none signed, not final, to be confirmed, tbc, tbd, estimates, estimated, verbal, all
    maybe, prognose, erwartet, erwartung, noch nicht unterschrieben, nicht unterschrieben, unbestätigt, noch nicht
    bestätigt, nicht bestätigt, noch nicht sicher, noch nicht fix, noch offen, nur geplant, vorläufig,
    voraussichtlich
    """
)

# … and where they begin so, for all lines above them, a blank line between or not.
OF_ALL_ABOVE: Final = phrases(
    """
    the above, all above, these are, those are, both are, they are all, all of these, all of them, all still,
    diese sind,
    das sind, beide sind, beides sind, beide noch, alle noch, alles noch, obige, obigen, die oberen
    """
)

DENIED: Final = phrases(
    """
    refund, refunded, rückerstattung, not, no, never, nothing, none, without, instead, was, were, cancel, cancels,
    cancelled, canceled, storno, storniert, stornieren, nicht, kein, keine, keinen, statt, anstatt, sondern, ohne, war,
    waren, wrong, falsch, typo, tippfehler, ignore, ignorieren, lost, lose, losing, fell through, backed out, pulled
    out, declined, rejected, verloren, geplatzt, abgesagt, abgelehnt, zurückgezogen, isn't, wasn't, don't, doesn't,
    didn't, won't, haven't, hasn't, isn’t, wasn’t, don’t, doesn’t, didn’t, won’t, haven’t, hasn’t
    """
)

# An order to take a booked line back.
DROPPED: Final = phrases(
    """
    drop, delete, remove, cancel, scrap, take out, lösch, lösche, löschen, streich, streiche, streichen, stornier,
    storniere, stornieren, storno, entferne, entfernen
    """
)

NOT_THE_OLD: Final = phrases("not, nicht, statt, anstatt, instead of")  # before the amount that was wrong

# … or that it was taken back, or is to be.
TAKEN_BACK: Final = DROPPED | phrases(
    """
    scratch, cancels, cancelled, canceled, cancellation, reverse, reversed, void, löscht, streicht, rausnehmen,
    herausnehmen, storniert, stornierung, zurücknehmen
    """
)

NO_SALE: Final = phrases(
    """
    rechnung von, rechnungen von, invoice from, invoices from, credit limit, credit line, kreditlimit, kreditrahmen,
    lunch, dinner, taxi, hotel, flight, expense, expenses, receipt, commission, bonus, salary, invoice overdue,
    reimburse, list price, listed, list, spesen, bewirtung, quittung, beleg, provision, prämie, gehalt, listenpreis,
    mittagessen, abendessen, erstattung, reisekosten, overdue, owes, paid, unpaid, schuldet, bezahlt, gezahlt,
    überfällig, mahnung, auftrag an, aufträge an, order to, rechnung an, invoice to, payment from, payment received,
    invoice received, rechnung erhalten, rechnung bekommen, margin, profit, marge, rohertrag, deckungsbeitrag,
    deposit, deposit from, down payment, instalment, installment, transferred, wired, zahlung von, zahlungseingang,
    geldeingang, anzahlung, abschlagszahlung, überwiesen, überweisung, beglichen
    """
)

# In a heading or a subject: the figures below are some other money of the client, or none that was earned.
OTHER_MONEY: Final = phrases(
    """
    invoices received, received invoices, supplier invoices, bills, eingangsrechnungen, rechnungen erhalten,
    erhaltene rechnungen, lieferantenrechnungen,
    payment, payments, payments received, incoming payments, cash in, cash received, receipts, deposits, outstanding,
    receivables, open invoices, open items, reminders, targets, goals, quota, quotas, budgets, plans, price list,
    prices, pricing, margin, margins, profit, profits, cost, marge, margen, gewinn, rohertrag, deckungsbeitrag,
    prospect, prospects, working on, in the works, hot, hot leads, leads, wiedervorlage, in arbeit, chancen,
    rates, rate card, costs, discounts, commissions, bonuses, last year, previous year, prior year,
    offenen posten, offenen rechnungen,
    zahlung, zahlungen, zahlungseingang, zahlungseingänge, geldeingang, geldeingänge, offene posten, offene rechnungen,
    außenstände, mahnungen, ziele, zielwerte, zielzahlen, planzahlen, planung, plan, vorgaben, soll, preisliste, preise,
    preisübersicht, konditionen, kosten, rabatte, provisionen, prämien, vorjahr, vorjahreszahlen
    """
)

# What a rep says of an amount that stands in the ledger: nothing is to be booked a second time.
TOLD_BEFORE: Final = phrases(
    """
    already reported, already sent, already booked, already told you, already submitted, already in the system,
    reported already, sent already, booked already, reported before, sent before, reported last week, sent last week,
    previously reported, as reported, as already, was reported, were reported, schon gemeldet, bereits gemeldet,
    schon gesendet, bereits gesendet, schon geschickt, bereits geschickt, schon gebucht, bereits gebucht,
    schon durchgegeben, bereits durchgegeben, schon berichtet, bereits berichtet, wie gemeldet, wie berichtet,
    letzte woche gemeldet, vorige woche gemeldet, schon letzte woche, bereits letzte woche
    """
)

# The amount is one with tax.
WITH_TAX: Final = phrases(
    """
    gross, brutto, bruttobetrag, incl vat, inc vat, including vat, incl tax, including tax, vat included, inkl mwst,
    inkl ust, inklusive mwst, einschließlich mwst, mit mwst, inkl mehrwertsteuer, inklusive mehrwertsteuer
    """
)
NET: Final = phrases(
    "net, netto, ex vat, excl vat, excluding vat, plus vat, zzgl mwst, zzgl ust, nettobetrag, net total"
)

RATES: Final = phrases(
    """
    each, apiece, per, monthly, weekly, yearly, annually, quarterly, pm, pa, p m, p a, je, pro, jeweils, monatlich,
    mtl, jährlich, wöchentlich, vierteljährlich, stückpreis, a month, a week, a year, im monat, im jahr
    """
)

# The rates of one piece: beside a count they are multiplied.
EACH: Final = phrases("each, apiece, per, je, pro, jeweils, stückpreis")

CREDITS: Final = phrases(
    """
    credit, credits, credit note, credit memo, credited, gutschriften, gutschrift, gutgeschrieben
    """
)

# A figure that is none of a deal, where no client is named beside it.
REMARKS: Final = phrases(
    """
    target, targets, quota, goal, goals, plan, budget, pipeline, forecast, attainment, approvals, limit, fees, average,
    ytd, year to date, so far, last year, previous year, run rate, gap, below, above, total, totals, overall,
    altogether,
    commission, bonus, up to, at least, minimum, share capital, registered, iban, stammkapital, gebühren, gebühr,
    freigabe, freigaben, ziel, ziele, zielvorgabe, soll, vorgabe, quote, prognose, durchschnitt, schnitt, bisher,
    vorjahr, insgesamt, gesamt, provision, prämie, bis zu, mindestens, ab, mindestbestellwert, listenpreis, list price,
    rabatt, discount, werbebudget, erreicht, zielerreichung, limit von
    """
)

CONTRACTS: Final = phrases(
    "contract, agreement, annual contract, vertrag, jahresvertrag, rahmenvertrag, werbevertrag, anzeigenvertrag"
)

TOTALS: Final = phrases(
    """
    total, totals, grand total, sub total, subtotal, sum, summe, gesamt, gesamtsumme, insgesamt, zusammen, total
    sum, in total, all in all, altogether, macht zusammen, summe gesamt, zwischensumme, gesamtumsatz, total sales,
    week total
    """
)

# Words around a client's name that are no part of it.
BESIDE_A_NAME: Final = phrases(
    """
    and, also, plus, then, for, from, with, new, sale, sales, sold, deal, order, booked, signed, closed, won,
    renewal, hi, hey, hello, sorry, ok, okay, oh, here, my, numbers, number, revenue, und, auch, noch, dazu, für,
    von, mit, bei, neu, neuer, auftrag, verkauft, verkauf, gebucht, abgeschlossen, moin, hallo, hier, meine, zahlen,
    umsatz, umsätze, week, wk, kw, woche, this, diese, dieser, today, heute, the, der, die, das, an, to, client,
    customer, kunde, firma, nachtrag, nachmeldung, ergänzung, update, morning, afternoon, btw, fyi, übrigens
    """
)

# Between a client's name and the amount: the price is named next.
PRICED_AT: Final = phrases("at, zu")

BOUGHT: Final = phrases(
    """
    bought, ordered, took, takes, reordered, gekauft, bestellt, nachbestellt, geordert, kauft, ordert, nimmt, nahm,
    genommen, added, zugebucht, dazugebucht
    """
)  # by whoever is named before
SOLD_TO: Final = phrases("sold, sale, sales, verkauft, verkauf")  # and then "to", or "an"
FOR_THE_AMOUNT_OF: Final = phrases(
    "abschluss, auftrag, vertrag, verkauf, jahresvertrag, verlängerung, deal, bestellung, rechnung, gutschrift"
)  # and "über"
OF_A_WIN: Final = phrases(
    """
    we've, i've, we’ve, i’ve, they've, they’ve, it's, it’s, hi, hello, hallo,
    i, we, us, has, have, got, just, a, is, of, in, on, it, finally, now, officially, worth, good, great, news,
    full, year, another, again, more, extra, further, also, only, one, sent, sends, placed, gave, gives, via, by, phone,
    email, mail, officially, yesterday, thursday, friday, monday, tuesday, wednesday, their, them, they, came, through,
    back, total, value, amount, first, second, contract, paper, signature, po, received, said, yes, go, ahead, ich,
    wir, hat,
    habe, haben, ist, ein, eine, einen, einer, im, am, gerade, eben,
    jetzt, endlich, gute, neue, neuen, nachricht, höhe, wert, zu, mit, soeben, frisch, nochmals, nochmal, noch, erneut,
    wieder, weitere, weiterer, weiteren, gestern, montag, dienstag, mittwoch, donnerstag, freitag, telefonisch, per,
    please, see, attached, kindly, bitte, anbei, liegt, lag, steht, läuft, unchanged, unverändert, stable, flat, stands,
    erfassen, eintragen, verbuchen, einbuchen, record, two, three, four, zwei, drei, vier, both, beide,
    beides, all, alle, wurde, wurden, dafür, but, aber,
    jedoch, dagegen,
    while, schriftlich, sich, uns, erhalten, bekommen, geschickt, gesendet, dann, nun, schon, auch, insgesamt
    """
)

# Between a client's name and the amount: from here on, the words say what was sold.
WHAT_WAS_SOLD: Final = phrases(
    """
    credit, refund, gutschrift, rückerstattung, banner, banners, page, pages, seite, seiten, ad, ads, anzeige,
    anzeigen, advert, advertorial, booth, stand, messestand, directory, listing, eintrag, newsletter, insert,
    beilage, sponsoring, sponsorship, package, paket, print, online, digital, renewal, verlängerung, jahresvertrag,
    vertrag, contract, half, full, quarter, halbe, ganze, viertel, cover, titelseite, spread, issue, ausgabe, net,
    netto, brutto, gross, order, auftrag, annual, agreement
    """
)

ABOUT_NUMBERS: Final = phrases(
    """
    numbers, number, sales, revenue, kw, week, wk, umsatz, umsätze, zahlen, figures, bookings, verkäufe, abschlüsse,
    weekly
    """
)

NOTHING_SOLD: Final = phrases(
    """
    zero, nothing this week, no sales, no sales this week, zero this week, nothing to report, none this week,
    fehlanzeige, keine umsätze, kein umsatz, null, nichts diese woche, diese woche nichts, nichts zu melden, keine
    verkäufe
    """
)

# These too, where the mail names no client with an amount.
PERHAPS_NOTHING_SOLD: Final = phrases(
    """
    no deals, no new deals, no deals closed, no numbers, no orders, no new orders, no new business, nothing closed,
    nothing sold, nothing signed, nothing to book, nothing new, no closings, no bookings, no revenue, quiet week,
    keine abschlüsse, keine neuen abschlüsse, keine zahlen, keine aufträge, keine neuen aufträge, keine bestellungen,
    nichts verkauft, nichts abgeschlossen, nichts gebucht, nichts neues, leider nichts, keine neuigkeiten,
    keine umsätze, nullmeldung, nullrunde, nichts dabei
    """
)

AGREES: Final = phrases(
    """
    thanks, thx, thank you, danke, ok, okay, great, perfect, super, passt, stimmt, correct, alles klar, all good,
    danke dir
    """
)

# Not without a figure of a sale beside them: a letter that begins with them says nothing before.
FAREWELLS: Final = phrases(
    """
    regards, best regards, kind regards, warm regards, many thanks and best regards, best wishes, yours sincerely,
    sincerely, mit freundlichen grüßen, mit freundlichem gruß, viele grüße, beste grüße, liebe grüße, freundliche grüße,
    herzliche grüße, schöne grüße, grüße, gruß, mfg, best
    """
)

SIGN_OFFS: Final = phrases(
    """
    thx, thanks, thank you, many thanks, cheers, regards, best regards, kind regards, best, greetings, danke, vielen
    dank, viele grüße, beste grüße, liebe grüße, grüße, gruß, lg, vg, mfg, mit freundlichen grüßen, schöne grüße,
    danke und gruß
    """
)


@lru_cache(maxsize=64)  # the few texts of a mail are looked at again and again
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, casefolded."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def first_word_of(text: str) -> str:
    """The first of them; "" where there is none."""
    match = _WORD.search(text)
    return match[0].casefold() if match else ""


def spans_of_words(text: str) -> tuple[tuple[int, int, str], ...]:
    """The same words, each with where it begins and ends."""
    return tuple((*match.span(), match[0].casefold()) for match in _WORD.finditer(text))


def said(text: str, listed: frozenset[str]) -> str | None:
    """The first of the phrases, by their letters, that the text says, whole words in a row; None where it says none."""
    words = words_of(text)
    if len(words) <= _SHORT_TEXT:
        return min(_rows_of(words) & listed, default=None)
    padded = f" {' '.join(words)} "
    return min((phrase for phrase in listed if f" {phrase} " in padded), default=None)


_SHORT_TEXT: Final = 12  # words: to look each row of them up is cheaper than to look for each phrase


@lru_cache(maxsize=64)
def _rows_of(words: tuple[str, ...]) -> frozenset[str]:
    """Every row of words that stands in a text."""
    ends = range(1, len(words) + 1)
    return frozenset(" ".join(words[first:end]) for end in ends for first in range(end))


def is_only(text: str, listed: frozenset[str]) -> bool:
    """Whether the text says one of the phrases and nothing else."""
    return " ".join(words_of(text)) in listed


def place_of(text: str, listed: frozenset[str]) -> tuple[int, int] | None:
    """Where the longest of the phrases stands that the text says, the last such place; None where it says none."""
    words = spans_of_words(text)
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        for first in range(len(words) - length, -1, -1):
            told = words[first : first + length]
            if " ".join(word for _, _, word in told) in listed:
                return told[0][0], told[-1][1]
    return None


_LONGEST_PHRASE: Final = 4  # words
