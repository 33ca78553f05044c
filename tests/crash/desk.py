"""Desks that can be killed: a process that forks one desk for each order it is given, so that a start costs little.

    python -m tests.crash.desk RULES < orders (JSON, one a line) > outcomes (JSON, one a line)

The desk is the whole service, built by mailbot.app. It hands in the mails of each round, does a step, and at the
given passage of the given place it is gone as if by kill -9.
"""

from __future__ import annotations

import json
import os
import signal
import smtplib
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypedDict

from pydantic import SecretStr

from mailbot import app
from mailbot.clock import SetClock
from mailbot.config import Limits, MailboxSettings, Security, SmtpSettings
from mailbot.deciding.orders import StandingOrders
from mailbot.errors import TryAgain
from mailbot.message import Limits as MailLimits
from mailbot.message.model import Clues
from mailbot.message.sealing import SealedMail
from mailbot.records.decision import Decision
from mailbot.records.known import Known, PersonCard
from mailbot.records.session import Database
from mailbot.service.office import Office
from mailbot.service.road import Judged, Read
from mailbot.service.worker import LostError
from mailbot.service.workers import Workers
from tests.crash import company, poison

DUTIES = (*app.DUTIES, poison.DUTY)
LARGEST_MAIL = 100_000
TRIES = 20
LIMITS = Limits(workers=1, seconds_per_mail=2, mail_megabytes=LARGEST_MAIL / 1_000_000)


class Order(TypedDict):
    """What one desk shall do. `place` is None for a desk that is left alone."""

    imap_port: int
    smtp_port: int
    user: str
    password: str
    database: str
    moment: str
    place: str | None
    passage: int
    rounds: list[list[str]]
    worker_processes: bool


class NoWorkers(Workers):
    """Reads and judges in the desk's own process. A desk that is killed at a place between two of its steps dies there
    in the same way, and starts in a tenth of the time."""

    def __init__(self, at: Office) -> None:
        self._at = at

    def read(self, raws: Sequence[bytes], staff: tuple[PersonCard, ...]) -> Iterator[Read | LostError]:
        road = self._at.road().among(staff)
        for raw in raws:
            yield road.read(raw, MailLimits())

    def open(self, mail: SealedMail, known: Known, staff: tuple[PersonCard, ...]) -> Read | LostError:
        return self._at.road().among(staff).open(mail, known)

    def listen(self, mails: Sequence[tuple[SealedMail, tuple[PersonCard, ...]]]) -> Iterator[Clues | LostError]:
        return (self._at.road().among(staff).listen(mail) for mail, staff in mails)

    def judge(self, mails: Sequence[Judged], now: datetime) -> Callable[[], list[Decision]]:
        road = self._at.road()
        decided = [road.judge(mail, now) for mail in mails]
        return lambda: decided

    def close(self) -> None:
        """There is nobody to stop."""


@dataclass(slots=True)
class Death:
    """Comes at the given passage of the given place, and leaves nothing time to say goodbye."""

    place: str | None
    passage: int
    passed: Counter[str] = field(default_factory=Counter)

    def __call__(self, place: str, /) -> None:
        self.passed[place] += 1
        if place == self.place and self.passed[place] == self.passage:
            os.kill(os.getpid(), signal.SIGKILL)


def work(order: Order, rules: Path, orders: StandingOrders) -> None:
    """One desk, from its start until there is nothing more to do."""
    loopback, open_text = "127.0.0.1", Security.PLAINTEXT_LOOPBACK
    config = company.settings(
        MailboxSettings(
            host=loopback,
            port=order["imap_port"],
            security=open_text,
            user=order["user"],
            password=SecretStr(order["password"]),
            start="all",
            batch=1,
        ),
        SmtpSettings(host=loopback, port=order["smtp_port"], security=open_text),
        order["database"],
        rules,
        LIMITS,
    )
    clock = SetClock(datetime.fromisoformat(order["moment"]), running=True)
    at = app.office(config, Database(order["database"]), clock, Death(order["place"], order["passage"]), DUTIES, orders)
    service = app.service(config, at, workers=None if order["worker_processes"] else NoWorkers(at))
    for mails in order["rounds"]:
        for mail in mails:
            with smtplib.SMTP(loopback, order["smtp_port"]) as server:
                server.sendmail("sender@client.example", [company.DESK], mail.encode())
        _step(service)
    service.close()


def _step(service: app.Service) -> None:
    """Tries again as a running desk does: a mail server may say no while another desk moves the same mails."""
    for _ in range(TRIES - 1):
        with suppress(TryAgain):
            service.step()
            return
    service.step()


def main() -> None:
    """Forks a desk for each line of input, and says how it ended."""
    rules = Path(sys.argv[1])
    orders = app.standing_orders(
        company.settings(MailboxSettings(host="127.0.0.1"), SmtpSettings(host="127.0.0.1"), "sqlite://", rules),
        DUTIES,
    )
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            os.setsid()  # so that whatever it leaves behind can be found
            try:
                work(json.loads(line), rules, orders)
            except BaseException:  # noqa: BLE001 - a forked process must never come back into the loop
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(json.dumps({"pid": pid}), flush=True)
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"exit": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
