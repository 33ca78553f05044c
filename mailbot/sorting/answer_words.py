"""The words of short answers in English and German: data for `one_word`. All are casefolded ("ss" for "ß")."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# What people say for the answers that most questions offer.
SYNONYMS = {
    "yes": _words("yes y yep yeah yup ja j jo jawohl jap ok okay oké sure correct right agreed confirmed stimmt passt")
    | _words("genau richtig gerne einverstanden korrekt klar"),
    "no": _words("no n nope nein nö nee ne"),
    "ok": _words("ok okay oké passt yes ja approved freigegeben"),
    "stop": _words("stop stopp unsubscribe abmelden abbestellen"),
    "new": _words("new neu neuer neue neues"),
    "done": _words("done erledigt fertig finished"),
    "fixed": _words("fixed behoben repariert korrigiert"),
    "problem": _words("problem problems probleme"),
    "undo": _words("undo rückgängig zurücknehmen"),
    "why": _words("why warum wieso weshalb"),
    "later": _words("later später"),
    "none": _words("none neither keine keiner keines keins"),
    "all": _words("all alle alles"),
    "both": _words("both beide beides"),
    "split": _words("split teilen aufteilen"),
    "zero": _words("zero null nichts"),
}

# Words that go with an answer and change nothing about it.
COURTESY = _words(
    """a also am an and answer are antwort auf aus besten bin bitte bitteschön cheers choose danke dank dann das dem
    den der die dir dies diese dieser dieses ein eine einfach es für gern gerne go good grüsse gruss herzliche i
    i'd i'll ich id ihnen is ist ist's it it's its ja jawohl klar lg lieber many me mean mein meine meinte mfg
    mit morgen morning my nehm nehme nimm nr number nummer of ok okay on one option pick please pls point prefer
    punkt regards schöne sei sie sind sir so sure tag take team thank thanks that that's the then there this thx to
    und uns us viele vielen was we will wir wähle wäre with would yes you your zum zur"""
)
GREETINGS = _words("hi hello hallo hey dear liebe lieber moin servus guten good")

# Words before a number that say that it counts an answer: "nr. 3", "option 2", "no. 1".
NUMBER_MARKS = _words("no nr num number nummer option punkt point answer antwort")
COUNTED = {
    word: number
    for number, words in enumerate(
        (
            "one first eins erste ersten erster erstes",
            "two second zwei zweite zweiten zweiter zweites",
            "three third drei dritte dritten dritter drittes",
            "four fourth vier vierte vierten vierter viertes",
            "five fifth fünf fünfte fünften fünfter fünftes",
        ),
        start=1,
    )
    for word in words.split()
}

# Words that turn an answer round, or leave it open.
DOUBTS = _words(
    """not nicht no nein don't dont doesn't isn't kein keine keinen keinesfalls never nie weder neither nor without
    ohne unless wrong falsch cannot can't nothing nichts maybe perhaps vielleicht eventuell probably
    wahrscheinlich vermutlich unsure unsicher idea ahnung glaub glaube think denke but aber however sondern
    instead stattdessen except ausser if wenn falls guess depends or oder half hälfte weiss know ?"""
)
