"""Many mails at once: one who floods the desk costs nobody else an answer, and gets no flood back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailbot.duties.issues.tables import IssueMessage
from mailbot.records.tables import Arrival, ArrivalState
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, NUMBERS, PETE, Attack, passed, proven
from tests.schemas import migrated_file
from tests.situations.desk import played_desk

MANY = 150


@pytest.fixture
def flooded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    """A desk of its own, for a flood spoils the day for every other attack."""
    folder = tmp_path_factory.mktemp("flood")
    with played_desk(folder, migrated_file(folder / "desk.sqlite")) as desk:
        yield Siege(desk)


def test_the_mail_behind_a_flood_of_one_sender_is_answered_in_the_same_step(flooded: Siege) -> None:
    flood = [Attack("flood", (*proven(PETE), f"Subject: banner {n}"), f"Banner {n} is broken.\n") for n in range(MANY)]
    told = flooded.suffers(*flood, Attack("honest", proven(DANA), NUMBERS))
    (of_dana,) = (each for each in told if each.mail and each.mail.sender and each.mail.sender.key == DANA)

    assert of_dana.records == {"sales_entries": 2}
    assert [letter.recipient for letter in of_dana.letters] == [DANA]
    assert [letter.recipient for each in told for letter in each.letters].count(PETE) == 1
    assert len(flooded.desk.letters_to(PETE)) == 1
    assert len(flooded.desk.all_of(IssueMessage)) == MANY, "all of them are kept"
    with flooded.desk.database.reading() as session:
        assert {arrival.state for arrival in session.query(Arrival)} == {ArrivalState.DECIDED}


def test_a_flood_of_senders_whom_nothing_proves_gets_no_answer_at_all(flooded: Siege) -> None:
    crowd = (f"v{number}@victim{number % 50}.example" for number in range(MANY))
    told = flooded.suffers(
        *(Attack("forged", (passed("attacker.example"), f"From: {each}"), "The banner is broken.\n") for each in crowd)
    )
    assert [(each.records, each.letters) for each in told] == [({}, ())] * MANY
