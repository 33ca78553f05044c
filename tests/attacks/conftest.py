"""One desk for all attacks: each of them is made on what the ones before have left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from imapclient import IMAPClient

from mailbot.cli.demo.told import Told, last_decision, told_since
from mailbot.post.sandbox import HOST
from tests.attacks.hostile import DANA, FRIDAY, Attack, proven
from tests.schemas import migrated_file
from tests.situations.desk import PlayedDesk, played_desk

PACE = timedelta(minutes=5)  # between two attacks: slow enough that no brake on strangers hides what each of them does


@dataclass
class Siege:
    """A desk under attack. Attacks are laid into its inbox as they are, past every server that would refuse them."""

    desk: PlayedDesk
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def suffers(self, *attacks: Attack) -> tuple[Told, ...]:
        """What was decided of the attacks; exactly one decision for each, and nothing follows from them."""
        decided = self.takes_in(*attacks)
        assert len(decided) == len(attacks), [told.story.kind for told in decided]
        return decided

    def takes_in(self, *attacks: Attack) -> tuple[Told, ...]:
        """What was decided when these mails came, with what followed from them."""
        number = next(self.numbers)
        at = FRIDAY + number * PACE
        raws = [attack.raw(at, f"{number}.{place}") for place, attack in enumerate(attacks)]
        self.desk.clock.set(at)
        self.desk.service.step()
        before = last_decision(self.desk.database)
        with IMAPClient(HOST, port=self.desk.box.imap_port, ssl=False) as inbox:
            inbox.login(self.desk.box.desk, self.desk.box.password)
            for raw in raws:
                inbox.append("INBOX", raw)
        self.desk.service.step()
        return told_since(self.desk.database, before)

    def suffers_one(self, attack: Attack) -> Told:
        """What was decided of one attack."""
        (told,) = self.suffers(attack)
        return told


@pytest.fixture(scope="session")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    """A desk that has booked two lines of Dana's, so that there is something to spoil."""
    folder = tmp_path_factory.mktemp("siege")
    with played_desk(folder, migrated_file(folder / "desk.sqlite")) as desk:
        desk.clock.set(FRIDAY)
        opened = Siege(desk)
        booked = opened.suffers_one(Attack("honest", proven(DANA)))
        assert (booked.story.kind, booked.records) == ("numbers", {"sales_entries": 2})
        yield opened
