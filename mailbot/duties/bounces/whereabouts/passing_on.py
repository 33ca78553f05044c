"""The letters that wait for a contact who is not reached go to whoever is written to instead, or to the new address, in
a letter that says whom they were written to: nobody is addressed by another's name, and what they ask can still be
answered."""

from __future__ import annotations

from enum import StrEnum

from mailbot.deciding.verbs import Situation
from mailbot.duties.bounces.actions import WithdrawLetters
from mailbot.duties.bounces.recalling import NAME, recalled
from mailbot.duties.bounces.returned.on_file import OnFile, Unsent
from mailbot.duties.bounces.returned.tasks import withdrawn
from mailbot.duties.bounces.whereabouts.written import Written
from mailbot.letters.model import Draft, Plain, Recipient
from mailbot.records.decision import Action, Question, Send
from mailbot.records.known import PersonCard


class Instead(StrEnum):
    """Why a letter goes to somebody else, or to another address."""

    FOLLOWS = "follows"  # the reader has taken over
    UNREACHED = "unreached"  # the one it was written to is not reached any more
    MOVED = "moved"  # the reader is the one, at a new address


def passed_on(
    situation: Situation, on_file: OnFile, to: Recipient, keeper: PersonCard, why: Instead = Instead.FOLLOWS
) -> tuple[Action, ...]:
    """Takes the letters back that wait for the contact, and writes each of them to `to`, for the day on which it was to
    go. Those whose words are not at hand are left to a colleague, in a task."""
    waiting = recalled(situation.known).letters_to(on_file.key)
    known = {each.letter_id: each for each in recalled(situation.known).written}
    going = tuple((letter, known[letter.id]) for letter in waiting if letter.id in known)
    left = tuple(letter for letter in waiting if letter.id not in known)
    client_id = on_file.client.id if on_file.client else None
    who = on_file.contact.name if on_file.contact else on_file.written
    taken_back = WithdrawLetters(tuple(each.id for each, _ in going), tuple(each.ref for each, _ in going))
    return (
        *((taken_back,) if going else ()),
        *(_passed_on(situation, words, who, to, client_id, why) for _, words in going),
        *withdrawn(left, who, keeper, client_id),
    )


def can_be_passed_on(situation: Situation, on_file: OnFile) -> tuple[Unsent, ...]:
    """The letters that wait for the contact, as far as they can go to somebody else."""
    known = {each.letter_id for each in recalled(situation.known).written}
    return tuple(each for each in recalled(situation.known).letters_to(on_file.key) if each.id in known)


def _passed_on(
    situation: Situation, written: Written, before: str, to: Recipient, client_id: int | None, why: Instead
) -> Send:
    facts: dict[str, Plain] = {
        "about": written.subject,
        "why": why.value,
        "before": before,
        "lines": tuple(written.text.split("\n")),
        "is_answered": written.asks is not None,
    }
    draft = Draft(
        to,
        f"{NAME}/passed_on",
        facts,
        purpose="passed-on",
        object=written.ref,
        period=situation.ref,
        about_client=client_id,
        offers_stop=True,
        not_before=written.goes_at,
    )
    asks = written.asks
    return Send(draft, Question(asks.duty, asks.kind, asks.words, asks.context) if asks else None)
