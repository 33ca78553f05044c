"""The running desk: trouble slows a part down, a bug stops the desk, and `stop` is heard at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from mailbot.errors import Never, OurBug, TryAgain
from mailbot.post.sandbox import Sandbox
from mailbot.service.running import Desk, Patience, Running
from tests.crash import company
from tests.service.bench import Benches

DEADLINE_SECONDS = 30.0
NO_PATIENCE = Patience(first=0.001, longest=0.004, for_a_person=0.001)


@dataclass(slots=True)
class ScriptedPart:
    """Each step does the next thing of the script, and nothing when it is over."""

    script: list[Exception | int]
    steps: int = 0
    is_over: threading.Event = field(default_factory=threading.Event)

    def step(self) -> int:
        self.steps += 1
        if not self.script:
            self.is_over.set()
            return 0
        done = self.script.pop(0)
        if isinstance(done, Exception):
            raise done
        return done


@contextmanager
def _running(
    part: ScriptedPart,
    patience: Patience = NO_PATIENCE,
    wait: Callable[[], object] | None = None,
    others: tuple[Running, ...] = (),
) -> Iterator[Desk]:
    desk = Desk([Running("part", part, wait, lambda: None), *others], bell_seconds=3600, patience=patience)
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()


def test_a_part_that_should_try_again_does_until_it_goes_through() -> None:
    part = ScriptedPart([TryAgain("busy")] * 5)
    with _running(part) as desk:
        assert part.is_over.wait(DEADLINE_SECONDS)
    assert desk.trouble is None
    assert part.steps == 6


def test_each_failure_is_waited_out_twice_as_long_and_success_starts_again(caplog: pytest.LogCaptureFixture) -> None:
    part = ScriptedPart([*[TryAgain("busy")] * 5, 1, TryAgain("busy")])
    with _running(part, Patience(first=0.25 / 1000, longest=1.0 / 1000)):
        assert part.is_over.wait(DEADLINE_SECONDS)
    pauses = [record.args[2] * 1000 for record in caplog.records if isinstance(record.args, tuple)]  # type: ignore[operator]
    assert pauses == [0.25, 0.5, 1.0, 1.0, 1.0, 0.25]


def test_what_only_a_person_can_mend_is_said_and_tried_again_slowly(caplog: pytest.LogCaptureFixture) -> None:
    part = ScriptedPart([Never("the password of [mailbox.desk] is wrong")])
    with _running(part, Patience(first=0.001, longest=0.001, for_a_person=DEADLINE_SECONDS)) as desk:
        _until(lambda: "the password of [mailbox.desk] is wrong" in caplog.text)
        assert not part.is_over.is_set()
    assert desk.trouble is None
    assert part.steps == 1


def test_a_part_that_cannot_even_wait_is_tried_again_and_does_not_die_silently() -> None:
    troubles: list[Exception] = [Never("the password was changed"), TryAgain("cut")]
    waited = threading.Event()

    def wait() -> None:
        if troubles:
            raise troubles.pop()
        waited.set()

    part = ScriptedPart([])
    with _running(part, wait=wait) as desk:
        assert waited.wait(DEADLINE_SECONDS)
    assert desk.trouble is None


@pytest.mark.parametrize("bug", [OurBug("a promise was broken"), ZeroDivisionError("nobody foresaw it")])
def test_what_nobody_foresaw_stops_the_whole_desk_and_is_reported(bug: Exception) -> None:
    other = ScriptedPart([])
    part = ScriptedPart([1, bug, 1])
    with _running(part, others=(Running("other", other, None, lambda: None),)) as desk:
        desk.wait()
        assert desk.trouble is bug
    assert part.steps == 2
    assert other.steps <= 2, "nothing is begun after the bug"


def test_what_one_part_does_wakes_the_others() -> None:
    others = ScriptedPart([])
    asleep = others.is_over
    worked = threading.Event()

    class Working:
        """Has something to do as soon as the other part has nothing to do."""

        def step(self) -> int:
            asleep.wait(DEADLINE_SECONDS)
            if worked.is_set():
                return 0
            worked.set()
            return 1

    with _running(others, others=(Running("working", Working(), None, lambda: None),)):
        assert worked.wait(DEADLINE_SECONDS)
        _until(lambda: others.steps >= 2)


def test_stop_interrupts_the_wait_for_mail_and_the_wait_after_trouble(desks: Benches) -> None:
    """The desk waits in IDLE on a real connection, and its way out is in trouble for five minutes."""
    with Sandbox(desk=company.DESK) as box:
        settings = box.mailbox().model_copy(update={"poll_seconds": 3600.0})
        bench = desks.desk(None, mailbox=settings)
        waits = threading.Event()

        def wait() -> bool:
            waits.set()
            return bench.intake.wait()

        broken = ScriptedPart([Never("the password is wrong")])
        desk = Desk(
            [
                Running("intake", bench.intake, wait, bench.intake.close),
                Running("dispatch", broken, None, lambda: None),
            ]
        )
        desk.start()
        assert waits.wait(DEADLINE_SECONDS)
        stopping = threading.Thread(target=desk.stop)
        stopping.start()
        stopping.join(DEADLINE_SECONDS)
        assert not stopping.is_alive()
        assert desk.trouble is None


def _until(true: Callable[[], bool]) -> None:
    """Waits for something that no event tells."""
    patience = threading.Event()
    for _ in range(int(DEADLINE_SECONDS * 100)):
        if true():
            return
        patience.wait(0.01)
    raise AssertionError("it did not come to that")
