"""Watch, propose, act: what a duty may do by itself, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from mailbot.config import Level
from mailbot.deciding.matter import Course, Matter, gravest
from mailbot.deciding.notices import proposal
from mailbot.deciding.verbs import Plan
from mailbot.records.decision import Action, Folder
from mailbot.records.known import DeskCard


class Planned(NamedTuple):
    """A plan, and the duty that made it."""

    duty: str
    plan: Plan


def course_of(plans: tuple[Planned, ...], matter: Matter) -> Course:
    """All plans as one course, as far as the levels of their duties allow.

    What acts at every level is carried out. Of the duties that made the rest the most cautious one sets the level, and
    all of it waits together: a decision is one, and so is its undo.
    """
    bound = tuple(planned for planned in plans if planned.plan.acts_from is not Level.WATCH)
    level = min((matter.known.desk.level(duty) for duty, _ in bound), key=_BOLDNESS.__getitem__, default=Level.ACT)
    acts = level is not Level.WATCH and all(_may_act(plan, level) for _, plan in bound)
    acting = plans if acts else tuple(planned for planned in plans if planned.plan.acts_from is Level.WATCH)
    waiting = () if acts else bound
    asked = Folder.ASKED if waiting and level is Level.PROPOSE else Folder.LEAVE
    return Course(
        summary=" ".join(dict.fromkeys(plan.summary for _, plan in plans)),
        actions=_actions(acting),
        planned=_actions(waiting),
        folder=gravest(asked, *(plan.folder for _, plan in acting)),
        level=level,
        notes=() if acts else (_note(bound, level, matter.known.desk),),
        unfiled=gravest(Folder.LEAVE, *(plan.folder for _, plan in waiting)) if matter.message else Folder.LEAVE,
    )


def proposed(course: Course, matter: Matter) -> Course:
    """The course with the letter that asks for the word of a person, where a level wants one.

    `planned` must be composed before: the letter names the subjects of the letters that would go out. Where nobody can
    be asked, the mail is held; where nothing is left to ask, it goes where it was to go.
    """
    if course.level is not Level.PROPOSE or course.is_carried_out:
        return course
    if not course.planned:
        folder = course.unfiled if course.folder is Folder.ASKED else course.folder
        return replace(course, folder=folder, unfiled=Folder.LEAVE)
    asking = proposal(matter, course)
    if asking is None:
        note = "nobody was asked: there is no coordinator"
        return replace(course, folder=gravest(course.folder, Folder.HELD), notes=(*course.notes, note))
    return replace(course, actions=(*course.actions, asking))


def boldest(duties: Iterable[str], desk: DeskCard) -> str:
    """The one of these duties that may do the most by itself."""
    return max(duties, key=lambda duty: _BOLDNESS[desk.level(duty)])


_BOLDNESS = {level: boldness for boldness, level in enumerate(Level)}


def _may_act(plan: Plan, level: Level) -> bool:
    """Whether a plan may be carried out at this level; one that does nothing but file the mail needs no word."""
    return not plan.actions or _BOLDNESS[level] >= _BOLDNESS[plan.acts_from]


def _actions(plans: tuple[Planned, ...]) -> tuple[Action, ...]:
    return tuple(action for _, plan in plans for action in plan.actions)


def _note(bound: tuple[Planned, ...], level: Level, desk: DeskCard) -> str:
    cautious = ", ".join(dict.fromkeys(duty for duty, _ in bound if desk.level(duty) is level))
    what = "only watches: nothing of this is done" if level is Level.WATCH else "only proposes: a person says yes first"
    return f"{cautious} {what}"
