"""What a client's card tells of contracts: those that run, what is still to be delivered, what nobody has used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from mailbot.letters.cleaning import one_line
from mailbot.records.client_card import CardPart
from mailbot.records.contracts.cards import ContractCard, DeliverableCard, contracts_of
from mailbot.records.contracts.tables import ContractState, DeliverableState, Use
from mailbot.records.in_words import Teller

_MOST_CONTRACTS: Final = 4
_MOST_OF_EACH: Final = 4
_LONGEST_WORDS: Final = 70
_SHOWN_AFTER_ITS_END: Final = timedelta(days=60)
_TO_COME: Final = (
    DeliverableState.PLANNED,
    DeliverableState.ORDERED,
    DeliverableState.CLAIMED,
    DeliverableState.PROBLEM,
)


def card(session: Session, client_id: int, teller: Teller, now: datetime) -> CardPart | None:
    """The running contracts of a client, cancelled ones until their last day, and for a while those that have ended
    and that none follows; the one that ends first before the others. None where there are none."""
    today = now.astimezone(teller.zone).date()
    all_of_them = contracts_of(session, [client_id])[client_id]
    followed = {each.follows_id for each in all_of_them}
    running = [each for each in all_of_them if _is_shown(each, today) and each.id not in followed]
    running.sort(key=lambda each: each.ends_on)
    lines = tuple(line for contract in running[:_MOST_CONTRACTS] for line in _lines(contract, teller))
    return CardPart(teller.say("Contracts", "Verträge"), lines) if lines else None


def _is_shown(contract: ContractCard, today: date) -> bool:
    match contract.state:
        case ContractState.RUNNING:
            return True
        case ContractState.CANCELLED:
            return contract.ends_on >= today
        case ContractState.ENDED:
            return contract.ends_on >= today - _SHOWN_AFTER_ITS_END


def _lines(contract: ContractCard, teller: Teller) -> Iterator[str]:
    day = teller.wording.day
    ends = day(contract.ends_on, year=True)
    told = [teller.say(f"{contract.ref} until {ends}", f"{contract.ref} bis {ends}")]
    if contract.value is not None:
        told.append(teller.money(contract.value, contract.currency))
    if contract.state is ContractState.CANCELLED:
        told.append(teller.say("cancelled", "gekündigt"))
    elif contract.state is ContractState.ENDED:
        told.append(teller.say("has ended, and none follows it", "ausgelaufen, ohne Folgevertrag"))
    elif contract.renews and contract.notice_on is not None:
        notice = day(contract.notice_on, year=True)
        told.append(teller.say(f"renews unless cancelled by {notice}", f"verlängert sich ohne Kündigung bis {notice}"))
    yield ", ".join(told)
    if to_come := [each for each in contract.deliverables if each.state in _TO_COME]:
        yield f"{contract.ref}: {teller.say('to come', 'kommt noch')}: {_told(to_come, teller)}"
    if unused := [each for each in contract.benefits if each.use is Use.UNUSED]:
        yield f"{contract.ref}: {teller.say('not used yet', 'noch nicht genutzt')}: {_told(unused, teller)}"


def _told(deliverables: Sequence[DeliverableCard], teller: Teller) -> str:
    """The first ones by their day, and how many more there are."""
    first = sorted(deliverables, key=lambda each: (each.due_on is None, each.due_on, each.position, each.part))
    words = [
        one_line(each.words, _LONGEST_WORDS) + (f" ({teller.wording.day(each.due_on)})" if each.due_on else "")
        for each in first[:_MOST_OF_EACH]
    ]
    more = len(first) - len(words)
    return "; ".join(words) + (teller.say(f" and {more} more", f" und {more} weitere") if more else "")
