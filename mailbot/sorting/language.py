"""Which of the desk's languages a mail is written in."""

from __future__ import annotations

import re

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
_GERMAN = frozenset(_GERMAN_WORDS.casefold().split())
_ENGLISH = frozenset(_ENGLISH_WORDS.casefold().split())
_TELLING = _GERMAN | _ENGLISH
# Of every ASCII sign what it is here: a letter in lower case, or a blank.
_AS_WORDS = bytes(ord(chr(sign).lower()) if chr(sign).isalpha() else ord(" ") for sign in range(128)).ljust(256)
_FEWEST = 2  # one word proves nothing


def language(message: Message, known: Known) -> Language:
    """The language of the new words; where they are too few to tell, that of the sender on record, else the desk's."""
    told = list(filter(_TELLING.__contains__, _words(message.body.for_people.text[:_READ])))
    if len(told) >= _FEWEST:
        german, english = sum(map(_GERMAN.__contains__, told)), sum(map(_ENGLISH.__contains__, told))
        if max(german, english) >= _FEWEST and german != english:
            return "de" if german > english else "en"
    return _on_record(message, known) or known.desk.language


def _words(text: str) -> list[str]:
    """Letters in a row, casefolded; in ASCII they are found several times faster."""
    if text.isascii():
        return text.encode("ascii").translate(_AS_WORDS).decode("ascii").split()
    return _WORD.findall(text.casefold())


def _on_record(message: Message, known: Known) -> Language | None:
    party = known.sender
    if party is None or message.sender is None or party.key != message.sender.key:
        return None
    if party.person is not None:
        return party.person.language
    if party.contact is not None and party.contact.language is not None:
        return party.contact.language
    return party.client.language if party.client is not None else None
