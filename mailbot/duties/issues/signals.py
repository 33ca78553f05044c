"""What the words of a mail show: a problem, a question, anger, thanks; each sign with the words that are it.

A sign that its own clause takes back ("no problem", "nichts kaputt") is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from mailbot.duties.issues import phrases
from mailbot.duties.issues.sieve import Sieve
from mailbot.message.model import Evidence, Place, Words

LONGEST_TEXT = 20_000  # characters in which signs are looked for
MOST_OF_ONE_SIGN = 5
_MOST_LOOKED_AT = 200  # candidates of one sign in one mail
_LONGEST_SENTENCE = 200
_WORDS_OF_THANKS = 20  # a mail longer than this says more than thanks
_WORDS_BEFORE = 3  # how far before a sign a "not" still takes it back
_CLAUSE_END = re.compile(r"[.,;:!?()]|\n\s*\n|\s[-–—]\s")
_SENTENCE_END = re.compile(r"[.;!?]|\n\s*\n")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;!?])\s|\n\s*\n")
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear|good (?:morning|afternoon)|hallo|guten (?:tag|morgen)|sehr geehrte[rs]?|liebe[rs]?)"
    r"[^\n,]{0,60},\s+",
    re.IGNORECASE,
)
_QUESTION_SIGN = re.compile(r"\?")
_QUESTION_MARK = re.compile(r"\?(?=[\s\"'“”’)!?.,]|$)")
_WORD = re.compile(r"[\w'’]+")
_DETAIL = re.compile(r"\d|@|://|www\.", re.IGNORECASE)


class Sign(StrEnum):
    """What a phrase shows."""

    PROBLEM = "problem"
    QUESTION = "question"
    THANKS = "thanks"
    SOLVED = "solved"
    REPEATED = "repeated"
    DEADLINE = "deadline"
    REFUND = "refund"
    CANCEL = "cancel"
    HARSH = "harsh words"


ANGER = (Sign.REPEATED, Sign.DEADLINE, Sign.REFUND, Sign.CANCEL, Sign.HARSH)


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign, and the words that are it."""

    sign: Sign
    evidence: Evidence

    def __str__(self) -> str:
        return f'{self.sign} "{" ".join(self.evidence.words.split())}"'


@dataclass(frozen=True, slots=True)
class _Found:
    sign: Sign
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Detector:
    """Finds one kind of sign, and only where one of `hints` stands in the text."""

    hints: tuple[re.Pattern[str], ...]
    find: Callable[[str], list[_Found]]


def signals_of(subject: str, words: Words) -> tuple[Signal, ...]:
    """The signs in a subject and in the new words of a mail, in the order in which they stand there.

    `subject` is "" where it repeats one of ours: those are no new words.
    """

    def in_subject(start: int, end: int) -> Evidence:
        return Evidence(subject[start:end], Place("subject", start, end))

    return (
        *_signals(subject[:LONGEST_TEXT], in_subject),
        *_signals(words.text[:LONGEST_TEXT], words.evidence),
    )


def shows(signals: tuple[Signal, ...], sign: Sign) -> bool:
    """Whether one of the signals is of that sign."""
    return any(signal.sign is sign for signal in signals)


def anger_of(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """The first signal of each kind of anger: how many there are is how angry the writer is."""
    firsts = {signal.sign: signal for signal in reversed(signals) if signal.sign in ANGER}
    return tuple(firsts[sign] for sign in ANGER if sign in firsts)


def is_only_thanks(signals: tuple[Signal, ...], words: str) -> bool:
    """Whether a mail says thanks, or that it is solved, and nothing that anybody would have to act on.

    A problem that is named before the words that call it solved is past. A number, an address or a link may be what
    somebody waits for, so a mail with one is never only thanks.
    """
    if shows(signals, Sign.QUESTION) or anger_of(signals) or _DETAIL.search(words[:LONGEST_TEXT]):
        return False
    if len(_WORD.findall(words[:LONGEST_TEXT])) > _WORDS_OF_THANKS:
        return False
    order = [signal.sign for signal in signals]
    if Sign.PROBLEM in order:
        return Sign.SOLVED in order[len(order) - 1 - order[::-1].index(Sign.PROBLEM) :]
    return Sign.THANKS in order or Sign.SOLVED in order


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return _BETWEEN_SENTENCES.split(text[:LONGEST_TEXT])


def sentence_around(text: str, words: str) -> str:
    """The sentence of a text in which these words stand, without a greeting; "" where they stand nowhere."""
    at = text.find(words) if words else -1
    if at < 0:
        return ""
    floor = max(0, at - _LONGEST_SENTENCE)
    start = floor + _last_end(_BETWEEN_SENTENCES, text[floor:at])
    end = _BETWEEN_SENTENCES.search(text, at + len(words))
    sentence = text[start : end.start() if end else len(text)].strip()
    return _GREETING.sub("", sentence, count=1)


def _signals(text: str, evidence: Callable[[int, int], Evidence]) -> Iterator[Signal]:
    found = [each for number in _SIEVE.passing(text) for each in _DETECTORS[number].find(text)]
    for each in sorted(found, key=lambda each: each.start):
        yield Signal(each.sign, evidence(each.start, each.end))


def _phrases_of(sign: Sign, pattern: re.Pattern[str], *, is_taken_back: bool = True) -> _Detector:
    def find(text: str) -> list[_Found]:
        found: list[_Found] = []
        for match in islice(pattern.finditer(text), _MOST_LOOKED_AT):
            if is_taken_back and _taken_back(text, match.start()):
                continue
            found.append(_Found(sign, match.start(), match.end()))
            if len(found) == MOST_OF_ONE_SIGN:
                break
        return found

    return _Detector((pattern,), find)


def _taken_back(text: str, start: int) -> bool:
    """Whether a "not" stands in the last words of the same clause before `start`."""
    before = text[max(0, start - 60) : start]
    clause = before[_last_end(_CLAUSE_END, before) :]
    near = list(_WORD.finditer(clause))[-_WORDS_BEFORE:]
    return bool(near and phrases.TAKES_BACK.search(clause, near[0].start()))


def _questions(text: str) -> list[_Found]:
    """Sentences that end in a question mark; one in the middle of a link is none, and "how are you?" asks nothing."""
    found: list[_Found] = []
    for match in islice(_QUESTION_MARK.finditer(text), _MOST_LOOKED_AT):
        start, sentence = _sentence_before(text, match.start())
        if sentence and not phrases.SMALL_TALK.search(sentence):
            found.append(_Found(Sign.QUESTION, start, match.end()))
        if len(found) == MOST_OF_ONE_SIGN:
            break
    return found


def _deadlines(text: str) -> list[_Found]:
    """A day by which something must have happened, with the pressure in the same sentence."""
    found = _ULTIMATUM.find(text)
    for match in islice(phrases.BY_A_DAY.finditer(text), _MOST_LOOKED_AT):
        start, sentence = _sentence_before(text, match.start())
        pressure = phrases.PRESSURE.search(sentence)
        if pressure:
            found.append(_Found(Sign.DEADLINE, start + pressure.start(), match.end()))
        if len(found) >= MOST_OF_ONE_SIGN:
            break
    return found


def _sentence_before(text: str, end: int) -> tuple[int, str]:
    """Where the sentence begins that reaches up to `end`, and its words."""
    floor = max(0, end - _LONGEST_SENTENCE)
    start = floor + _last_end(_SENTENCE_END, text[floor:end])
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, text[start:end]


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    last = 0
    for match in pattern.finditer(text):
        last = match.end()
    return last


_ULTIMATUM = _phrases_of(Sign.DEADLINE, phrases.ULTIMATUM)

# What each detector finds is independent of the others; the order is only that of reading.
_DETECTORS: tuple[_Detector, ...] = (
    _phrases_of(Sign.PROBLEM, phrases.PROBLEM),
    _phrases_of(Sign.QUESTION, phrases.REQUEST, is_taken_back=False),
    _Detector((_QUESTION_SIGN,), _questions),
    _phrases_of(Sign.THANKS, phrases.THANKS),
    _phrases_of(Sign.SOLVED, phrases.SOLVED),
    _phrases_of(Sign.REPEATED, phrases.REPEATED),
    _Detector((phrases.ULTIMATUM, phrases.BY_A_DAY), _deadlines),
    _phrases_of(Sign.REFUND, phrases.REFUND),
    _phrases_of(Sign.CANCEL, phrases.CANCEL),
    _phrases_of(Sign.HARSH, phrases.HARSH),
)
_SIEVE = Sieve(detector.hints for detector in _DETECTORS)
