"""What a word about reports comes to: a report is put together, a rate noted, a draft sent or kept. Pure."""

from __future__ import annotations

from mailbot.config import Level
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.reports.actions import NoteRate, OrderReport, SettleDraft
from mailbot.duties.sales.reports.facts import DraftSettled, RateSaid, Wish
from mailbot.duties.sales.reports.spans import Span, SpanKind
from mailbot.duties.sales.reports.titles import title
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion


def order_report(s: Situation, _how: NoParameters) -> Plan:
    """The report is ordered; the letter with it answers this mail as soon as it is put together."""
    wish = s.finding.facts
    if not isinstance(wish, Wish):
        raise OurBug("a report was about to be ordered by a mail that asks for none")
    person = _person(s)
    order = OrderReport(wish.span, wish.scope, person.id, s.thread)
    return Plan(f"{person.name} asks for the report of {title(wish.span, 'en')}.", (order,), acts_from=Level.WATCH)


def note_rate(s: Situation, _how: NoParameters) -> Plan:
    """The rate is noted, the question closed, and who said it is told what it counts for."""
    said = s.finding.facts
    if not isinstance(said, RateSaid):
        raise OurBug("a rate was about to be noted of a mail that says none")
    person, into = _person(s), s.known.desk.currency
    month = Span.of(SpanKind.MONTH, said.month)
    facts: dict[str, Plain] = {
        "currency": said.currency,
        "value": said.value,
        "into": into,
        "month": title(month, person.language),
    }
    told = Draft(person.recipient, "sales/rate_noted", facts, "rate-noted", s.ref, answers=s.thread)
    return Plan(
        f"{person.name}: 1 {said.currency} = {said.value:f} {into} from {title(month, 'en')} on.",
        (
            CloseQuestion(said.question_id, said.evidence.words),
            NoteRate(said.currency, said.month, said.value, into, person.id, s.today),
            Send(told),
        ),
        acts_from=Level.WATCH,
    )


def settle_draft(s: Situation, _how: NoParameters) -> Plan:
    """The draft goes to the reps, or to nobody else."""
    settled = s.finding.facts
    if not isinstance(settled, DraftSettled):
        raise OurBug("a draft was about to be settled by a mail that says nothing of one")
    closing = CloseQuestion(settled.question_id, settled.evidence.words)
    what = "goes to the reps" if settled.goes_out else "is kept from the reps"
    summary = f"The report of {title(settled.span, 'en')} {what}."
    return Plan(summary, (closing, SettleDraft(settled.span, settled.goes_out)), acts_from=Level.WATCH)


def _person(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a word about reports was taken from somebody who is not one of us")
    return person
