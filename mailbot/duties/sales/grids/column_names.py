"""What people write above the columns of their tables, in English and German, and what the columns hold then."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final

from rapidfuzz import fuzz, process


class Of(Enum):
    """What a column holds."""

    CLIENT = "client"
    AMOUNT = "amount"
    GROSS = "gross"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit price"
    CURRENCY = "currency"
    PRODUCT = "product"
    DAY = "day"
    STAGE = "stage"
    CHANCE = "chance"  # how likely it is won; the amount is never weighted with it
    DISCOUNT = "discount"
    PERIOD = "period"
    REMARK = "remark"
    TIME = "time"  # the amounts of the week, the month, the quarter that it names, and of nothing else
    NOTHING = "nothing"  # known to be neither a client nor an amount of this row


def _names(words: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in words.split(","))


_NAMES: Final[Mapping[Of, tuple[str, ...]]] = {
    Of.CLIENT: _names(
        """client, client name, customer, customer name, account, account name, company, company name, buyer, sold
        to, bill to, organisation, organization, opportunity account, advertiser, firm, kunde, kunden, kundenname,
        kundin, firma, firmenname, auftraggeber, besteller, käufer, abnehmer, unternehmen, debitor, mandant,
        inserent, name"""
    ),
    Of.AMOUNT: _names(
        """amount, net, net amount, net value, net total, net sales, net revenue, value, deal value, deal size,
        contract value, order value, total value, revenue, sales, turnover, total, total amount, total net, line
        total, sum, booked, bookings, acv, tcv, invoice amount, price total, full value, umsatz, umsätze, umsatz
        netto, nettoumsatz, betrag, betrag netto, nettobetrag, rechnungsbetrag, netto, nettowert, summe, wert,
        auftragswert, auftragssumme, auftragsvolumen, volumen, gesamt, gesamtpreis, gesamtbetrag, gesamtsumme,
        gesamt netto, summe netto, erlös, vertragswert, dealwert, gebucht, zeilensumme, positionswert, actual, actuals,
        actual sales, actual revenue, achieved, ist, ist wert, istwert, ist umsatz, tatsächlich, erreicht"""
    ),
    Of.GROSS: _names(
        """gross, gross amount, gross total, gross value, total gross, amount gross, incl vat, incl tax, total incl
        vat, brutto, bruttobetrag, betrag brutto, bruttoumsatz, umsatz brutto, gesamt brutto, summe brutto, inkl
        mwst, inkl ust"""
    ),
    Of.QUANTITY: _names(
        """quantity, qty, units, pieces, pcs, number of units, count, menge, anzahl, stück, stückzahl, stk,
        einheiten, absatz"""
    ),
    Of.UNIT_PRICE: _names(
        """unit price, price per unit, price each, price, rate, net price, price net, einzelpreis, preis,
        stückpreis, preis je stück, preis pro stück, e preis, ep, vk, vk preis, einzel, nettopreis, preis netto"""
    ),
    Of.CURRENCY: _names("currency, curr, ccy, cur, währung, whg, waehrung, wrg, devise"),
    Of.PRODUCT: _names(
        """product, product name, item, items, description, service, services, article, sku, what, package, position,
        produkt, artikel, artikelbezeichnung, leistung, bezeichnung, beschreibung, ware, dienstleistung, paket,
        produktname, gegenstand, sold item, deal, opportunity, opportunity name"""
    ),
    Of.DAY: _names(
        """date, close, close date, closing date, closed on, order date, invoice date, signed, signed on, booking
        date, sale date, won on, expected close, datum, abschluss, abschlussdatum, auftragsdatum, bestelldatum,
        rechnungsdatum, belegdatum, buchungsdatum, unterschrieben am, verkauft am, abschluss am, tag"""
    ),
    Of.STAGE: _names(
        """stage, status, phase, state, deal stage, sales stage, pipeline stage, vertriebsphase, stufe, stand,
        auftragsstatus, vertriebsstufe"""
    ),
    Of.PERIOD: _names("period, month, week, quarter, cw, kw, zeitraum, monat, woche, kalenderwoche, quartal, periode"),
    Of.REMARK: _names(
        """remark, remarks, comment, comments, note, notes, bemerkung, bemerkungen, kommentar, notiz, notizen,
        anmerkung, anmerkungen, hinweis, hinweise, info"""
    ),
    Of.CHANCE: _names(
        """win, win %, win rate, probability, prob, chance, confidence, likelihood, wahrscheinlichkeit, wahrsch, wkt,
        abschlusswahrscheinlichkeit, chance %"""
    ),
    Of.DISCOUNT: _names("discount, rebate, rabatt, skonto, nachlass"),
    Of.NOTHING: _names(
        """weighted, weighted value, weighted amount, expected value, expected revenue, gewichtet, gewichteter wert,
        gewichteter umsatz, erwartungswert, customer number, customer no, customer id, client id, client no,
        account number, account no, account id, cust no, id, no, nr, number, kundennummer, kundennr, kd nr, kunden
        nr, debitorennummer, lfd nr, pos, invoice, invoice no, invoice number, order, order no, order number, po,
        po number, reference, ref, rechnung, rechnungsnummer, rechnungsnr, re nr, auftrag, auftragsnr,
        auftragsnummer, bestellnummer, bestellnr, belegnummer, belegnr, referenz, vat, tax, vat amount, mwst, ust,
        mehrwertsteuer, umsatzsteuer, steuer, margin, gp, profit, cost, marge, db, deckungsbeitrag, kosten, ek,
        commission, provision, list price, listenpreis, catalogue price, katalogpreis,
        target, quota, budget, goal, plan, planned, plan umsatz, plan wert, ziel, soll, vorgabe, planwert, vs target,
        zielerreichung, previous, last year, prior year, previous year, py, ly, vorjahr, vorjahreswert, umsatz
        vorjahr, vj, vormonat, last month, previous month, ytd, year to date, change, growth, delta, difference,
        abweichung, veränderung, differenz, rep, sales rep, owner, salesperson, vertreter, verkäufer, vertriebler,
        betreuer, bearbeiter, phone, telephone, tel, mobile, telefon, telefonnummer, handy, email, e mail, mail,
        contact, contact name, ansprechpartner, kontakt, city, country, region, ort, plz, land, stadt, zip,
        street, straße, address, adresse, kostenstelle, forecast, prognose, readers, leser"""
    ),
}  # fmt: skip
_MEANT: Final[Mapping[str, Of]] = {name: meant for meant, names in _NAMES.items() for name in names}
_CHOICES: Final = tuple(_MEANT)
_LIKE_ENOUGH: Final = 88.0  # of 100: a slip of the keyboard, and not another word
_SHORT: Final = 5  # letters up to which nothing but the very word is meant
_FULL_WORDS: Final[Mapping[str, Of]] = {
    **dict.fromkeys(("gross", "brutto"), Of.GROSS),
    **dict.fromkeys(
        ("vorjahr", "previous", "weighted", "gewichtet", "target", "ziel", "quota", "budget", "soll", "plan", "planned",
         "geplant", "forecast", "prognose", "ytd", "vat",
         "mwst", "ust", "commission", "provision", "margin", "marge", "phone", "telefon"),
        Of.NOTHING,
    ),
}  # fmt: skip
_MAY_STAND_BESIDE: Final = frozenset(
    (
        "in",
        "of",
        "the",
        "a",
        "an",
        "der",
        "des",
        "total",
        "sum",
        "per",
        "je",
        "zzgl",
        "excl",
        "ohne",
        "ex",
        "value",
        "our",
    )
)


def column_of(words: tuple[str, ...]) -> Of:
    """What is meant: the very words, else a word that leaves no doubt, else the likest of the longer ones."""
    said = " ".join(words)
    if said in _MEANT:
        return _MEANT[said]
    if telling := next((_FULL_WORDS[word] for word in words if word in _FULL_WORDS), None):
        return telling
    few = tuple(word for word in words if word not in _MAY_STAND_BESIDE and not any(map(str.isdigit, word)))
    said = " ".join(few)
    if said in _MEANT:
        return _MEANT[said]
    if len(said) <= _SHORT:
        return Of.NOTHING
    found = process.extractOne(said, _CHOICES, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return _MEANT[found[0]] if found else Of.NOTHING
