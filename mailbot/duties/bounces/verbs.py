"""What the rules of this duty may ask about and may do. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from mailbot.deciding.verbs import NoParameters, Situation, Verb, Vocabulary
from mailbot.duties.bounces.dead_ends.details import (
    DETAILS,
    MAY_ASK,
    Details,
    MayAsk,
    ask_client,
    do_not_ask,
    keep_details,
)
from mailbot.duties.bounces.dead_ends.reading import DEAD_ENDS
from mailbot.duties.bounces.dead_ends.taking_in import take_in
from mailbot.duties.bounces.facts import AnswerFacts, BounceFacts, Choice, Kind
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.bounces.refusals.bursts import Burst, count_refusal
from mailbot.duties.bounces.refusals.resuming import RESUMED, ResumeFacts, resume
from mailbot.duties.bounces.reports.failure import Outcome, Reason
from mailbot.duties.bounces.returned.bounced import (
    Patience,
    count_passing,
    mark_dead,
    note,
    record,
    tell_admin_of_staff,
    tell_sender,
)
from mailbot.duties.bounces.returned.complaints import COMPLAINT, stop_at_once
from mailbot.duties.bounces.returned.settling import change_address, make_call_task, make_main_contact
from mailbot.duties.bounces.returned.signs_of_life import heal
from mailbot.duties.bounces.whereabouts.call_results import CALL_ANSWER, CallResult, take_call_result
from mailbot.duties.bounces.whereabouts.gone import Waiting, ask_who_follows, wait_until_back
from mailbot.duties.bounces.whereabouts.reading import AWAY, LEFT, GoneFacts
from mailbot.duties.bounces.whereabouts.successor_answer import SUCCESSOR_ANSWER, Follower, SuccessorFacts
from mailbot.duties.bounces.whereabouts.successors import (
    call_about_successor,
    leave_as_is,
    show_introduction,
    take_over,
)
from mailbot.records.tables import AddressStatus


def values(situation: Situation) -> Mapping[str, object]:
    """The fields of this duty; what a finding does not have stays empty."""
    match situation.finding.facts:
        case AnswerFacts() as answer:
            return {"choice": answer.choice.value}
        case ResumeFacts() as answer:
            return {"clear": answer.is_clear}
        case MayAsk() as answer:
            return {"may_ask": answer.may, "clear": answer.may is not None and answer.on_file is not None}
        case Details() as answer:
            return {"clear": bool(answer.on_file and (answer.phone or answer.post))}
        case CallResult() as result:
            return {"clear": result.is_clear}
        case GoneFacts() as gone:
            return {"address_status": gone.sender.status.value}
        case SuccessorFacts() as answer:
            return {"follower": answer.choice.value}
        case BounceFacts() as bounce:
            return _of_bounce(bounce)
        case _:
            return {}


def _of_bounce(bounce: BounceFacts) -> Mapping[str, object]:
    failure = bounce.proof.failure or bounce.failures[0]
    on_file = bounce.on_file
    return {
        "reason": failure.reason.value,
        "outcome": failure.outcome.value,
        "dead": failure.is_dead,
        "status": failure.status,
        "reply_code": failure.reply_code,
        "detector": failure.detector,
        "recipients": bounce.recipients,
        "proven": bounce.proof.failure is not None,
        "disagrees": bounce.proof.disagrees,
        "counted": bounce.counted,
        "on_file": on_file is not None and on_file.contact is not None,
        "staff": on_file is not None and on_file.person_id is not None,
        "mentions_on_file": bounce.mentions_on_file,
        "address_status": on_file.status.value if on_file else "",
    }


FIELDS: Final[Mapping[str, type]] = {
    "reason": Reason,
    "outcome": Outcome,
    "dead": bool,
    "status": str,
    "reply_code": str,
    "detector": str,
    "recipients": int,
    "proven": bool,
    "disagrees": bool,
    "counted": bool,
    "on_file": bool,
    "staff": bool,
    "mentions_on_file": bool,
    "address_status": AddressStatus,
    "choice": Choice,
    "clear": bool,
    "may_ask": bool,
    "follower": Follower,
}


def _verb(plan: Callable[[Situation, Any], Any], parameters: type = NoParameters) -> Verb[Any]:
    return Verb(plan.__name__, parameters, plan, (plan.__doc__ or "").strip().partition("\n")[0])


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=(
        *(kind.value for kind in Kind),
        RESUMED,
        COMPLAINT,
        LEFT,
        AWAY,
        SUCCESSOR_ANSWER,
        CALL_ANSWER,
        DEAD_ENDS,
        MAY_ASK,
        DETAILS,
    ),
    fields=FIELDS,
    values=values,
    beside=heal,
    verbs={
        verb.name: verb
        for verb in (
            _verb(note),
            _verb(record),
            _verb(count_passing, Patience),
            _verb(count_refusal, Burst),
            _verb(mark_dead),
            _verb(tell_admin_of_staff),
            _verb(tell_sender),
            _verb(make_main_contact),
            _verb(change_address),
            _verb(make_call_task),
            _verb(resume),
            _verb(stop_at_once),
            _verb(take_in),
            _verb(ask_client),
            _verb(do_not_ask),
            _verb(keep_details),
            _verb(wait_until_back, Waiting),
            _verb(ask_who_follows),
            _verb(take_over),
            _verb(show_introduction),
            _verb(leave_as_is),
            _verb(take_call_result),
            _verb(call_about_successor),
        )
    },
)
