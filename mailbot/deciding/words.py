"""A decision in words for people: what it is, how far the mail was believed, who was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mailbot.letters.cleaning import clean
from mailbot.records.decision import Action, Asked, Decision, RuleAsked, Send

_LONGEST_LINE = 1_000
_ORIGINS = {"mail": "a mail", "clock": "the clock", "person": "a person"}


def explain(decision: Decision) -> str:
    """The whole trace, one thought a line; what `mailbot explain` prints.

    It quotes strangers: whatever a terminal would obey is taken out, and no quotation begins a line of its own.
    """
    return "\n".join(clean(line, _LONGEST_LINE).replace("\n", " ") for line in _lines(decision))


def _lines(decision: Decision) -> Iterator[str]:
    yield f"{decision.ref}: {decision.kind} ({decision.duty}), {_where_to(decision)}"
    yield f"  {decision.summary}"
    yield f"  made {decision.decided_at:%Y-%m-%d %H:%M %Z} because of {_ORIGINS[decision.origin]}{_of_job(decision)}"
    if decision.trace.trust:
        yield f"  believed: {decision.trace.trust}"
    yield from _section("words it stands on", (str(evidence) for evidence in decision.evidence))
    yield from _section("duties asked", (_duty(asked) for asked in decision.trace.sorted_by))
    yield from _section("rules asked", (_rule(asked) for asked in decision.trace.rules))
    yield from _section("noted", decision.trace.notes)
    yield from _section("done", _deeds(decision.actions))
    yield from _section(f"not done, because the level is {decision.level}", _deeds(decision.planned))
    if not decision.actions and not decision.planned:
        yield "nothing was done"
    for action in (*decision.actions, *decision.planned):
        if isinstance(action, Send) and action.letter:
            yield from _letter(action, written="goes out" if action in decision.actions else "is kept back")


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"{title}:"
        yield f"  {line}"


def _where_to(decision: Decision) -> str:
    if decision.origin != "mail":
        return "no mail to move"
    return f"the mail goes to {decision.folder.value}" if decision.folder.value else "the mail stays where it is"


def _of_job(decision: Decision) -> str:
    return f" ({decision.job})" if decision.job else ""


def _duty(asked: Asked) -> str:
    return f"{asked.duty}: {f'yes, {asked.kind}' if asked.kind else 'no'} - {asked.why}"


def _rule(asked: RuleAsked) -> str:
    return f"{asked.place} {asked.rule}: {'applied' if asked.applied else 'did not apply'} - {asked.why}"


def _deeds(actions: Iterable[Action]) -> Iterator[str]:
    return (f"{action.name}: {action}" for action in actions)


def _letter(send: Send, written: str) -> Iterator[str]:
    letter = send.letter
    if letter is None:
        return
    yield f"letter {letter.ref} to {letter.recipient} ({written}):"
    yield f"  Subject: {letter.subject}"
    for line in letter.text.splitlines():
        yield f"  | {line}" if line else "  |"
    if send.asks:
        yield f"  asks: {send.asks.words}"
