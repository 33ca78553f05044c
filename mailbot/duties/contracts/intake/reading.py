"""The words of a mail, or of a file, become the reading of a contract."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.duties.contracts.facts import ContractReading, Promise, Term
from mailbot.duties.contracts.intake.artwork import artwork_in
from mailbot.duties.contracts.intake.months import Months, lists_in
from mailbot.duties.contracts.intake.page import Page
from mailbot.duties.contracts.intake.promises import counts_in, promise_in
from mailbot.duties.contracts.intake.renewals import renewal_in
from mailbot.duties.contracts.intake.terms import term_in
from mailbot.duties.contracts.intake.values import Priced, amounts_in, list_price_in, value_of
from mailbot.duties.contracts.settings import Arrangements
from mailbot.letters.model import Language
from mailbot.money.numerals import Habit
from mailbot.sorting.answer_words import COURTESY, GREETINGS

_MOST_PROMISES: Final = 40
_MOST_UNREAD: Final = 8
_LONGEST_CLAUSE: Final = 400  # characters
_LONGEST_UNREAD: Final = 120
_SAYS_NOTHING: Final = frozenset(
    (
        *(
            "pdf",
            "attached",
            "attachment",
            "enclosed",
            "see",
            "below",
            "file",
            "signed",
            "contract",
            "copy",
            "scan",
            "full",
        ),
        *(
            "anbei",
            "anhang",
            "angehängt",
            "beigefügt",
            "datei",
            "siehe",
            "unterschrieben",
            "unterschriebene",
            "vertrag",
        ),
        *("all", "desk", "team", "yay", "hurra", "zusammen", "finally", "endlich", "great", "super"),
    )
)


@dataclass(frozen=True, slots=True)
class Reader:
    """How one writer's contracts are read: on which day, in which language, by which habits, for which desk."""

    signed_on: date
    language: Language
    habit: Habit
    currency: str
    arrangements: Arrangements

    def months(self, term: Term | None) -> Months:
        """The months in which what is promised can lie."""
        first, last = (term.starts_on, term.ends_on) if term else (self.signed_on, date.max)
        return Months(first, last, self.arrangements.issues)


def read_contract(text: str, reader: Reader) -> ContractReading:
    """All that these words say of a contract, and what nothing was made of."""
    page = Page(text)
    artwork = artwork_in(page)
    renewal = renewal_in(page)
    term = term_in(page, reader.language, reader.signed_on)
    promises, priced = _clause_by_clause(page, reader, reader.months(term))
    return ContractReading(
        term=term,
        value=value_of(priced),
        promises=promises,
        renewal=renewal,
        artwork=artwork,
        unread=unread_in(page),
    )


def _clause_by_clause(page: Page, reader: Reader, months: Months) -> tuple[tuple[Promise, ...], tuple[Priced, ...]]:
    """What is promised, and every amount that may be what the contract is worth; both are taken out of the page."""
    promises: list[Promise] = []
    priced: list[Priced] = []
    left = page.left
    for start, end in list(page.clauses(lists_in(left))):
        if end - start > _LONGEST_CLAUSE:
            continue  # nobody writes so: it is told among what nothing was made of
        clause = left[start:end]
        promise = promise_in(clause, reader.arrangements.kinds, months, reader.habit)
        listed = list_price_in(clause, reader.habit)[1]
        others = (*counts_in(clause), *((listed,) if listed else ())) if promise else ()
        amounts = amounts_in(clause, reader.habit, reader.currency, others, alone=promise is None)
        priced += amounts
        if promise is not None and len(promises) < _MOST_PROMISES:
            promises.append(promise)
        if promise is not None or amounts:
            page.take(start, end)
    return tuple(promises), tuple(priced)


def unread_in(page: Page) -> tuple[str, ...]:
    """What is left, without greetings, thanks and the word that a file is enclosed."""
    left = (" ".join(page.text[start:end].split())[:_LONGEST_UNREAD] for start, end in page.clauses())
    return tuple(words for words in left if not _is_idle(words))[:_MOST_UNREAD]


def _is_idle(words: str) -> bool:
    said: Sequence[str] = re.findall(r"[^\W\d_]+|\d+", words.casefold())
    return all(word in COURTESY or word in GREETINGS or word in _SAYS_NOTHING for word in said)
