"""What a mail is to this duty: the answer to its question, a bounce that is proven, or one that is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mailbot.duties.bounces.facts import BounceFacts, Kind
from mailbot.duties.bounces.recalling import NAME, recalled
from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.detectors.delivery_report import NAME as DELIVERY_REPORT
from mailbot.duties.bounces.reports.failure import Failure, Outcome, Reason
from mailbot.duties.bounces.reports.proof import Proof, prove
from mailbot.duties.bounces.returned.answer import read_answer
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.model import AutomaticKind, Finding, NotMine, Sorted

_MOST_FAILURES = 20  # that are kept with the decision; all are looked at

# Machines that are no mail system: a sentence in theirs that sounds like a bounce is none.
_NO_BOUNCES: Final = frozenset(
    {
        AutomaticKind.AUTO_REPLY,
        AutomaticKind.CHALLENGE,
        AutomaticKind.FEEDBACK,
        AutomaticKind.LIST,
        AutomaticKind.OWN,
        AutomaticKind.RECEIPT,
    }
)
_PASSING: Final = frozenset({Reason.MAILBOX_FULL, Reason.TEMPORARY})


def read_bounce(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """A finding of one of the kinds of `Kind`, or why the mail is none of this duty's. Pure, never raises."""
    if answer := read_answer(message, known, sorted_as):
        return answer
    failures = failures_in(message)
    if not failures:
        return NotMine("no mail system reports a letter that did not arrive")
    if trouble := _is_something_else(failures, sorted_as):
        return NotMine(trouble)
    failed = tuple(failure for failure in failures if failure.outcome is not Outcome.DELIVERED)
    if not failed:
        complaints = [each.address for each in failures if each.reason is Reason.COMPLAINT]
        return NotMine(
            f"a reader complains: {complaints[0]}" if complaints else "it reports that a letter was delivered"
        )
    return _bounce(message, known, failed)


def _is_something_else(failures: Sequence[Failure], sorted_as: Sorted) -> str | None:
    automatic = sorted_as.automatic
    if automatic is None or automatic.kind not in _NO_BOUNCES or failures[0].detector == DELIVERY_REPORT:
        return None
    return f"it is no bounce but: {automatic.kind.value} ({automatic.why})"


def _bounce(message: Message, known: Known, failures: tuple[Failure, ...]) -> Finding:
    proof = prove(message, known, failures)
    part = recalled(known)
    letter, failure = proof.letter, proof.failure
    facts = BounceFacts(
        failures=failures[:_MOST_FAILURES],
        recipients=len(failures),
        proof=proof,
        on_file=part.address(letter.recipient_key) if letter else None,
        counted=bool(letter and failure and part.has_counted(letter.ref, letter.recipient_key, failure)),
        mentions_on_file=any(known.party(key) for each in failures for key in each.keys),
    )
    shown = failure or failures[0]
    return Finding(NAME, _kind(proof), facts, shown.evidence, f"{shown.detector}: {proof.why}")


def _kind(proof: Proof) -> Kind:
    failure = proof.failure
    if failure is None:
        return Kind.UNPLACED
    if failure.outcome is Outcome.DELAYED or failure.reason in _PASSING:
        return Kind.SOFT
    if failure.reason is Reason.BLOCKED:
        return Kind.POLICY
    if failure.is_transient and failure.reason is not Reason.CONTENT:
        return Kind.SOFT
    return Kind.BOUNCE
