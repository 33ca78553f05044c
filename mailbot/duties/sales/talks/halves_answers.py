"""The answer that a line is for two of the clients, half each; and the yes to the halves. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from mailbot.duties.sales.facts.answers import Half, InHalves
from mailbot.duties.sales.facts.cards import PendingCard
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.clients import NamedClient
from mailbot.message.model import Words
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.tables import Role
from mailbot.sorting.answer_words import DOUBTS
from mailbot.sorting.one_word import Chosen, Option, Several, choice

_LONGEST_EVIDENCE: Final = 200
_CENT: Final = Decimal("0.01")
_HALF_EACH = re.compile(
    r"\b(?:je(?:weils)?\s+(?:zur\s+)?hälfte|zur\s+hälfte|halbe\s*[-/]?\s*halbe|hälftig|half\s+(?:and\s+half|each)"
    r"|half\s+to\s+each|split\s+evenly|50\s*[:/%]+\s*50\s*%?|fifty[- ]fifty|je\s+50\s*%)(?!\w)",
    re.IGNORECASE,
)
_YES: Final = (Option("yes", numbered=False), Option("no", numbered=False))


def halves_wished(
    words: Words,
    question: QuestionCard,
    pending: PendingCard,
    offered: Sequence[NamedClient],
    options: Sequence[Option],
    known: Known,
) -> InHalves | None:
    """ "1 und 3 je zur Hälfte": the two halves. None where it says anything else, or nobody can be asked about one."""
    text, count = _HALF_EACH.subn(" ", words.text)
    said = choice(text, options) if count == 1 else None
    if not isinstance(said, Several) or len(said.keys) != 2 or _is_doubted(text):
        return None
    keys = [option.key for option in options]
    clients = [offered[keys.index(key)] for key in said.keys]
    return _in_halves(words, question, pending, clients, known, agrees=False)


def halves_agreed(
    words: Words, question: QuestionCard, pending: PendingCard, offered: Sequence[NamedClient], known: Known
) -> InHalves | None:
    """The yes to the halves that were shown; None for every other answer."""
    said = choice(words.text, _YES)
    if not isinstance(said, Chosen) or said.key != "yes" or said.besides:
        return None
    return _in_halves(words, question, pending, offered, known, agrees=True)


def _in_halves(
    words: Words,
    question: QuestionCard,
    pending: PendingCard,
    clients: Sequence[NamedClient],
    known: Known,
    *,
    agrees: bool,
) -> InHalves | None:
    owners = [_owner(client, known) for client in clients]
    halves = tuple(
        Half(client, owner, price)
        for client, owner, price in zip(clients, owners, _parted(pending.price, len(clients)), strict=True)
        if owner is not None
    )
    if len(halves) != len(clients):
        return None
    return InHalves(question.id, pending, halves, agrees, words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)))


def _parted(price: Price, count: int) -> tuple[Price, ...]:
    """Equal parts; a cent that is left over goes to the first."""
    each = (price.amount / count).quantize(_CENT)
    rest = price.amount - each * count
    return tuple(Price(each + (rest if number == 0 else 0), price.currency) for number in range(count))


def _owner(client: NamedClient, known: Known) -> PersonCard | None:
    return next((rep for rep in known.in_role(Role.REP) if rep.id == client.owner_id), None)


def _is_doubted(text: str) -> bool:
    return any(word in DOUBTS for word in re.findall(r"[^\W\d_]+|\?", text.casefold()))
