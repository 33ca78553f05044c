"""What stops a letter before the desk becomes a nuisance, a parrot to a machine, or the tool of a forger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from mailbot.config import Level
from mailbot.deciding.matter import Course, Matter, gravest
from mailbot.deciding.notices import too_many_answers
from mailbot.message.addresses import address_key
from mailbot.records.decision import Action, Folder, Send
from mailbot.records.known import DeskCard
from mailbot.records.outbox import ALARM, HELD
from mailbot.sorting.model import Trust


def braked(course: Course, matter: Matter) -> Course:
    """The course without the letters that must not be written; each that was dropped is noted.

    A question that was dropped leaves nobody asked: then the mail is held for a person. Where a duty only watches, that
    too is only what would have been done.
    """
    seen: set[tuple[str, ...]] = set()
    actions, dropped = _sifted(course.actions, matter, seen)
    planned, dropped_plans = _sifted(course.planned, matter, seen)
    dropped += dropped_plans
    if not dropped:
        return course
    notes = tuple(f"not written to {send.draft.to.address} ({send.draft.template}): {why}" for send, why in dropped)
    course = replace(course, actions=actions, planned=planned, notes=(*course.notes, *notes))
    if any(why == _TOO_OFTEN for _, why in dropped) and (key := matter.sender_key):
        course = _warning(course, too_many_answers(matter, key, _answers(key, matter), _most_answers(key, matter)))
    if any(send.asks and why != _TWICE for send, why in dropped):
        course = _holding(course)
    return course


def _warning(course: Course, warning: Send | None) -> Course:
    if warning is None:
        return course
    if course.level is Level.WATCH:
        return replace(course, planned=(*course.planned, warning))
    return replace(course, actions=(*course.actions, warning))


def _holding(course: Course) -> Course:
    if course.level is Level.WATCH:
        return replace(course, unfiled=gravest(course.unfiled, Folder.HELD))
    return replace(course, folder=gravest(course.folder, Folder.HELD))


_SHARE_OF_STRANGERS = 10  # one mail in so many letters of an hour; one mail makes two or three letters
_PATIENCE = 4  # times as often as a client, a colleague is told that a mail was left to a person
_TOO_OFTEN = "this address was answered often enough today"
_TWICE = "the same letter is written already"


def _sifted(
    actions: Iterable[Action], matter: Matter, seen: set[tuple[str, ...]]
) -> tuple[tuple[Action, ...], list[tuple[Send, str]]]:
    kept: list[Action] = []
    dropped: list[tuple[Send, str]] = []
    for action in actions:
        why = _stopped(action, matter, seen) if isinstance(action, Send) else None
        if isinstance(action, Send) and why:
            dropped.append((action, why))
        else:
            kept.append(action)
    return tuple(kept), dropped


def _stopped(send: Send, matter: Matter, seen: set[tuple[str, ...]]) -> str | None:
    """Why a letter must not be written, or None; what is written is remembered in `seen`."""
    key = address_key(send.draft.to.address)
    is_question_to_staff = send.asks is not None and _is_staff(key, matter)
    brakes = _LOOPS if is_question_to_staff else _BRAKES
    if why := next((why for brake in brakes if (why := brake(send, key, matter))), None):
        return why
    same = (key, send.draft.purpose, send.draft.object, send.draft.period)
    acknowledged = (key, "acknowledgement")
    if same in seen or (send.draft.acknowledgement and acknowledged in seen):
        return _TWICE
    seen |= {same, acknowledged} if send.draft.acknowledgement else {same}
    return None


def _is_staff(key: str, matter: Matter) -> bool:
    return any(person.has(key) for person in matter.known.staff)


def _to_ourselves(_: Send, key: str, matter: Matter) -> str | None:
    return "it is an address of the desk itself" if matter.known.desk.is_own(key) else None


def _back_to_a_machine(_: Send, key: str, matter: Matter) -> str | None:
    automatic = matter.sorted.automatic if matter.sorted else None
    if automatic is None or (_is_staff(key, matter) and key != matter.sender_key):
        return None
    return f"a machine wrote the mail ({automatic.kind.value})"


def _to_whom_we_do_not_believe(send: Send, key: str, matter: Matter) -> str | None:
    """A colleague hears all the same that somebody writes in the name of that very colleague."""
    if send.draft.purpose.startswith(ALARM) and _is_staff(key, matter):
        return None
    if matter.sorted and matter.sorted.trust.trust is Trust.T0 and key == matter.sender_key:
        return "the sender is not proven"
    return None


def _about_a_paused_client(send: Send, key: str, matter: Matter) -> str | None:
    """Anger pauses what the clock sends; a person's letter to that client still goes out."""
    client = matter.known.client(send.draft.about_client)
    if matter.origin != "clock" or client is None or client.paused_because is None or _is_staff(key, matter):
        return None
    return f"letters to {client.name} are paused: {client.paused_because}"


def _acknowledged_already(send: Send, key: str, matter: Matter) -> str | None:
    if send.draft.acknowledgement and matter.known.brakes.acknowledged_last_day and not _is_staff(key, matter):
        return "it was acknowledged within a day before"
    return None


def _strangers_write_too_much(send: Send, _: str, matter: Matter) -> str | None:
    """Strangers together may cause some of the letters of an hour, and never so many that the desk falls silent for all
    others. What they wrote is in the records all the same. Who proves a letter of ours is no stranger: a bounce."""
    is_stranger = matter.sorted is not None and matter.sorted.trust.trust <= Trust.T1
    if not is_stranger or send.draft.purpose.startswith(ALARM) or any(each.proven for each in matter.known.letters):
        return None
    written = matter.known.brakes.strangers_last_hour.get(matter.duty, 0)
    return "strangers wrote too much within an hour" if written >= strangers_an_hour(matter.known.desk) else None


def strangers_an_hour(desk: DeskCard) -> int:
    """How many mails of strangers to one duty may cause letters within an hour."""
    return max(1, desk.letters_per_hour // _SHARE_OF_STRANGERS)


def _answered_too_often(_: Send, key: str, matter: Matter) -> str | None:
    """A colleague is answered however often."""
    if key != matter.sender_key or _is_staff(key, matter):
        return None
    return _TOO_OFTEN if _answers(key, matter) >= _most_answers(key, matter) else None


def _told_too_often(send: Send, key: str, matter: Matter) -> str | None:
    """That their own mail was left to a person, colleagues are told so often only, the coordinator too: a program of
    theirs that answers every letter, and does not say that it is one, would be told for ever."""
    if send.draft.purpose != HELD:
        return None
    return _TOO_OFTEN if _answers(key, matter) >= _most_answers(key, matter) else None


def _answers(key: str, matter: Matter) -> int:
    """The letters of the last day that count against the limit of an address."""
    brakes = matter.known.brakes
    return brakes.told_held_last_day if _is_staff(key, matter) else brakes.answers_last_day


def _most_answers(key: str, matter: Matter) -> int:
    limit = matter.known.desk.answers_per_address_and_day
    return limit * _PATIENCE if _is_staff(key, matter) else limit


# A question to staff is asked all the same, but where nobody would read it, or where there would be no end of it.
_LOOPS = (_to_ourselves, _back_to_a_machine, _strangers_write_too_much, _told_too_often)

# In the order in which a person would ask; the first that says no is the one that is noted.
_BRAKES: tuple[Callable[[Send, str, Matter], str | None], ...] = (
    *_LOOPS,
    _to_whom_we_do_not_believe,
    _about_a_paused_client,
    _acknowledged_already,
    _answered_too_often,
)
