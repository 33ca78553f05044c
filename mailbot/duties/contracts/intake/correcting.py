"""The answer to a reading: "3 is May-Oct", "drop 5", "2 ist 18.900", "client is Acme Corp". Each line changes a point.

A point is read anew by what reads points in mails; a line that cannot be read as that point changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mailbot.duties.contracts.facts import Artwork, ContractReading, DraftCard, NamedClient, Promise, Renewal, Term
from mailbot.duties.contracts.intake.page import Page
from mailbot.duties.contracts.intake.points import Point, points_of
from mailbot.duties.contracts.intake.promises import promise_in
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.duties.contracts.intake.renewals import renewal_in
from mailbot.duties.contracts.intake.terms import term_of
from mailbot.duties.contracts.intake.values import amounts_in, value_of
from mailbot.message.model import Message
from mailbot.records.names import name_words

CHANGES: Final = re.compile(
    r"\s*(?:(?:no|nr|point|punkt|line|zeile)\b\.?\s?)?#?(?P<number>[0-9]{1,2})\s?"
    r"(?:(?:is|ist|are|sind|should be|soll(?:te)?(?: sein)?)\b|→|->|[:=]|\)|-)\s*(?P<words>\S.*)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"\n|[;,]\s+(?=(?:drop|delete|remove|streich\w*|ohne)\s[0-9]|[0-9]{1,2}\s?(?:(?:is|ist|are|sind|weg|raus)\b|[:=]))",
    re.IGNORECASE,
)
DROPS: Final = re.compile(
    r"\s*(?:(?:drop|delete|remove|without|no|streich\w*|ohne|lösch\w*)\s(?:point\s|punkt\s|nr\.?\s)?(?P<first>[0-9]{1,2})"
    r"|(?P<second>[0-9]{1,2})\s(?:weg|raus|streichen|löschen|entfällt|drop|out))\s*[.!]?\s*$",
    re.IGNORECASE,
)
_CLIENT = re.compile(
    r"\s*(?:the )?(?:client|customer|kunde|der kunde)\s?(?:is|ist|:|=)\s*(?P<words>\S.*)", re.IGNORECASE
)
_CLIENT_WORDS: Final = ("client", "customer", "kunde")  # without one of them no line is of that kind
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}[A-Za-z0-9]")
_MOST_LINES: Final = 30
_LONGEST_LINE: Final = 300


def names_client(message: Message) -> bool:
    """Whether a line says with whom the contract is."""
    text = message.body.for_people.text[: _LONGEST_LINE * _MOST_LINES]
    may_name_one = any(map(text.casefold().__contains__, _CLIENT_WORDS))
    return may_name_one and any(_CLIENT.fullmatch(line) for line in lines_in(text))


@dataclass(frozen=True, slots=True)
class Corrected:
    """The draft as it would be: what was changed, and the lines that were not understood."""

    draft: DraftCard
    changed: tuple[str, ...]
    unclear: tuple[str, ...]


def corrected(text: str, draft: DraftCard, clients: Sequence[NamedClient], reader: Reader) -> Corrected:
    """What these lines make of a draft. Points keep the numbers that the letter gave them until all lines are read."""
    numbered = {point.number: point for point in points_of(draft.reading)}
    changed: list[str] = []
    unclear: list[str] = []
    dropped: set[int] = set()
    for line in lines_in(text):
        if found := _CLIENT.fullmatch(line):
            named = _client(found["words"], clients)
            draft = replace(draft, client=named) if named else draft
            (changed if named else unclear).append(line)
        elif (found := DROPS.fullmatch(line)) and (point := numbered.get(int(found["first"] or found["second"]))):
            if point.kind == "promise":
                dropped.add(point.place)
            else:
                draft = replace(draft, reading=_without(draft.reading, point))
            (unclear if point.kind in ("term", "value") else changed).append(line)
        elif (found := CHANGES.fullmatch(line)) and (point := numbered.get(int(found["number"]))):
            reading = _changed(draft.reading, point, found["words"].strip(" \"'„“”."), reader)
            draft = replace(draft, reading=reading) if reading else draft
            (changed if reading else unclear).append(line)
        else:
            unclear.append(line)
    promises = tuple(each for place, each in enumerate(draft.reading.promises) if place not in dropped)
    draft = replace(draft, reading=replace(draft.reading, promises=promises))
    return Corrected(draft, tuple(changed), tuple(unclear))


def lines_in(text: str) -> list[str]:
    """One for each line, or for each correction that stands behind a comma or a semicolon."""
    parts = _NEXT.split(text[: _LONGEST_LINE * _MOST_LINES])
    return [part.strip()[:_LONGEST_LINE] for part in parts if part.strip()][:_MOST_LINES]


def _changed(reading: ContractReading, point: Point, words: str, reader: Reader) -> ContractReading | None:
    """The reading with one point read anew; None where these words are nothing of its kind."""
    match point.kind:
        case "term":
            term = term_of(words, reader.language, reader.signed_on)
            return replanned(reading, term, reader) if term and term.starts_on <= term.ends_on else None
        case "value":
            value = value_of(amounts_in(words, reader.habit, reader.currency))
            return replace(reading, value=value) if value and value.amount is not None else None
        case "renewal":
            return _with_renewal(reading, words)
        case "artwork":
            address = _ADDRESS.search(words)
            name = words[: address.start()].strip(" ,;:<(") if address else ""
            return replace(reading, artwork=Artwork(name, address[0], words)) if address else None
        case "promise":
            return _with_promise(reading, point.place, words, reader)


def replanned(reading: ContractReading, term: Term, reader: Reader) -> ContractReading:
    """The reading with another time: "every odd issue" means other issues then, and what ran as long as the contract
    does so again."""
    before, months = reading.term, reader.months(term)
    promises: list[Promise] = []
    for each in reading.promises:
        issues = months.issues_in(each.words) if each.issues else ()
        moved = before is not None and (each.starts_on, each.ends_on) == (before.starts_on, before.ends_on)
        first, last = (term.starts_on, term.ends_on) if moved else (each.starts_on, each.ends_on)
        promises.append(replace(each, issues=issues, starts_on=first, ends_on=last))
    return replace(reading, term=term, promises=tuple(promises))


def _with_renewal(reading: ContractReading, words: str) -> ContractReading | None:
    said = renewal_in(Page(words)) or renewal_in(Page(f"notice {words}"))
    if said is None:
        return None
    before = reading.renewal or Renewal(None, None, None, "")
    says_notice = said.days is not None or said.months is not None
    renewal = replace(
        said,
        renews=said.renews if said.renews is not None else before.renews,
        days=said.days if says_notice else before.days,
        months=said.months if says_notice else before.months,
    )
    return replace(reading, renewal=renewal)


def _with_promise(reading: ContractReading, place: int, words: str, reader: Reader) -> ContractReading | None:
    """Another time or other issues for the same thing, another number of it, or something else in its place."""
    before, months = reading.promises[place], reader.months(reading.term)
    kinds = reader.arrangements.kinds
    of_kind = next((kind for kind in kinds if kind.name == before.kind), None)
    anew = promise_in(words, kinds, months, reader.habit)
    issues = months.issues_in(words) if of_kind and of_kind.in_issues else ()
    if anew is not None:
        after = anew if anew.issues or anew.kind != before.kind else replace(anew, issues=before.issues)
    elif issues:
        after = replace(before, issues=issues, words=f"{before.words} ({words})")
    elif words.isdigit() and 0 < int(words) < 1_000:
        after = replace(before, quantity=int(words))
    elif of_kind and not of_kind.in_issues and (term := term_of(words, reader.language, reader.signed_on)):
        after = replace(before, starts_on=term.starts_on, ends_on=term.ends_on)
    else:
        return None
    return _with(reading, place, after)


def _with(reading: ContractReading, place: int, promise: Promise) -> ContractReading:
    promises = (*reading.promises[:place], promise, *reading.promises[place + 1 :])
    return replace(reading, promises=promises)


def _without(reading: ContractReading, point: Point) -> ContractReading:
    """The reading without its renewal or artwork; time and value cannot be dropped."""
    if point.kind == "renewal":
        return replace(reading, renewal=None)
    return replace(reading, artwork=None) if point.kind == "artwork" else reading


def _client(words: str, clients: Sequence[NamedClient]) -> NamedClient | None:
    """The client that is named whole, or the only one that is named."""
    said = set(name_words(words))
    whole = [client for client in clients if set(name_words(client.name)) <= said]
    found = whole or list(clients)
    return found[0] if len(found) == 1 else None
