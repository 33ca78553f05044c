"""What the rules about renewals may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.renewals.actions import NoteStanding
from mailbot.duties.renewals.facts import NAME, Answer, Renewal, RenewalsKnown, Standing
from mailbot.duties.renewals.letters import renewal_told
from mailbot.duties.renewals.reading import KINDS
from mailbot.duties.renewals.settings import settings_of
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain
from mailbot.records.contracts.questions import CONTRACT, HOW_RENEWED, WAS_CANCELLED
from mailbot.records.decision import Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import Role


def note(s: Situation, _: NoParameters) -> Plan:
    """How it stands is noted and confirmed; of a contract that is lost, who manages hears at once."""
    answer, renewal, person = _answer(s), _renewal(s), _person(s)
    noted = NoteStanding(
        contract_id=renewal.contract_id,
        ref=renewal.ref,
        person_id=person.id,
        decide_by=renewal.decide_by,
        said=answer.said,
        said_on=s.today,
        because=answer.besides,
    )
    told: dict[str, Plain] = renewal_told(renewal, s.today, person.name) | {
        "said": answer.said.value,
        "because": answer.besides or None,
    }
    facts = told | {"asked_again": _next_step(s, renewal) if answer.said is Standing.TALKING else None}
    confirmed = Send(
        Draft(person.recipient, "renewals/noted", facts, "renewals-noted", s.ref, answers=s.thread),
        _what_comes_of_it(answer.said, renewal),
    )
    warned = (
        Send(Draft(each.recipient, "renewals/lost", told, "renewals-lost", f"{s.ref} {each.id}"))
        for each in (s.known.in_role(Role.MANAGER) if answer.said is Standing.LOST else ())
        if each.id != person.id
    )
    close = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(f"{renewal.ref} of {renewal.client}: {answer.said.value}.", (close, noted, confirmed, *warned))


def _what_comes_of_it(said: Standing, renewal: Renewal) -> Question | None:
    """How the contract goes on, or whether it was cancelled: whoever keeps contracts reads the answer."""
    kinds = {Standing.RENEW: HOW_RENEWED, Standing.LOST: WAS_CANCELLED}
    kind = kinds.get(said)
    if kind is None or (kind == WAS_CANCELLED and not renewal.renews):
        return None
    words = f"What comes of {renewal.ref} of {renewal.client}?"
    return Question(NAME, kind, words, {CONTRACT: renewal.ref}, followed=True)


def _next_step(s: Situation, renewal: Renewal) -> int | None:
    """How many days before the day it is asked again; None where that was the last time."""
    left = (renewal.decide_by - s.today).days
    steps = settings_of(s.known.desk).steps(renews=renewal.renews)
    return max((step for step in steps if step < left), default=None)


def _answer(s: Situation) -> Answer:
    if not isinstance(s.finding.facts, Answer):
        raise OurBug("a rule about renewals asks for what does not fit: add when.kind.is = 'answer' to it")
    return s.finding.facts


def _renewal(s: Situation) -> Renewal:
    recalled = s.known.recalled.get(NAME)
    renewal = recalled.about(_answer(s).question_id) if isinstance(recalled, RenewalsKnown) else None
    if renewal is None:
        raise OurBug("an answer about a renewal, and nobody looked up which")
    return renewal


def _person(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer about a renewal has no colleague as its sender")
    return person


def _values(s: Situation) -> Mapping[str, object]:
    return {"said": s.finding.facts.said if isinstance(s.finding.facts, Answer) else None}


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={"said": Standing},
    values=_values,
    verbs={"note": Verb("note", NoParameters, note, "notes how it stands with a renewal; who manages hears of a loss")},
)
