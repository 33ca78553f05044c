"""A mail that came from elsewhere in the name of a rep: the rep is asked at the address on file, and what comes of it.

Nothing of it counts before the rep's word, and whoever sent it learns nothing from us.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mailbot.config import Level
from mailbot.deciding.late import not_again
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import KeepWaiting
from mailbot.duties.sales.facts.answers import ClaimedNumbers, WasItYou
from mailbot.duties.sales.facts.kinds import NAME, WAS_IT_YOU
from mailbot.duties.sales.facts.lines import Numbers
from mailbot.duties.sales.talks.actions import SettleClaim
from mailbot.duties.sales.talks.claim_answers import ADD, NO, YES
from mailbot.errors import OurBug
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records.deciding_again import DecideAgain
from mailbot.records.decision import Action, Folder, Question, Send
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion
from mailbot.records.staff_addresses import AcceptAddress

ASKED: Final = "sales-was-it-you"
CLAIMED: Final = "claimed"  # why such a line waits

_LONGEST_ADDRESS: Final = 300


@dataclass(frozen=True, slots=True)
class Asking:
    """`answer_sender`: whether the address it came from is told, once ever, that the mail has arrived, and no more."""

    answer_sender: bool = False


def about_sender(rep_id: int, sender_key: str) -> str:
    """What the letter of the question is about: this rep, and this address."""
    return f"{rep_id} {sender_key[:_LONGEST_ADDRESS]}"


def ask(s: Situation, how: Asking) -> Plan:
    """Keeps every line waiting, and asks the rep whose name the mail bears, once a day for each address."""
    facts, sender = s.finding.facts, s.message.sender
    if not isinstance(facts, ClaimedNumbers) or facts.rep is None or sender is None:
        raise OurBug(
            "a rep was about to be asked about a mail that does not bear the name of one; the rules must hold it"
        )
    rep = facts.rep
    question = Question(
        duty=NAME,
        kind=WAS_IT_YOU,
        words=f"Was the mail from {sender.address} written by {rep.name}?",
        context={"address": sender.address, "person_id": rep.id},
    )
    names: dict[str, Plain] = {"address": sender.address, "received": s.message.date or s.now, "lines": facts.quoted}
    about = about_sender(rep.id, sender.key)
    asking = Send(Draft(rep.recipient, "sales/was_it_you", names, ASKED, about, s.today.isoformat()), question)
    lines = _waiting(facts.numbers, rep)
    neutral = (_neutral(s, sender.address, about),) if how.answer_sender else ()
    count = f"{len(lines)} {'line' if len(lines) == 1 else 'lines'}"
    summary = f"{sender.address} claims to be {rep.name}: {count} kept waiting, asked at the address on file."
    return Plan(summary, (*lines, asking, *neutral), Folder.ASKED, acts_from=Level.PROPOSE)


def vouch(s: Situation, _how: NoParameters) -> Plan:
    """The mail was the rep's: it is read anew as such. With ADD, its address is the rep's from now on."""
    answer, rep = _answer(s, YES, ADD), _rep(s)
    accepting: tuple[Action, ...] = ()
    if answer.said == ADD:
        because = f'{rep.name} said "{answer.evidence.words}" to {answer.letter_ref}'
        accepting = (AcceptAddress(rep.id, rep.name, answer.address, because), _told(s, rep, answer))
    if answer.asked.mail is None:
        reading: tuple[Action, ...] = (not_again(s, answer.evidence, answer.letter_ref, "gone", None),)
    else:
        settling = (SettleClaim(line, was_the_reps=True) for line in answer.asked.waiting)
        reading = (*settling, DecideAgain(answer.asked.mail, vouched_for=rep.id))
    summary = f"{rep.name} wrote the mail from {answer.address}" + (", which is accepted." if accepting else ".")
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(summary, (closing, *accepting, *reading), acts_from=Level.WATCH)


def disown(s: Situation, _how: NoParameters) -> Plan:
    """The mail was not the rep's: its lines are dropped, and the mail stays as it came."""
    answer, rep = _answer(s, NO), _rep(s)
    actions: tuple[Action, ...] = (
        CloseQuestion(answer.question_id, answer.evidence.words),
        *(SettleClaim(line, was_the_reps=False) for line in answer.asked.waiting),
        _told(s, rep, answer),
    )
    return Plan(f"{rep.name} did not write the mail from {answer.address}.", actions, acts_from=Level.WATCH)


def _waiting(numbers: Numbers, rep: PersonCard) -> Sequence[KeepWaiting]:
    """Every line of the mail, the clear ones too: what nobody has vouched for counts for nobody."""
    clear = [(line.evidence, line.client.name, line.client, line.price) for line in numbers.lines]
    unclear = [(line.evidence, line.name, line.client, line.price) for line in numbers.unclear]
    return tuple(
        KeepWaiting(
            rep_id=rep.id,
            position=position,
            words=evidence.words,
            place=str(evidence.place)[:300],
            doubt=CLAIMED,
            client_words=name,
            client_id=client.id if client else None,
            price=price,
            week=numbers.week,
            said_on=numbers.said_on,
        )
        for position, (evidence, name, client, price) in enumerate((*clear, *unclear), start=1)
    )


def _neutral(s: Situation, address: str, about: str) -> Send:
    """One line for whoever wrote, without a name, a number, or a word of what becomes of it; once ever."""
    to = Recipient(address, "", s.sorted.language)
    return Send(Draft(to, "sales/arrived", {}, "sales-arrived", about, answers=s.thread, acknowledgement=True))


def _told(s: Situation, rep: PersonCard, answer: WasItYou) -> Send:
    names: dict[str, Plain] = {"address": answer.address, "said": answer.said, "gone": answer.asked.mail is None}
    return Send(Draft(rep.recipient, "sales/claim_settled", names, "sales-claim-settled", s.ref, answers=s.thread))


def _answer(s: Situation, *said: str) -> WasItYou:
    facts = s.finding.facts
    if not isinstance(facts, WasItYou) or facts.said not in said:
        raise OurBug(f'"was that you?" was not answered with {" or ".join(said)}; the rules must hold it')
    return facts


def _rep(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("an answer of a rep has no rep as its sender")
    return person
