"""What the duty of departments does to the records beside what it shares with other duties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.departments.facts import NAME
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import TaskRow, TaskState


@dataclass(frozen=True, slots=True)
class ClosePageTask(Action):
    """A page that was gone is there again: nobody has to see to it any more."""

    name: ClassVar[str] = "departments.close_page_task"
    item_id: int
    what: str

    def carry_out(self, pen: Pen) -> None:
        left = select(TaskRow).where(
            TaskRow.duty == NAME,
            TaskRow.kind == task_kind(self.item_id),
            TaskRow.state == TaskState.OPEN,
            TaskRow.undone_by.is_(None),
        )
        for task in pen.session.scalars(left.with_for_update()).all():
            pen.update(task, state=TaskState.DONE)

    def __str__(self) -> str:
        return f"nobody has to see to the page of {self.what} any more"

    def in_german(self) -> str:
        return f"um die Seite von {self.what} muss sich niemand mehr kümmern"


def task_kind(item_id: int) -> str:
    """The kind of the task that is left when the page of this thing is gone."""
    return f"page {item_id}"
