"""What is counted of renewals each month: how many of the contracts that ended, or could be cancelled, went on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from mailbot.duties.renewals.facts import Standing
from mailbot.duties.renewals.recalling import DECIDE_BY, decided_between
from mailbot.duties.renewals.tables import RenewalWord
from mailbot.duties.renewals.tables_in_words import WORD
from mailbot.records.contracts.tables import Contract, ContractEvent, ContractState, EventKind
from mailbot.records.in_words import Words
from mailbot.records.known import DeskCard
from mailbot.records.month_figures import Counted, Figure, Month, Unit, share
from mailbot.records.tables import Client

_HEADS: Final = (
    Words("contract", "Vertrag"),
    Words("client", "Kunde"),
    Words("to be decided by", "zu entscheiden bis"),
    Words("value", "Wert"),
    Words("currency", "Währung"),
    Words("outcome", "Ausgang"),
)
_Next = aliased(Contract)


def count(session: Session, _desk: DeskCard, month: Month) -> tuple[Counted, ...]:
    """The contracts whose day to be decided by lies in the month, and what became of each.

    One went on where another followed it, or its rep said RENEW; it was lost where it was cancelled, where its rep said
    LOST, or where it ended, does not renew by itself, and nobody has said that it goes on. Those of which neither is
    known are not part of the share.
    """
    contracts = session.execute(
        select(Contract, Client.name, DECIDE_BY.label("decide_by"))
        .join(Client, Client.id == Contract.client_id)
        .where(decided_between(month.first, month.last, *ContractState), Contract.undone_by.is_(None))
        .order_by(DECIDE_BY, Contract.ref)
    ).all()
    outcomes = _outcomes(session, [row.Contract for row in contracts], month)
    kept = sum(each is Standing.RENEW for each in outcomes.values())
    lost = sum(each is Standing.LOST for each in outcomes.values())
    figures = (
        Figure(Words("contracts to be decided on", "Verträge zu entscheiden"), len(contracts)),
        Figure(Words("contracts that go on", "Verträge, die weitergehen"), kept),
        Figure(Words("contracts lost", "Verträge verloren"), lost),
        Figure(Words("retention", "Verlängerungsquote"), share(kept, kept + lost), Unit.PERCENT),
    )
    rows = tuple(
        (
            row.Contract.ref,
            row.name,
            row.decide_by,
            row.Contract.value,
            row.Contract.currency,
            _outcome_told(outcomes[row.Contract.id]),
        )
        for row in contracts
    )
    return (Counted(Words("Renewals", "Verlängerungen"), figures, _HEADS, rows),)


def _outcomes(session: Session, contracts: Sequence[Contract], month: Month) -> dict[int, Standing | None]:
    ids = [contract.id for contract in contracts]
    followed = set(
        session.scalars(select(_Next.follows_id).where(_Next.follows_id.in_(ids), _Next.undone_by.is_(None)))
    )
    renewed = set(
        session.scalars(
            select(ContractEvent.contract_id).where(
                ContractEvent.contract_id.in_(ids),
                ContractEvent.kind == EventKind.RENEWED,
                ContractEvent.undone_by.is_(None),
            )
        )
    )
    words = session.scalars(
        select(RenewalWord)
        .where(RenewalWord.contract_id.in_(ids), RenewalWord.undone_by.is_(None))
        .order_by(RenewalWord.id)
    )
    said = {word.contract_id: word.said for word in words}
    over = {each.id for each in contracts if each.state is ContractState.ENDED} | _about_to_end(
        session, contracts, month
    )
    return {
        each.id: _outcome(each, said.get(each.id), goes_on=each.id in followed | renewed, is_over=each.id in over)
        for each in contracts
    }


def _about_to_end(session: Session, contracts: Sequence[Contract], month: Month) -> set[int]:
    """Those whose last day was the last of the month: that they have ended may be written in this very moment. One
    whose ending was taken back is none of them."""
    passed = {each.id for each in contracts if each.state is ContractState.RUNNING and each.ends_on <= month.last}
    ended_before = session.scalars(
        select(ContractEvent.contract_id).where(
            ContractEvent.contract_id.in_(passed), ContractEvent.kind == EventKind.ENDED
        )
    )
    return passed.difference(ended_before)


def _outcome(contract: Contract, said: Standing | None, *, goes_on: bool, is_over: bool) -> Standing | None:
    if goes_on:
        return Standing.RENEW
    if contract.state is ContractState.CANCELLED:
        return Standing.LOST
    if is_over and not contract.renews:
        return Standing.RENEW if said is Standing.RENEW else Standing.LOST
    return said


def _outcome_told(outcome: Standing | None) -> str:
    return "" if outcome is None else WORD["said"].values[outcome].en
