"""Decisions as they were written, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from mailbot.cli.terminal import moment
from mailbot.letters.cleaning import one_line
from mailbot.records.telling import ChangeTold
from mailbot.records.why import LetterTold, Story

_MOST_LINES = 40


def in_short(story: Story, zone: ZoneInfo) -> Iterator[str]:
    """What it was, how far its sender was believed, the words it stands on, and what it changed."""
    undone = f" (taken back by {story.undone_by})" if story.undone_by else ""
    yield f"{story.ref}  {moment(story.decided_at, zone)}  {story.kind}{undone}"
    yield f"  {one_line(story.summary, 1_000)}"
    yield f"  because {_cause(story)}"
    if story.trace.get("trust"):
        yield f"  believed: {one_line(str(story.trace['trust']), 1_000)}"
    if story.rule:
        yield f"  by the rule {story.rule}"
    if not story.carried_out:
        yield f"  not carried out: the level was {story.level}"
    yield from _lines("words", (f'"{one_line(words)}"' for words in story.evidence))
    yield from _lines("changed", map(change_in_words, story.changes))
    yield from _lines("letters", (letter_in_words(letter, zone) for letter in story.letters))


def in_full(story: Story, zone: ZoneInfo) -> Iterator[str]:
    """The same, with every question that led to it."""
    yield from in_short(story, zone)
    trace = story.trace
    yield from _lines("duties asked", map(_duty, trace.get("sorted_by", ())))
    yield from _lines("rules asked", map(_rule, trace.get("rules", ())))
    yield from _lines("noted", (one_line(str(note), 1_000) for note in trace.get("notes", ())))
    yield from _lines(
        "done" if story.carried_out else "would be done", (one_line(each, 1_000) for each in story.actions)
    )


def change_in_words(change: ChangeTold) -> str:
    """One change on one line."""
    what = one_line(change.what)
    if change.before is None:
        return f"{what}: new, {one_line(change.after or '')}"
    if change.after is None:
        return f"{what}: taken back, it was {one_line(change.before)}"
    return f"{what}: {one_line(change.before)} → {one_line(change.after)}"


def letter_in_words(letter: LetterTold, zone: ZoneInfo) -> str:
    """One letter on one line."""
    sent = f"{letter.state} ({moment(letter.moment, zone)})"
    return f"{letter.ref} to {one_line(letter.recipient)}, {sent}: {one_line(letter.subject)}"


def _cause(story: Story) -> str:
    if story.origin == "clock":
        return f"it fell due: {one_line(story.subject)}"
    if story.origin == "person":
        return (
            "; ".join(one_line(str(asked["why"])) for asked in story.trace.get("sorted_by", ())) or "a person said so"
        )
    return f'{one_line(story.sender or "nobody")} wrote "{one_line(story.subject)}"'


def _lines(title: str, lines: Iterable[str]) -> Iterator[str]:
    every = tuple(lines)
    if every:
        yield f"  {title}:"
    for line in every[:_MOST_LINES]:
        yield f"    {line}"
    if len(every) > _MOST_LINES:
        yield f"    … and {len(every) - _MOST_LINES:,} more (--json shows them all)"


def _duty(asked: Mapping[str, object]) -> str:
    answer = f"yes, {asked['kind']}" if asked["kind"] else "no"
    return one_line(f"{asked['duty']}: {answer} - {asked['why']}", 1_000)


def _rule(asked: Mapping[str, object]) -> str:
    applied = "applied" if asked["applied"] else "did not apply"
    return one_line(f"{asked['place']} {asked['rule']}: {applied} - {asked['why']}", 1_000)
