"""Decisions and what they changed, as the letters of the desk tell them."""

from __future__ import annotations

from typing import Final

from mailbot.deciding.verbs import Situation
from mailbot.letters.model import Plain
from mailbot.message.addresses import address_key
from mailbot.records.telling import ChangeTold
from mailbot.records.why import LetterTold, Story

MOST_CHANGES: Final = 12  # that one letter tells of one decision


def steps(stories: tuple[Story, ...]) -> tuple[Plain, ...]:
    """The stories of decisions, as letters tell them."""
    return tuple(
        {
            "ref": story.ref,
            "moment": story.decided_at,
            "origin": story.origin,
            "sender": story.writer,
            "subject": story.subject,
            "rule": story.rule,
            "proof": str(story.trace.get("proof", "")),
            "words": story.evidence,
            "changes": changes_told(story.changes),
            "more": max(0, len(story.changes) - MOST_CHANGES),
            "letters": tuple(
                {"ref": each.ref, "to": each.addressee, "subject": each.subject} for each in story.letters
            ),
            "undone": story.undone_by is not None,
        }
        for story in stories
    )


def changes_told(changes: tuple[ChangeTold, ...]) -> tuple[Plain, ...]:
    """The first of some changes, as letters tell them."""
    return tuple({"what": each.what, "before": each.before, "after": each.after} for each in changes[:MOST_CHANGES])


def to_others(situation: Situation, letters: tuple[LetterTold, ...]) -> tuple[LetterTold, ...]:
    """The letters that somebody else has read: who takes a decision back knows the own ones."""
    return tuple(each for each in letters if not situation.known.is_senders(address_key(each.recipient)))


def letters_told(letters: tuple[LetterTold, ...]) -> tuple[Plain, ...]:
    """Letters that had gone out."""
    return tuple({"moment": each.moment, "to": each.addressee, "subject": each.subject} for each in letters)
