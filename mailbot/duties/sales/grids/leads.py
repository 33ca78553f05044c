"""What a mail says above a table, or of the files that come with it: it speaks for the rows as a heading does."""

from __future__ import annotations

import re
from typing import Final

from mailbot.duties.sales.numbers.phrases import (
    ABOUT_NUMBERS,
    NO_SALE,
    OTHER_MONEY,
    SPEAKS_FOR_ALL,
    phrases,
    said,
    words_of,
)
from mailbot.duties.sales.numbers.stages import LOST, NOT_YET, says_sold

_MOST_WORDS: Final = 8  # of a line above a table that ends without a colon; a longer one is a sentence of its own
_LONGEST: Final = 300  # characters
_MOST_TEXT: Final = 5_000  # characters in which sentences about files are looked for
_SALES: Final = ABOUT_NUMBERS - {"kw", "week", "wk", "woche", "weekly"}
_SENTENCE: Final = re.compile(r"[^.!?\n]{2,300}")
_OF_A_FILE: Final = phrases(
    """
    attached, attachment, enclosed, file, list, sheet, spreadsheet, table, export, overview, anbei, anhang, angehängt,
    beigefügt, datei, liste, tabelle, aufstellung, übersicht, auswertung
    """
)
_OFFERS: Final = phrases(
    """
    offers, offer, quotes, quote, proposals, proposal, pipeline, forecast, budget, plan, opportunities, angebote,
    angebot, offerten, prognose, erwartung, offen
    """
)
_SPEAKS_AGAINST: Final = (NO_SALE | OTHER_MONEY | SPEAKS_FOR_ALL | NOT_YET | LOST | _OFFERS) - phrases("list, listed")


def line_above(text: str, place: int) -> str:
    """The line above a table that begins at `place`, where it is a heading, with a colon or short; else ""."""
    line = text[max(0, place - _LONGEST) : place].rstrip().rpartition("\n")[2].strip()
    is_heading = line.endswith(":") or len(words_of(line)) <= _MOST_WORDS
    in_brackets = _IN_BRACKETS.search(line)
    if is_heading and not _SENTENCES.search(line):
        return line
    return in_brackets[0] if in_brackets else ""  # "… so far (all values in k USD)"


_IN_BRACKETS: Final = re.compile(r"\([^()]{1,60}\)[:.]?$")
_SENTENCES: Final = re.compile(r"[.!?]\s+\S")  # more than one: a paragraph


def about_files(text: str) -> str:
    """What the text says the attached files are, where that speaks against booking them; else "".

    "Anbei die Zahlungseingänge" and "the list shows invoices received" do; a sentence that calls them sales does not.
    """
    for found in _SENTENCE.finditer(text[:_MOST_TEXT]):
        sentence = found[0].strip()
        calls_them_sales = said(sentence, _SALES) is not None or says_sold(sentence) is not None
        if said(sentence, _OF_A_FILE) and said(sentence, _SPEAKS_AGAINST) and not calls_them_sales:
            return sentence
    return ""
