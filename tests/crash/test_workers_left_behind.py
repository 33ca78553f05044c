"""A desk that is killed leaves no worker process behind: neither one that waits, nor one that hangs over a mail."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.crash import company, poison
from tests.crash.stand import KILLED, standing
from tests.schemas import migrated_file

DEADLINE_SECONDS = 20.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")


@pytest.fixture
def ear(tmp_path: Path) -> Iterator[Path]:
    """A pipe through which a worker says that it hangs now."""
    pipe = tmp_path / "ear"
    os.mkfifo(pipe)
    os.environ[poison.EAR] = str(pipe)
    yield pipe
    del os.environ[poison.EAR]


def test_a_worker_that_waits_for_work_ends_with_its_desk(tmp_path: Path, ear: Path) -> None:
    with standing(migrated_file(tmp_path / "desk.sqlite"), tmp_path) as stand:
        desk = stand.begin("committed", 1, stand.new_mails(1), worker_processes=True)
        assert stand.end() == KILLED
        assert _still_there_after_a_while(desk) == []


def test_a_worker_that_hangs_ends_soon_after_its_desk(tmp_path: Path, ear: Path) -> None:
    with standing(migrated_file(tmp_path / "desk.sqlite"), tmp_path) as stand:
        desk = stand.begin(rounds=[[company.poisoned(poison.HANG)]], worker_processes=True)
        ear.read_text()
        assert len(_session_of(desk)) > 1, "the worker is not seen, so its end would not be seen either"
        os.kill(desk, signal.SIGKILL)
        assert stand.end() == KILLED
        assert _still_there_after_a_while(desk) == []


def test_a_desk_that_ends_by_itself_takes_its_workers_along(tmp_path: Path, ear: Path) -> None:
    with standing(migrated_file(tmp_path / "desk.sqlite"), tmp_path) as stand:
        desk = stand.begin(rounds=stand.new_mails(1), worker_processes=True)
        assert stand.end() == 0
        assert _still_there_after_a_while(desk) == []
        assert len(stand.box.messages("Desk/Done")) == 2


def _session_of(leader: int) -> list[int]:
    """The processes of a session (proc(5): the sixth field of stat, the fourth behind the name in brackets)."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if entry.name.isdigit():
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(after_name[3]) == leader and after_name[0] != "Z":
                    found.append(int(entry.name))
    return found


def _still_there_after_a_while(leader: int) -> list[int]:
    """Waits for each process of the session to end; gives those that do not, and ends them."""
    for pid in _session_of(leader):
        with suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            try:
                select.select([handle], [], [], DEADLINE_SECONDS)
            finally:
                os.close(handle)
    left = _session_of(leader)
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return left
