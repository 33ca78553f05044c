"""Which of the desk's languages a mail is written in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from mailbot.letters.model import Language
from mailbot.message.model import Message
from mailbot.records.known import Known

_READ = 4_000  # characters
_WORD = re.compile(r"[^\W\d_]+")

# Words that stand in one of the two languages alone, and that short mails have too. Neither "in", "was" nor "die".
_GERMAN_WORDS = """
    aber alle als am an auch auf aus bei bin bis bitte danke das dass dem den der des diese diesen doch ein eine
    einen einer es euch für guten gruß grüße hallo habe haben hat heute ich ihr ihre im ist ja jetzt kann kein keine
    können mal mehr mein mich mir mit moin morgen nach nein nicht nichts noch nur oder schon sehr sie sind über um und
    uns unser vom von vor war waren weil wenn werden wie wir wird woche wurde zu zum zur"""
_ENGLISH_WORDS = """
    a about all and any are as at be been but by can could did do does for from get got has have hello hey hi him
    how i if is it its just like more my no not nothing of on or our out please she should some sorry thank thanks that
    the their them then there they this to today tomorrow up us week well were what when which who will with would yes
    you your"""
_LANGUAGE_OF: Final[Mapping[str, Language]] = {
    **dict.fromkeys(_GERMAN_WORDS.casefold().split(), "de"),
    **dict.fromkeys(_ENGLISH_WORDS.casefold().split(), "en"),
}
# Of every sign of ISO 8859-1 what it is here: itself where it is a letter, else a blank.
_AS_WORDS = bytes(sign if _WORD.fullmatch(chr(sign)) else ord(" ") for sign in range(256))
_FEWEST = 2  # one word proves nothing


def language(message: Message, known: Known) -> Language:
    """The language of the new words; where they are too few to tell, that of the sender on record, else the desk's."""
    told = list(map(_LANGUAGE_OF.get, _words(message.body.for_people.text[:_READ])))
    german, english = told.count("de"), told.count("en")
    if max(german, english) >= _FEWEST and german != english:
        return "de" if german > english else "en"
    return _on_record(message, known) or known.desk.language


def _words(text: str) -> list[str]:
    """Letters in a row, casefolded; where all signs are of ISO 8859-1 they are found several times faster."""
    folded = text.casefold()
    try:
        signs = folded.encode("latin-1")
    except UnicodeEncodeError:
        return _WORD.findall(folded)
    return signs.translate(_AS_WORDS).decode("latin-1").split()


def _on_record(message: Message, known: Known) -> Language | None:
    party = known.sender
    if party is None or message.sender is None or party.key != message.sender.key:
        return None
    if party.person is not None:
        return party.person.language
    if party.contact is not None and party.contact.language is not None:
        return party.contact.language
    return party.client.language if party.client is not None else None
