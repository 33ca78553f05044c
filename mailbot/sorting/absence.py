"""What an automatic reply says of its sender: away until a day and who stands in, or gone and who has followed.

Only the new words are read, never the letter of ours that is quoted below them. What is not said is None; no day and
no name is guessed. Linear in the length of the note, and it never raises.
"""

from __future__ import annotations

from datetime import date

from mailbot.clock import local_date
from mailbot.letters.model import Language
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message, Place
from mailbot.records.known import Known
from mailbot.sorting import absence_phrases as phrases
from mailbot.sorting.absence_days import DatedNote, days_away, is_of_a_mail, says_away
from mailbot.sorting.days import mentions
from mailbot.sorting.language import language
from mailbot.sorting.machine_phrases import ANSWER_SUBJECTS
from mailbot.sorting.model import Absence, Departure, NamedDay
from mailbot.sorting.note import Found, Note
from mailbot.sorting.stand_ins import folded_words, names_in, stand_in


def said_of_sender(message: Message, known: Known) -> tuple[Absence | None, Departure | None]:
    """The absence and the departure that the mail speaks of, each None where it speaks of none.

    Days are read by the mail's own Date, as the desk's zone sees it; a mail without one has no days.
    """
    today = _day_of(message, known)
    written_in = language(message, known)
    text = _dated(Note.of(message.body.for_people.text, message.body.for_people.evidence), written_in, today)
    own_names = _own_names(message)
    own_addresses = _own_addresses(message, known, text.note)
    departure = _departure(text, own_names, own_addresses)
    if departure is not None and (departure.since is None or today is None or departure.since.day <= today):
        return None, departure
    return _absence(text, _subject(message), written_in, own_names, own_addresses), departure


def _day_of(message: Message, known: Known) -> date | None:
    return local_date(message.date, known.desk.zone) if message.date else None


def _dated(note: Note, written_in: Language, today: date | None) -> DatedNote:
    return DatedNote(note, mentions(note.prose, written_in, today) if today else (), today)


def _own_names(message: Message) -> frozenset[str]:
    if message.sender is None:
        return frozenset()
    return folded_words(message.sender.name) | folded_words(message.sender.address.partition("@")[0])


def _own_addresses(message: Message, known: Known, note: Note) -> frozenset[str]:
    """The keys of the addresses in the note that are the sender's or the desk's."""
    keys = (address_key(found.words) for found in note.addresses)
    sender = message.sender.key if message.sender else None
    return frozenset(key for key in keys if key == sender or known.desk.is_own(key))


def _subject(message: Message) -> Note:
    """What the sender's machine says in the subject, without our own subject, which follows a colon."""
    said = message.subject
    is_answer = said.casefold().startswith(ANSWER_SUBJECTS)
    away = None if is_answer else phrases.AWAY.search(said)
    colon = said.find(":", away.end() if away else 0)
    return Note.of(said[:colon] if colon >= 0 else said, lambda start, end: _of_subject(said, start, end))


def _of_subject(subject: str, start: int, end: int) -> Evidence:
    return Evidence(subject[start:end], Place("subject", start, end))


def _departure(text: DatedNote, own_names: frozenset[str], own_addresses: frozenset[str]) -> Departure | None:
    gone = [(sentence, left) for sentence in text.note.sentences if (left := _left(text.note, sentence, own_names))]
    if not gone:
        return None
    since = next((day for sentence, _ in gone if (day := _since(text, sentence))), None)
    return Departure(
        evidence=text.note.evidence(gone[0][1].start, gone[0][1].end),
        since=since,
        successor=stand_in(text.note, own_addresses, own_names),
    )


def _left(note: Note, sentence: Found, own_names: frozenset[str]) -> Found | None:
    """The words of the sentence that say the sender has left the company; a department or a Wednesday is none."""
    words = sentence.words
    found = phrases.LEFT.search(words) or phrases.LEFT_ON.search(words)
    if found is None:
        found = phrases.LEFT_FOLLOWED_BY_A_NAME.search(words)
        if found is None or not _is_a_name(words[found.end() : found.end() + 2]):
            return None
    if phrases.NOT_LEFT.search(words) or phrases.EVERY_WEEK.search(words):
        return None
    start = sentence.start + found.start()
    if _is_somebody_else(note, sentence.start, start, own_names):
        return None
    end = sentence.start + found.end()
    return Found(note.text[start:end].rstrip(), start, start + len(note.text[start:end].rstrip()))


def _is_a_name(ahead: str) -> bool:
    return ahead[:1].isupper() and ahead[1:2] != " "


def _is_somebody_else(note: Note, start: int, end: int, own_names: frozenset[str]) -> bool:
    """Whether a person is named who has left, and it is not the sender."""
    named = [found for found, titled in names_in(note, start, end) if titled or " " in found.words]
    return bool(named and own_names) and not any(folded_words(found.words) & own_names for found in named)


def _since(text: DatedNote, sentence: Found) -> NamedDay | None:
    mention = next((each for each in text.within(sentence) if not is_of_a_mail(text.note, each)), None)
    if mention is None or text.today is None:
        return None
    is_ahead = phrases.STILL_AHEAD.search(sentence.words) is not None
    span = mention.coming(text.today) if is_ahead else mention.gone(text.today)
    return NamedDay(span.last, text.note.evidence(mention.start, mention.end))


def _absence(
    text: DatedNote, subject: Note, written_in: Language, own_names: frozenset[str], own_addresses: frozenset[str]
) -> Absence | None:
    evidence = _away(text.note) or _away(subject) or _returns(text)
    if evidence is None:
        return None
    days = days_away(text) or days_away(_dated(subject, written_in, text.today))
    first, until, back_on = days or (None, None, None)
    return Absence(evidence, first, until, back_on, deputy=stand_in(text.note, own_addresses, own_names))


def _away(note: Note) -> Evidence | None:
    """The words that say the sender is away."""
    for sentence in note.sentences:
        if away := says_away(sentence):
            return note.evidence(sentence.start + away.start, sentence.start + away.end)
    return None


def _returns(text: DatedNote) -> Evidence | None:
    """ "I will be back on 17 November" says that the sender is away, where nothing else does."""
    for sentence in text.note.sentences:
        back = phrases.RETURN.search(sentence.words)
        if back and text.within(sentence) and not phrases.CALLS_BACK.search(sentence.words):
            return text.note.evidence(sentence.start + back.start(), sentence.start + back.end())
    return None
