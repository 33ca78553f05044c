"""What every duty does with a question once it is answered, and with work that is left to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailbot.errors import TryAgain
from mailbot.records.decision import Action
from mailbot.records.pen import Pen
from mailbot.records.tables import QuestionRow, QuestionState, TaskRow, TaskState


@dataclass(frozen=True, slots=True)
class CloseQuestion(Action):
    """A question has its answer. A second answer to it finds it closed, and is decided anew."""

    name: ClassVar[str] = "desk.close_question"
    question_id: int
    words: str  # the answer, as it was written

    def carry_out(self, pen: Pen) -> None:
        question = pen.get(QuestionRow, self.question_id)
        if question.state is not QuestionState.OPEN:
            raise TryAgain(f"question {question.letter_ref} was answered meanwhile")
        pen.update(question, state=QuestionState.ANSWERED)

    def __str__(self) -> str:
        return f'close the question: "{self.words}"'

    def in_german(self) -> str:
        return f"die Frage als beantwortet abhaken: „{self.words}“"


@dataclass(frozen=True, slots=True)
class OpenTask(Action):
    """Something is left to a person: a mail that needs a look, a call to make."""

    name: ClassVar[str] = "desk.open_task"
    duty: str
    kind: str
    words: str
    person_id: int | None = None
    client_id: int | None = None

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            TaskRow(
                person_id=self.person_id,
                duty=self.duty,
                kind=self.kind,
                words=self.words,
                client_id=self.client_id,
                arrival_id=pen.arrival_id,
                created_at=pen.now,
            )
        )

    def __str__(self) -> str:
        return f"open a task: {self.words}"

    def in_german(self) -> str:
        return f"eine Aufgabe anlegen: {self.words}"


@dataclass(frozen=True, slots=True)
class CloseTask(Action):
    """A task was done. Who says so second finds it done, and is decided anew."""

    name: ClassVar[str] = "desk.close_task"
    task_id: int

    def carry_out(self, pen: Pen) -> None:
        task = pen.get(TaskRow, self.task_id)
        if task.state is not TaskState.OPEN:
            raise TryAgain(f"task {task.id} was done meanwhile")
        pen.update(task, state=TaskState.DONE)

    def __str__(self) -> str:
        return f"task {self.task_id} is done"


@dataclass(frozen=True, slots=True)
class NoteDone(Action):
    """A person has seen to a mail that had left no task: that is kept as one, which is done."""

    name: ClassVar[str] = "desk.note_done"
    arrival_id: int
    ref: str  # of the decision that left the mail to people

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            TaskRow(
                duty=pen.duty,
                kind="seen-to",
                words=f"{self.ref}: seen to",
                arrival_id=self.arrival_id,
                state=TaskState.DONE,
                created_at=pen.now,
            )
        )

    def __str__(self) -> str:
        return f"the mail of {self.ref} is done"

    def in_german(self) -> str:
        return f"die Mail zu {self.ref} ist erledigt"
