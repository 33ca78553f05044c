"""A client praises something, or wishes that it goes on, and asks for nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mailbot.duties.reminders.facts import Praise
from mailbot.message.model import Evidence, Message
from mailbot.records.contracts.cards import ContractCard
from mailbot.sorting.trouble import asks, phrases, says_wrong

_LONGEST: Final = 1_000  # characters; whoever writes more gives a person something to read
_PRAISES = phrases(
    """
    love | loved | great | fantastic | excellent | wonderful | brilliant | amazing | awesome | perfect
    really_happy | very_happy | delighted | works_well | great_job | well_done
    begeistert | super | toll | großartig | klasse | hervorragend | ausgezeichnet | prima | wunderbar | sehr_zufrieden
    gefällt_uns | gefällt_mir | freuen_uns_sehr
    """
)
_WISHES = phrases(
    """
    don't_stop | do_not_stop | keep_it_up | keep_going | please_keep | keep_it_running | let_it_run | leave_it_running
    weiter_so | bitte_weiter | weiterlaufen_lassen | laufen_lassen | nicht_stoppen | nicht_abschalten
    """
)
_BUT = re.compile(
    r"(?<!\w)(?:but|however|only|except|unfortunately|aber|jedoch|leider|nur|sarcasm)(?!\w)", re.IGNORECASE
)
_WORDS_OF_KINDS: Final = {"ad": ("anzeige", "anzeigenplatz"), "booth": ("stand",), "discount": ("rabatt",)}


def praise_in(message: Message, contracts: Sequence[ContractCard]) -> Praise | None:
    """Praise, or the wish that something goes on, of a contact; None where anything else is said besides."""
    body = message.body.for_people
    text = body.text
    if len(text) > _LONGEST or not (_PRAISES.search(text) or _WISHES.search(text)):
        return None
    if says_wrong(text) or asks(text) or _BUT.search(text):
        return None
    contract = _meant(f"{message.subject}\n{text}", contracts)
    start = len(text) - len(text.lstrip())
    words: Evidence = body.evidence(start, max(start, len(text.rstrip())))
    return Praise(words, contract.id if contract else None, contract.ref if contract else "")


def _meant(text: str, contracts: Sequence[ContractCard]) -> ContractCard | None:
    """The contract that promises what is named; the only one, where the client has no other."""
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    named = [
        contract
        for contract in contracts
        if any(words & {each.kind, *_WORDS_OF_KINDS.get(each.kind, ())} for each in contract.deliverables)
    ]
    found = named or list(contracts)
    return found[0] if len(found) == 1 else None
