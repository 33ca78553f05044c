"""What the rules about sales may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from mailbot.deciding.late import LateAnswer
from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.sales import booking, letters
from mailbot.duties.sales.actions import Place, told
from mailbot.duties.sales.client_actions import LearnAlias
from mailbot.duties.sales.commission import answering
from mailbot.duties.sales.commission.facts import CommissionQuestion
from mailbot.duties.sales.facts.answers import (
    ClaimedNumbers,
    ClientAnswer,
    Corrections,
    InHalves,
    NewClient,
    ResendAnswer,
    TotalAnswer,
    WasItYou,
)
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.grids import plan_sheets, totals
from mailbot.duties.sales.grids.plan_sheets import PlanAnswer
from mailbot.duties.sales.reading import KINDS
from mailbot.duties.sales.reports import obeying
from mailbot.duties.sales.reports.facts import DraftSettled, RateSaid, Wish
from mailbot.duties.sales.talks import correcting, halves, handing_on, new_clients, offered, resends, was_it_you
from mailbot.duties.sales.talks.offered import OfferAnswer
from mailbot.duties.sales.targets import obeying as targets
from mailbot.duties.sales.targets.facts import TargetOrder
from mailbot.duties.sales.weeks import closing, late, late_answers, late_changes, noting
from mailbot.duties.sales.weeks.closings import NO_CLOSINGS
from mailbot.duties.sales.weeks.facts import MonthAnswer, MonthOrder, WeekAnswer, values_of
from mailbot.duties.sales.weeks.guarding import touches_closed_month
from mailbot.errors import OurBug
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion

Facts = TypeVar("Facts", Numbers, Corrections, ClientAnswer)

# --- a reply to what we asked ---


def place(s: Situation, _how: NoParameters) -> Plan:
    """Books a waiting line for the client that its rep chose, one of the rep's own."""
    answer, rep = _facts(s, ClientAnswer), _rep(s)
    client = answer.chosen
    if client is None or not answer.is_own:
        raise OurBug("a waiting line was about to be booked for a client that is not the rep's; the rules must hold it")
    waiting = answer.pending
    placing = Place(waiting.id, client.id, client.name, waiting.price, waiting.week)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    summary = f"{rep.name}: {told(waiting.price)} booked for {client.name}, week {waiting.week.number}."
    learning = (LearnAlias(rep.id, answer.learned, client.id, client.name),) if answer.learned else ()
    heard = handing_on.heard(s, answer, "yes")
    return Plan(summary, (closing, placing, *learning, letters.placed(s, rep, answer, client), *heard))


def note(s: Situation, _how: NoParameters) -> Plan:
    """NoParameters has to be done: the rep agrees."""
    return Plan(f"{_rep(s).name} agrees with what was booked.")


# --- what rules may ask ---


def _values(s: Situation) -> Mapping[str, object]:
    recalled = s.known.recalled.get(NAME)
    closings = recalled.closings if isinstance(recalled, SalesKnown) else NO_CLOSINGS
    facts = s.finding.facts
    return {
        **_of_the_facts(s),
        "closed_month": touches_closed_month(facts, closings),
        "can_be_decided": late_changes.can_be_decided(facts, closings, s.known)
        or late_answers.can_be_decided(facts, s.known),
    }


def _of_the_facts(s: Situation) -> Mapping[str, object]:
    match s.finding.facts:
        case Numbers() as facts:
            return _of_numbers(s, facts)
        case Corrections() as facts:
            return {
                "corrections": len(facts.changes),
                "largest": _largest(change.price.amount for change in facts.changes if change.price is not None),
                "unclear": len(facts.unclear),
                "agrees": facts.agrees,
            }
        case ClientAnswer() as answer:
            return {
                "chosen": answer.chosen is not None,
                "own_client": answer.is_own,
                "colleague": answer.can_be_asked,
                "refused": answer.is_refused,
            }
        case ClaimedNumbers() as claimed:
            return {
                "one_rep": claimed.rep is not None,
                "asked_today": claimed.claim.asked_on == s.today.isoformat(),
                "denied": claimed.claim.is_denied,
                "lines": len(claimed.numbers.lines),
                "unclear": len(claimed.numbers.unclear),
            }
        case LateAnswer() | Wish() | RateSaid() | DraftSettled():
            return {}
        case answer:
            return _of_a_short_mail(answer)


def _of_numbers(s: Situation, facts: Numbers) -> Mapping[str, object]:
    """What rules may ask of a mail of numbers."""
    prices = [line.price for line in facts.lines]
    return {
        "lines": len(facts.lines),
        "unclear": len(facts.unclear),
        "repeated": len(facts.repeated),
        "expected": len(facts.expected),
        "set_aside": len(facts.asides),
        "zero": facts.zero,
        "largest": _largest(price.amount for price in prices),
        "currencies": tuple(dict.fromkeys(price.currency for price in prices)),
        "days_old": _days_old(s, facts.said_on),
        "doubts": tuple(dict.fromkeys(line.doubt.value for line in facts.unclear)),
    }


def _of_a_short_mail(facts: object) -> Mapping[str, object]:
    """What rules may ask of the answer to a question, and of a mail that asks one thing."""
    match facts:
        case TotalAnswer():
            return {}
        case WasItYou() | ResendAnswer() | PlanAnswer() | OfferAnswer() as answer:
            return {"said": answer.said}
        case NewClient() as newcomer:
            return {"named": bool(newcomer.name)}
        case InHalves() as halved:
            return {"agrees": halved.agrees}
        case WeekAnswer() | MonthAnswer() | MonthOrder() as said_of:
            return values_of(said_of)
        case TargetOrder() as order:
            return {"targets": len(order.targets), "unclear": len(order.unclear)}
        case CommissionQuestion() as question:
            return {"says_more": question.says_more}
    raise OurBug(f"the facts of a finding of {NAME} are {type(facts).__name__}")


def _largest(amounts: Iterable[Decimal]) -> Decimal:
    return max(map(abs, amounts), default=Decimal(0))


def _days_old(s: Situation, said_on: date | None) -> int | None:
    """How long ago the mail says that it was written; negative for a day that is still to come."""
    return (s.today - said_on).days if said_on else None


def _facts(s: Situation, kind: type[Facts]) -> Facts:
    if not isinstance(s.finding.facts, kind):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for another kind")
    return s.finding.facts


def _rep(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a mail of a rep has no rep as its sender")
    return person


_FIELDS: Final[Mapping[str, type]] = {
    "lines": int,
    "unclear": int,
    "repeated": int,
    "expected": int,
    "set_aside": int,
    "zero": bool,
    "largest": Decimal,
    "currencies": tuple[str, ...],
    "days_old": int,
    "doubts": tuple[str, ...],
    "corrections": int,
    "agrees": bool,
    "chosen": bool,
    "own_client": bool,
    "colleague": bool,
    "refused": bool,
    "one_rep": bool,
    "asked_today": bool,
    "denied": bool,
    "said": str,
    "named": bool,
    "news": bool,
    "says_more": bool,
    "targets": int,
    "closed_month": bool,
    "can_be_decided": bool,
}
_VERBS: Final = (
    Verb("book_offered", NoParameters, offered.book_offered, "books a sale that another duty has found and offered"),
    Verb("leave_offered", NoParameters, offered.leave_offered, "leaves a sale that was offered unbooked"),
    Verb(
        "book", NoParameters, booking.book, "books the clear lines, keeps the others waiting, and answers the rep once"
    ),
    Verb(
        "correct",
        NoParameters,
        correcting.correct,
        "changes or drops booked lines that a reply names by number, and confirms it",
    ),
    Verb(
        "ask_about_closed_month",
        NoParameters,
        late_changes.ask,
        "asks who decides whether a closed month is changed, and changes what is open",
    ),
    Verb(
        "ask_about_late_answer",
        NoParameters,
        late_answers.ask,
        "gives a waiting line the client that was chosen, and asks who decides about its month, which was closed since",
    ),
    Verb("place", NoParameters, place, "books a waiting line for the client of his own that the rep chose"),
    Verb("hand_on", NoParameters, handing_on.hand_on, "asks the colleague whose client was chosen, and says so"),
    Verb("give_back", NoParameters, handing_on.give_back, "leaves a line to a person that the colleague does not know"),
    Verb("ask_its_name", NoParameters, new_clients.ask_its_name, "asks what a new client is called"),
    Verb("create_client", NoParameters, new_clients.create, "creates a client of the rep's own, and books for it"),
    Verb("propose_halves", NoParameters, halves.propose, "shows a line parted between two clients, and asks"),
    Verb("part", NoParameters, halves.part, "parts a line between two clients, and asks a colleague about theirs"),
    Verb("settle_total", NoParameters, totals.settle, "closes the question about a total that its rep calls wrong"),
    Verb(
        "settle_plan", NoParameters, plan_sheets.settle, "notes a sheet of plans as what its rep expects, or does not"
    ),
    Verb("settle_resend", NoParameters, resends.settle, "does with a line sent again what NEW, OLD or BOTH says"),
    Verb("keep_week", NoParameters, noting.keep_week, "notes what was said of a week instead of numbers"),
    Verb("explain_commission", NoParameters, answering.answer, "answers a rep who asks about the own commission"),
    Verb("settle_late", NoParameters, late.settle, "books late lines in their month or the next, or refuses them"),
    Verb("close_month", NoParameters, closing.order, "closes a month, or opens it again, as the manager says"),
    Verb("set_targets", NoParameters, targets.set_targets, "notes what is to be sold, and says before and after"),
    Verb(
        "ask_about_targets", NoParameters, targets.ask_about_targets, "sets nothing, and says which line is not clear"
    ),
    Verb("note", NoParameters, note, "files a reply that only agrees"),
    Verb("order_report", NoParameters, obeying.order_report, "puts the report together that the mail asks for"),
    Verb("note_rate", NoParameters, obeying.note_rate, "notes the rate of a currency, from its month on"),
    Verb("settle_draft", NoParameters, obeying.settle_draft, "sends the draft of a report to the reps, or does not"),
    Verb("ask_the_rep", was_it_you.Asking, was_it_you.ask, "keeps all lines waiting, and asks the rep who is named"),
    Verb("vouch", NoParameters, was_it_you.vouch, "reads a mail from elsewhere as the rep's own; ADD: its address too"),
    Verb("disown", NoParameters, was_it_you.disown, "drops the lines of a mail that was not the rep's"),
)
VOCABULARY: Final = Vocabulary(NAME, KINDS, _FIELDS, _values, {verb.name: verb for verb in _VERBS})
