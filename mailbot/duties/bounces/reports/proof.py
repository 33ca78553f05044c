"""Whether a bounce is about a letter of ours: without that it changes nothing, for anybody can write one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mailbot.duties.bounces.reports.failure import Failure, Outcome
from mailbot.letters.refs import SignedRef
from mailbot.message.addresses import address_key
from mailbot.message.identifiers import message_ids
from mailbot.message.model import Message
from mailbot.records.known import DeskCard, Known, LetterCard


@dataclass(frozen=True, slots=True)
class Proof:
    """The letter that a bounce proves and what became of it; without them, `why` there is none.

    `disagrees`: it names a letter of ours, but not the one address that this letter went to, or two letters at once.
    """

    letter: LetterCard | None
    failure: Failure | None
    disagrees: bool
    why: str


def prove(message: Message, known: Known, failures: Sequence[Failure]) -> Proof:
    """The letter is named by its signed reference in the envelope address, by the Message-ID of the returned letter,
    or by both; where both are there they must agree, and the address that failed must be the one it went to."""
    by_envelope = _named_by_envelope(message, known)
    by_returned = _named_by_returned_letter(message, known)
    named = by_envelope | by_returned
    if not named:
        return Proof(None, None, False, "it carries no signed reference of a letter that we sent")
    if len(named) > 1 or (by_envelope and by_returned and by_envelope != by_returned):
        return Proof(None, None, True, f"it names different letters of ours: {', '.join(sorted(named))}")
    letter = next(card for card in known.letters if card.ref in named)
    about = [failure for failure in failures if letter.recipient_key in failure.keys]
    if not about:
        others = ", ".join(failure.address for failure in failures[:3])
        return Proof(
            letter, None, True, f"letter {letter.ref} went to {letter.recipient}, the report speaks of {others}"
        )
    failure = next((each for each in about if each.outcome is not Outcome.DELIVERED), about[0])
    how = " and ".join(["its envelope address"] * bool(by_envelope) + ["the returned letter"] * bool(by_returned))
    return Proof(letter, failure, False, f"{how} proves letter {letter.ref} to {letter.recipient}")


def _named_by_envelope(message: Message, known: Known) -> frozenset[str]:
    """Letters whose signed reference is the plus-part of an address of the desk that this mail was sent to."""
    parts = {ref.ref for ref in _plus_parts(message, known.desk)}
    return frozenset(card.ref for card in known.letters if card.proven and card.ref in parts)


def _plus_parts(message: Message, desk: DeskCard) -> Iterator[SignedRef]:
    for address in (*(mailbox.address for mailbox in message.to), *message.delivered_to):
        local, plus, part = address.rpartition("@")[0].partition("+")
        signed = SignedRef.parse(part) if plus and local else None
        if signed and desk.is_own(address_key(address)):
            yield signed


def _named_by_returned_letter(message: Message, known: Known) -> frozenset[str]:
    """Letters whose Message-ID is that of the returned letter: in its headers, or where it is quoted as text."""
    returned = message.report.returned if message.report else ()
    ids = {each for header in returned if header.name.lower() == "message-id" for each in message_ids(header.value)}
    if ids:
        return frozenset(card.ref for card in known.letters if card.proven and card.message_id in ids)
    quoted = message.body.original
    return frozenset(card.ref for card in known.letters if card.proven and f"<{card.message_id}>" in quoted)
