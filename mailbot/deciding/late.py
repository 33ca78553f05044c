"""An answer to a question that was closed before: it changes nothing, and its sender is told so.

Silence would look like consent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mailbot.config import Level
from mailbot.deciding.to_a_person import DESK
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.letters.refs import decision_of
from mailbot.message.model import Evidence
from mailbot.records.decision import Send
from mailbot.records.settled import ClosedQuestion, Settled

_LONGEST_WORDS = 80
_NOT_AGAIN = "not_again"


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """What a finding holds that answers a closed question of its duty.

    `key` is the answer, where it has a name; `about` the reference of what was asked about, where that is not the
    decision that asked.
    """

    question: ClosedQuestion
    words: Evidence
    key: str = ""
    about: str = ""


def say_settled(situation: Situation, _: NoParameters) -> Plan:
    """Tells the sender that the question was settled before, and by whom."""
    late = situation.finding.facts
    if not isinstance(late, LateAnswer):
        raise OurBug("the verb 'say_settled' was asked about a mail that does not answer a closed question")
    said = f'"{one_line(late.words.words, _LONGEST_WORDS)}" to {late.question.letter_ref}, which is settled.'
    about = late.about or decision_of(late.question.letter_ref)
    reply = not_again(situation, late.words, about, "settled", late.question.settled)
    return Plan(said, (reply,), acts_from=Level.WATCH)


def not_again(
    situation: Situation, said: Evidence, about: str, reason: Literal["gone", "settled"], settled: Settled | None
) -> Send:
    """The letter to a colleague whose answer is not followed, because it was settled, or the mail is gone."""
    sender = situation.known.sender
    if sender is None or sender.person is None:
        raise OurBug("an answer was taken from somebody who is no colleague")
    words = one_line(said.words, _LONGEST_WORDS)
    facts: dict[str, Plain] = {
        "asked": words.upper() if words.isalpha() else words,
        "about": about,
        "reason": reason,
        "meanwhile": settled.ref if settled else "",
        "by": settled.by if settled else "",
        "on": settled.at if settled else None,
    }
    return Send(
        Draft(
            to=sender.person.recipient,
            template=f"{DESK}/{_NOT_AGAIN}",
            facts=facts,
            purpose=_NOT_AGAIN,
            object=situation.ref,
            answers=situation.thread,
        )
    )
