"""Whom a note of absence names to write to instead: name, address and phone, as they are written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from mailbot.message.addresses import address_key
from mailbot.sorting import absence_phrases as phrases
from mailbot.sorting.model import StandIn
from mailbot.sorting.note import Found, Note

_CAPITAL: Final = r"[^\W\d_a-zß-öø-ÿ]"
_WORD: Final = rf"{_CAPITAL}[^\W\d_]*(?:[-'][^\W\d_]+)*"
_PARTICLES: Final = r"(?: (?:von|van|vom|zu|zur|der|den|de|del|da|di|la|le|al|bin|ter|ten)){0,2}"
# A line may break behind a first name; what stands below a whole name is a title or a company.
_NAME = re.compile(
    rf"\b(?:[A-Z]\. ?)?{_WORD}(?:{_PARTICLES}[ \n](?:[A-Z]\. )?{_WORD})?(?:{_PARTICLES} (?:[A-Z]\. )?{_WORD}){{0,2}}"
)
_TITLE = re.compile(
    r"\b(?:herrn?|frau|mrs?|ms|miss|dr|prof|hr|fr|colleagues?|kolleg(?:e|en|in|innen))\.?,? $", re.IGNORECASE
)
_NO_NAME: Final = frozenset(
    """herr herrn frau mr mrs ms miss dr prof hr fr dipl ing kollege kollegen kollegin kolleginnen colleague vertretung
    vertreter vertreterin stellvertretung stellvertreter stellvertreterin nachfolger nachfolgerin nachfolge
    ansprechpartner ansprechpartnerin kontakt contact deputy successor backup manager tel telefon phone mobil mobile
    fon fax e-mail email mail e-mails mails emails bitte please thanks thank regards danke dank grüße gruß sie ihnen
    ihre ihr ihren ihrem ihrer ich mein meine meiner meinem meinen wir unser unsere unserem urlaub büro office i i'm
    i'll you your my our we the for if in im an am bei für mit und oder and or with until during please while
    dringenden dringende dringende fällen notfällen notfall fall angelegenheiten anliegen fragen rückfragen anfragen
    abwesenheit zeit sehr geehrte geehrter damen herren dear hello hallo hi nachricht nachrichten message
    unternehmen firma company gmbh ag kg ltd inc monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april may june july august
    september october november december januar februar märz mai juni juli oktober dezember er es he she they it this
    that der die das den dem ein eine aufgaben verantwortung zentrale empfang sekretariat team teams abteilung support
    service kundenservice kundendienst vertrieb verkauf innendienst hotline helpdesk reception urgent enquiries
    inquiries questions emergency emergencies alternatively otherwise also as at on by to of is are will wieder auch
    messe nein ja wenden kontaktieren schreiben""".split()  # noqa: SIM905
)  # fmt: skip
_LOCAL_WORD = re.compile(r"[^\W\d_]{2,}")
_FILLER = re.compile(
    r"[\s:,(–-]*(?:(?:is|are|ist|sind|will be|wird|by|durch|an|bei|to|with|for|me|my|our|your|the|new|either|in"
    r"|meine[nrm]?|unsere[nrm]?|colleagues?|kolleg\w*|herrn?|frau|mr|mrs|ms|dr|manager|bitte|please|gerne?|direkt"
    r"|directly|mich|ich|sie|ihnen|sich|übernimmt|hat|absence|abwesenheit|ab sofort|künftig)\b\.?[\s:,–-]*){0,8}",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\W*(?:(?:you|sie|du|his|her|their|seine?|ihre|he|she|they|er)\b|(?:tel|phone|mobil|e-?mail|mail|fon)|\ufffc)",
    re.IGNORECASE,
)
_HIM = re.compile(r"\b(?:him|her|them|ihn|sie|ihm|ihr|his|their|seine?|unter|via)\b|\ufffc", re.IGNORECASE)
_OF_MY_OWN = re.compile(r"\b(?:me|my|mich|mir|meine[rmn]?)\b", re.IGNORECASE)
_MOST_SENTENCES_ON: Final = 2
_WORDS_BETWEEN: Final = 2
_MOST_CUES: Final = 24  # of a note: each is read closely
_LOOK_BACK: Final = 40  # characters
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that send the reader to somebody, the sentence they stand in, and the region in which that one is named."""

    sentence: int
    start: int
    end: int
    region_start: int
    region_end: int


def stand_in(note: Note, own_addresses: Collection[str], own_names: frozenset[str]) -> StandIn | None:
    """The first person, or the first address, to whom the note sends its reader.

    `own_addresses` are the address keys of the sender and the desk, `own_names` the sender's words (`name_words`):
    who is away is not who stands in.
    """
    for cue in islice(_cues(note), _MOST_CUES):
        if found := _read(note, cue, own_addresses, own_names):
            return found
    return None


def _cues(note: Note) -> Iterator[_Cue]:
    for number, sentence in enumerate(note.sentences):
        for cue in phrases.CONTACT.finditer(sentence.words):
            start, end = sentence.start + cue.start(), sentence.start + cue.end()
            if phrases.IN_MY_PLACE.search(cue[0]) or not phrases.NOT_ANOTHER.search(note.prose[end : end + 10]):
                yield _Cue(number, start, end, sentence.start, _end_of_region(note, number))


def names_in(note: Note, start: int, end: int) -> Iterator[tuple[Found, bool]]:
    """Every run of capitalised words between these characters that may be a name, and whether a title leads it."""
    for match in _NAME.finditer(note.lines, start, end):
        words = list(re.finditer(r"\S+", match[0]))
        titled = _TITLE.search(note.prose, max(match.start() - _LOOK_BACK, start), match.start()) is not None
        while words and _plain(words[0][0]) in _NO_NAME:
            titled = titled or _TITLE.search(f"{words[0][0]} ") is not None
            del words[0]
        while words and _plain(words[-1][0]) in _NO_NAME:
            del words[-1]
        if words:
            first, last = match.start() + words[0].start(), match.start() + words[-1].end()
            yield Found(" ".join(note.text[first:last].split()), first, last), titled


def folded_words(name: str) -> frozenset[str]:
    """The words of a name or of the local part of an address, in one case and without umlauts."""
    return frozenset(word.casefold().translate(_UMLAUTS) for word in _LOCAL_WORD.findall(name))


def _plain(word: str) -> str:
    return word.strip(".,").casefold()


def _end_of_region(note: Note, number: int) -> int:
    """Where that is over which sentence `number` begins: "My deputy is Sam. You reach him at …"."""
    end = note.sentences[number].end
    for following in note.sentences[number + 1 : number + 1 + _MOST_SENTENCES_ON]:
        if not (_GOES_ON.match(following.words) and _HIM.search(following.words)):
            break
        end = following.end
    return end


def _read(note: Note, cue: _Cue, own_addresses: Collection[str], own_names: frozenset[str]) -> StandIn | None:
    """Whom the words round this cue name; None where they name nobody else."""
    addresses = [
        found
        for found in note.addresses
        if cue.region_start <= found.start < cue.region_end and address_key(found.words) not in own_addresses
    ]
    address = next((found for found in addresses if found.start >= cue.end), addresses[0] if addresses else None)
    name = _name(note, cue, address, own_names)
    named = [found for found in (name, address) if found]
    if not named:
        return None
    phone = _phone(note, min(found.start for found in named), cue.region_end)
    if name is not None and address is None and phone is None and not _is_enough(note, name, cue):
        return None
    parts = [*named, phone] if phone else named
    return StandIn(
        name=name.words if name else "",
        address=address.words if address else "",
        phone=phone.words if phone else "",
        only_urgent=_is_urgent(note, cue),
        evidence=note.evidence(min(part.start for part in parts), max(part.end for part in parts)),
    )


def _is_urgent(note: Note, cue: _Cue) -> bool:
    """ "For anything urgent …", and "Is it urgent? Then …"."""
    before = note.sentences[cue.sentence - 1].words if cue.sentence else ""
    asked = before if before.rstrip().endswith("?") else ""
    return phrases.URGENT.search(f"{asked} {note.prose[cue.region_start : cue.region_end]}") is not None


def _name(note: Note, cue: _Cue, address: Found | None, own_names: frozenset[str]) -> Found | None:
    """The name that the address bears; else one with a title, or of two words. Those behind the cue come first."""
    local = folded_words(address.words.partition("@")[0]) if address else frozenset()
    ahead = list(names_in(note, cue.region_start, cue.start))
    for candidates in (list(names_in(note, cue.end, cue.region_end)), ahead[::-1]):
        others = [(found, titled) for found, titled in candidates if not folded_words(found.words) & own_names]
        bearing = [found for found, _ in others if folded_words(found.words) & local]
        telling = [found for found, titled in others if titled or " " in found.words]
        near = [found for found, _ in others if _follows(note, cue.end, found)]
        if found := next(iter(bearing + (telling or near)), None):
            return found
    return None


def _follows(note: Note, behind: int, name: Found) -> bool:
    """Whether nothing but small words stands between the cue and the name."""
    filler = _FILLER.match(note.prose, behind)
    return filler is not None and filler.end() == name.start


def _is_enough(note: Note, name: Found, cue: _Cue) -> bool:
    """Whether a name may stand without address and number: right behind a word that names a person, or right before."""
    if not phrases.NAMES_A_PERSON.search(note.prose[cue.start : cue.end]):
        return False
    if name.start >= cue.end:
        return _follows(note, cue.end, name)
    return len(note.prose[name.end : cue.start].split()) <= _WORDS_BETWEEN  # "Sam Whitlock is covering for me"


def _phone(note: Note, start: int, end: int) -> Found | None:
    """The first number behind the name or the address, unless it is the sender's own."""
    phone = next((found for found in note.phones if start <= found.start < end), None)
    if phone is None or _OF_MY_OWN.search(note.prose, max(phone.start - _LOOK_BACK, start), phone.start):
        return None
    return phone
