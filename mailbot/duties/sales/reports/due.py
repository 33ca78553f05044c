"""What falls due of reports becomes letters, and is kept as it was told. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from mailbot.deciding.verbs import Due, Plan
from mailbot.duties.duty import Upkeep
from mailbot.duties.sales.reports import changes
from mailbot.duties.sales.reports.actions import KeepReport, MarkSent
from mailbot.duties.sales.reports.facts import REPORT
from mailbot.duties.sales.reports.letters import to_manager, to_reps
from mailbot.duties.sales.reports.recalling import JOB, Ripe, load
from mailbot.duties.sales.reports.spans import SpanKind
from mailbot.duties.sales.reports.tables import ReportState
from mailbot.duties.sales.reports.titles import title
from mailbot.duties.sales.settings import settings_of
from mailbot.message.addresses import address_key
from mailbot.records.codec import plain
from mailbot.records.decision import Action, Send
from mailbot.records.known import Known, PersonCard
from mailbot.records.tables import Role


def due(ripe: object, known: Known, now: datetime) -> tuple[Due, ...]:
    """One decision for each report, with all its letters."""
    here = now.astimezone(known.desk.zone)
    found = (_planned(each, known, here) for each in ripe) if isinstance(ripe, tuple) else ()
    return tuple(each for each in found if each is not None)


def _planned(ripe: Ripe, known: Known, now: datetime) -> Due | None:
    """What one report comes to; None where nobody is there to read it."""
    sends = tuple(_sends(ripe, known, now))
    if not sends:
        return None
    sent_to = tuple(address_key(send.draft.to.address) for send in sends)
    what = f"the report of {title(ripe.figures.span, 'en')}" + (f", r{ripe.revision}" if ripe.revision else "")
    keeps = _keeps(ripe, sent_to, is_draft=sends[0].asks is not None)
    return Due(REPORT, _why(ripe), Plan(f"Sent {what}, to {len(sends)}.", (keeps, *sends)), ripe.once)


def _sends(ripe: Ripe, known: Known, now: datetime) -> Iterator[Send]:
    """To whom it goes: who asked for it; who had the revision before; the reps, once the manager has released it; and
    on schedule the manager, and of a week the reps."""
    managers = known.in_role(Role.MANAGER) or known.in_role(Role.COORDINATOR)
    is_draft = _is_draft(ripe, known)
    if ripe.order is not None:
        asked_by = known.person(ripe.order.person_id)
        readers: tuple[PersonCard, ...] = (asked_by,) if asked_by else ()
    elif ripe.draft_id is not None:
        readers = ()
    elif ripe.earlier is not None:
        readers = tuple(each for each in managers if set(each.keys) & set(ripe.earlier.sent_to))
    else:
        readers = managers
    for reader in readers:
        yield to_manager(ripe, reader, known, now, is_draft=is_draft)
    if ripe.draft_id is not None or (_goes_to_reps(ripe, known) and not is_draft):
        yield from to_reps(ripe, known.in_role(Role.REP), known, now)


def _goes_to_reps(ripe: Ripe, known: Known) -> bool:
    is_first = ripe.order is None and ripe.earlier is None
    return is_first and settings_of(known.desk).report_to_reps and ripe.figures.span.kind is SpanKind.WEEK


def _is_draft(ripe: Ripe, known: Known) -> bool:
    return _goes_to_reps(ripe, known) and settings_of(known.desk).report_drafts


def _keeps(ripe: Ripe, sent_to: tuple[str, ...], *, is_draft: bool) -> Action:
    if ripe.draft_id is not None:
        return MarkSent(ripe.draft_id, sent_to)
    rates = plain(ripe.figures.rates)
    return KeepReport(
        span=ripe.figures.span,
        scope=ripe.figures.scope,
        revision=ripe.revision,
        figures=changes.kept(ripe.figures),
        rates=tuple(rates),
        sent_to=sent_to,
        seen=ripe.seen,
        state=ReportState.DRAFT if is_draft else ReportState.SENT,
        ordered=ripe.order.report_id if ripe.order else None,
    )


def _why(ripe: Ripe) -> str:
    if ripe.order is not None:
        return "somebody has asked for it"
    if ripe.draft_id is not None:
        return "the manager has released it"
    return "its hour has come" if ripe.earlier is None else "figures of it have changed since it was sent"


REPORTS: Final = Upkeep(job=JOB, at=None, recall=load, due=due)
