"""Which of the things that were sold a mail is about, and what it says of it besides. Pure.

Nothing is guessed: where the words fit two things, it is about neither; about a contract only where both are of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from mailbot.duties.issues.signals import LONGEST_TEXT, Sign, Signal, shows
from mailbot.duties.issues.sold.facts import NOTHING, WORDS_OF, About, Sold
from mailbot.letters.model import Language
from mailbot.records.contracts.questions import benefits_asked
from mailbot.records.known import QuestionCard
from mailbot.sorting.days import mentions
from mailbot.sorting.one_word import Chosen, Option, choice

_WORD = re.compile(r"[^\W_]+")
_CONTRACT = re.compile(r"(?<![\w-])[A-Z]-\d{3,9}(?![\w-])")
_OF_A_PAGE = re.compile(
    r"(?<!\w)(?:links?|leads?|lands?|page not found|not found|404|urls?|click(?:s|ing)?|opens?|redirects?|verlinkung"
    r"|führt|landet|klick(?:t|en)?|seite|nicht gefunden|ziel(?:seite)?)(?!\w)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"(?<!\w)(?:clicks?|click numbers|click rate|impressions|views|traffic|klicks?|klickzahlen|klickrate|einblendungen"
    r"|aufrufe|zugriffe|banner report|statistiken?|statistics)(?!\w)",
    re.IGNORECASE,
)
_YES_FIRST = re.compile(r"\s*(?:yes|yep|yeah|sure|ja|jawohl|jep)(?!\w)", re.IGNORECASE)
_YES: Final = (Option("yes", numbered=False), Option("no", numbered=False))
_FEWEST_LETTERS: Final = 4  # shorter words of a promise name nothing
_IN_EVERY_PROMISE: Final = frozenset({"free", "issue", "ausgabe", "page", "seite", "with", "your", "auf", "einen"})


def about(
    text: str,
    subject: str,
    signals: Sequence[Signal],
    sold: Sequence[Sold],
    question: QuestionCard | None,
    language: Language,
    today: date | None,
) -> About:
    """What the new words of a client's mail are about. `question` is an open one of ours that the mail answers: a yes
    holds for everything that it asked about, as our letter says, whatever of it is wrong besides."""
    words = f"{subject}\n{text}"[:LONGEST_TEXT]
    asked = asked_about(question, sold)
    used = tuple(each for each in asked if each.is_unused) if asked and _says_yes(text) else ()
    running = [each for each in sold if not each.has_ended]
    thing = (asked[0] if len(asked) == 1 else _named(words, asked)) or _named(words, running) or _named(words, sold)
    if thing is None:
        alone = _contract_alone(words, running) or _contract_alone(words, sold) or NOTHING
        return replace(alone, used=used)
    wrong = shows(tuple(signals), Sign.PROBLEM)
    return About(
        sold=thing,
        contract_id=thing.contract_id,
        contract=thing.contract,
        used=used,
        page=thing.page if wrong and _OF_A_PAGE.search(words) else None,
        asked_month=_month_asked(text, language, today) if today else None,
    )


def asked_about(question: QuestionCard | None, sold: Sequence[Sold]) -> tuple[Sold, ...]:
    """The things that our own question was about, whichever duty asked it."""
    ids = benefits_asked(question)
    return tuple(each for each in sold if each.id in ids)


def _named(words: str, sold: Sequence[Sold]) -> Sold | None:
    said = _words(words)
    of_kind = [each for each in sold if said & {*WORDS_OF.get(each.kind, ()), each.kind}]
    if len(of_kind) > 1:
        weighed = [(len(said & _distinctive(each)), each) for each in of_kind]
        most = max(weight for weight, _ in weighed)
        of_kind = [each for weight, each in weighed if weight == most]
    return of_kind[0] if len(of_kind) == 1 else None


def _distinctive(thing: Sold) -> frozenset[str]:
    """The words of a promise by which it is told from its like: "October", "Dezember"."""
    return frozenset(word for word in _words(thing.words) if len(word) >= _FEWEST_LETTERS) - _IN_EVERY_PROMISE


def _contract_alone(words: str, sold: Sequence[Sold]) -> About | None:
    named = frozenset(_CONTRACT.findall(words.upper()))
    said = _words(words)
    of_kind = [each for each in sold if said & {*WORDS_OF.get(each.kind, ()), each.kind}]
    found = _one_contract(each for each in sold if each.contract in named) or _one_contract(of_kind)
    return About(contract_id=found.contract_id, contract=found.contract) if found else None


def _one_contract(sold: Iterable[Sold]) -> Sold | None:
    by_contract = {each.contract_id: each for each in sold}
    return next(iter(by_contract.values())) if len(by_contract) == 1 else None


def _says_yes(text: str) -> bool:
    """A yes at the beginning, whatever "but" follows it; or anywhere as the answer."""
    said = choice(text, _YES)
    return bool(_YES_FIRST.match(text)) or (isinstance(said, Chosen) and said.key == "yes")


def asks_for_figures(words: str) -> bool:
    """Whether words ask what was seen of a banner, or how often it was clicked."""
    return _FIGURES.search(words) is not None


def _month_asked(text: str, language: Language, today: date) -> date | None:
    """The month whose figures are asked for: the one that is named, or else the last one that is over."""
    found = _FIGURES.search(text[:LONGEST_TEXT])
    if found is None:
        return None
    for mention in mentions(text[:LONGEST_TEXT], language, today):
        span = mention.gone(today)
        if mention.is_loose and span.first.day == 1 and span.first.month == span.last.month:
            return span.first
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))
