"""What the records say about the sales a rep's mail may speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from mailbot.duties.sales.commission.recalling import sold_in_months_of, with_lines
from mailbot.duties.sales.entries import entries_for, entries_of
from mailbot.duties.sales.facts.answers import Claim
from mailbot.duties.sales.facts.cards import AskedMail, EntryCard
from mailbot.duties.sales.facts.kinds import NAME, WAS_IT_YOU
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.forecasts import forecasts
from mailbot.duties.sales.heard import Heard, heard_in
from mailbot.duties.sales.named_clients import aliases, clients_named
from mailbot.duties.sales.numbers.periods import day_of
from mailbot.duties.sales.pending import pending_lines
from mailbot.duties.sales.reports.sent import reports_about
from mailbot.duties.sales.tables import PendingState, SalesPending
from mailbot.duties.sales.talks.was_it_you import ASKED, about_sender
from mailbot.duties.sales.targets.recalling import plan_cards, products
from mailbot.duties.sales.weeks.facts import LATE
from mailbot.duties.sales.weeks.late_changes import entries_in
from mailbot.duties.sales.weeks.recalling import closings, late_cards, said_lately
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.money.numerals import habit_of
from mailbot.records.known import Known, QuestionCard
from mailbot.records.settled import closed_questions
from mailbot.records.tables import Arrival, DecisionRow, LetterRow, RawMail, Role


def load(session: Session, cover: Cover, clues: Clues, known: Known) -> SalesKnown | None:
    """The clients a rep may mean, what he booked that day, and the lines our letters were about; whose name a mail
    bears that came from an address on nobody's file. None for others."""
    heard, today = heard_in(clues), day_of(cover.date, known.desk.zone)
    if known.sender is None or (known.sender.person is None and known.sender.contact is None):
        return _of_a_stranger(session, heard.claim, heard, cover)
    rep = known.sender.person
    if rep is not None and rep.role in (Role.MANAGER, Role.COORDINATOR):
        return _of_a_decider(session, heard, today, known)
    if rep is None or rep.role is not Role.REP:
        return None
    clients, crowded = clients_named(session, heard.naming, rep.id)
    entries = entries_for(session, known, rep.id, today, corrects=heard.corrects)
    corrected = _days_corrected(heard, known, entries)
    commission = dict(heard.commission).get(habit_of(rep.locale))
    return SalesKnown(
        clients=clients,
        crowded=crowded,
        aliases=aliases(session, rep.id, clients),
        entries=entries,
        pending=pending_lines(session, known, rep.id),
        closed=closed_questions(
            session, [letter.ref for letter in known.letters if letter.duty == NAME], NAME, known.sender.keys
        ),
        asked=tuple(
            _asked(session, question)
            for question in known.questions
            if question.duty == NAME and question.kind == WAS_IT_YOU
        ),
        closings=closings(session),
        weeks=said_lately(session, today),
        commission=with_lines(session, commission, known, rep) if commission else None,
        forecasts=forecasts(session, rep.id),
        sold=sold_in_months_of(session, corrected, known, rep),
        reported=reports_about(session, corrected),
    )


def _days_corrected(heard: Heard, known: Known, entries: Sequence[EntryCard]) -> set[date]:
    """The days whose figures the mail may change: of all entries, where it answers a letter of ours or corrects."""
    if not heard.corrects and not any(letter.duty == NAME for letter in known.letters):
        return set()
    return {entry.counts_on for entry in entries if entry.is_current and entry.counts_on is not None}


def _of_a_decider(session: Session, heard: Heard, today: date | None, known: Known) -> SalesKnown:
    """The late lines that the open questions to this person are about, which months are closed, and, for a mail that
    sets targets, those that count."""
    letters = [letter.ref for letter in known.letters if letter.duty == NAME]
    asked = [each for each in known.questions if each.duty == NAME and each.kind == LATE]
    of_targets = today if heard.sets_targets else None
    return SalesKnown(
        clients=(),
        crowded=(),
        entries=entries_of(session, [number for each in asked for number in entries_in(each.context)]),
        pending=(),
        closed=closed_questions(session, letters, NAME, known.sender.keys) if known.sender and letters else (),
        closings=closings(session),
        late=late_cards(session, asked),
        plans=plan_cards(session, of_targets) if of_targets else (),
        products=products(session, of_targets) if of_targets else (),
    )


def _of_a_stranger(session: Session, claim: Claim | None, heard: Heard, cover: Cover) -> SalesKnown | None:
    """Nothing is looked up for a mail in nobody's name: that is what nearly all strangers write."""
    sender_key = cover.sender_key
    if claim is None or sender_key is None:
        return None
    person_id = claim.fits[0] if claim.fits else 0
    clients, crowded = clients_named(session, heard.naming, person_id)
    if len(claim.fits) == 1:
        asked_on = session.scalar(_LAST_ASKED, {"purpose": ASKED, "about": about_sender(person_id, sender_key)})
        denied = session.scalar(_DENIED, {"rep": person_id, "sender": sender_key[:320]})
        claim = replace(claim, asked_on=asked_on or "", is_denied=denied is not None)
    return SalesKnown(clients, crowded, (), (), (), claim=claim, closings=closings(session))


def _asked(session: Session, question: QuestionCard) -> AskedMail:
    """The mail that a rep was asked about, and its lines that wait."""
    asking = select(DecisionRow.id, DecisionRow.arrival_id).where(DecisionRow.ref == question.decision_ref)
    decision = session.execute(asking).one()
    waiting = (
        select(SalesPending.id)
        .where(
            SalesPending.made_by == decision.id,
            SalesPending.state == PendingState.WAITING,
            SalesPending.undone_by.is_(None),
        )
        .order_by(SalesPending.id)
    )
    kept = session.scalar(select(RawMail.arrival_id).where(RawMail.arrival_id == decision.arrival_id))
    return AskedMail(question.id, kept, tuple(session.scalars(waiting)))


_LAST_ASKED = select(func.max(LetterRow.period)).where(
    LetterRow.purpose == bindparam("purpose"), LetterRow.object == bindparam("about")
)
_DENIED = (
    select(SalesPending.id)
    .join(Arrival, Arrival.id == SalesPending.arrival_id)
    .where(
        SalesPending.rep_id == bindparam("rep"),
        SalesPending.state == PendingState.DROPPED,
        SalesPending.undone_by.is_(None),
        Arrival.sender_key == bindparam("sender"),
    )
    .limit(1)
)
