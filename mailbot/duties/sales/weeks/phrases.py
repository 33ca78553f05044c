"""The words with which a rep says something of a week instead of numbers, in English and German.

All are casefolded and looked for as whole words.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()).casefold() for phrase in words.split(",") if phrase.strip())


# Alone on the first line of an answer to our question.
ZERO_ALONE: Final = _set(
    """
    zero, 0, null, none, nothing, nil, nada, zip, nothing sold, no numbers, nothing from me, nothing here,
    nothing sadly, nothing sorry, sorry nothing, nope, nothing at all, nix, nichts, leider nichts, leider null, keine,
    keine zahlen, nichts verkauft, bei mir nichts, von mir nichts, nichts von mir, gar nichts, leider nix
    """
)

# In the same sentence: it is not over yet, or it is no report.
NOT_YET: Final = _set("yet, so far, as yet, until now, bisher, bislang, noch, if, wenn, falls, why, warum")

# A promise, in answer to our question.
TO_COME: Final = _set(
    """
    will send, i'll send, ill send, will mail, i'll mail, send it, send them, sending, will do, will follow, will come,
    coming, to follow, tonight, later, later today, tomorrow, this evening, this afternoon, in an hour, in a bit, soon,
    on monday, first thing monday, monday morning, over the weekend, at the weekend, on my list, working on it, schicke,
    schick, sende, liefere, reiche, kommt, kommen, folgt, folgen, mach ich, mache ich, heute abend, heute noch,
    nachher, später, morgen, gleich, am wochenende, am montag, montag früh, bin dran, sitze dran
    """
)
# The same in a mail that nobody asked for: it has to speak of sending, and of numbers.
WILL_SEND: Final = _set(
    """
    will send, i'll send, ill send, sending, will follow, to follow, will come, schicke, schick, sende, liefere, reiche,
    kommen, folgen
    """
)
NUMBERS_MEANT: Final = _set("numbers, my numbers, report, figures, zahlen, umsätze, meldung")

# Words that say, in answer to our question, that the rep is away.
AWAY_ALONE: Final = _set("away, off, out, weg, abwesend, frei, urlaub, krank, sick, vacation, holiday, holidays, ooo")
