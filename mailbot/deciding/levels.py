"""Watch, propose, act: what a duty may do by itself, and what becomes of the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from mailbot.config import Level
from mailbot.deciding.matter import Course, Matter, gravest
from mailbot.deciding.notices import proposal
from mailbot.deciding.verbs import Plan
from mailbot.records.decision import Folder


class Planned(NamedTuple):
    """A plan, and the duty that made it."""

    duty: str
    plan: Plan


def course_of(plans: tuple[Planned, ...], matter: Matter) -> Course:
    """All plans as one course, as far as the levels of their duties allow.

    The desk duty always acts. Of the others the most cautious one sets the level: a decision is one, and so is its
    undo.
    """
    desk = tuple(plan for duty, plan in plans if duty == matter.orders.desk)
    others = tuple(plan for duty, plan in plans if duty != matter.orders.desk)
    level, notes = _level(plans, matter)
    acting = (*desk, *others) if level is Level.ACT else desk
    waiting = () if level is Level.ACT else others
    planned = tuple(action for plan in waiting for action in plan.actions)
    return Course(
        summary=" ".join(dict.fromkeys(plan.summary for _, plan in plans)),
        actions=tuple(action for plan in acting for action in plan.actions),
        planned=planned,
        folder=_folder(level, desk, others, asks=bool(planned)),
        level=level,
        notes=notes,
    )


def proposed(course: Course, matter: Matter) -> Course:
    """The course with the letter that asks for the word of a person, where a level wants one.

    `planned` must be composed before: the letter names the subjects of the letters that would go out. Where nobody can
    be asked, the mail is held.
    """
    if course.level is not Level.PROPOSE or not course.planned:
        return course
    asking = proposal(matter, course)
    if asking is None:
        note = "nobody was asked: there is no coordinator"
        return replace(course, folder=gravest(course.folder, Folder.HELD), notes=(*course.notes, note))
    return replace(course, actions=(*course.actions, asking))


def _level(plans: tuple[Planned, ...], matter: Matter) -> tuple[Level, tuple[str, ...]]:
    levels = {duty: matter.known.desk.level(duty) for duty, _ in plans if duty != matter.orders.desk}
    level = min(levels.values(), key=tuple(Level).index, default=Level.ACT)
    if level is Level.ACT:
        return level, ()
    cautious = ", ".join(duty for duty, its in levels.items() if its is level)
    what = "only watches: nothing of this is done" if level is Level.WATCH else "only proposes: a person says yes first"
    return level, (f"{cautious} {what}",)


def _folder(level: Level, desk: tuple[Plan, ...], others: tuple[Plan, ...], *, asks: bool) -> Folder:
    of_desk = gravest(Folder.LEAVE, *(plan.folder for plan in desk))
    if level is Level.WATCH:
        return of_desk
    if level is Level.PROPOSE and asks:
        return gravest(of_desk, Folder.ASKED)
    return gravest(of_desk, *(plan.folder for plan in others))
