"""S16: contract, issue and reminders of Anja Schmidt are Peter Vogel's with one "ja", and hers again with UNDO."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.duties.issues.tables import Issue
from mailbot.records.contracts.tables import Contract
from mailbot.records.tables import Contact, LetterRow, LetterState
from tests.schemas import migrated_file
from tests.situations.desk import PlayedDesk, played_desk
from tests.situations.reminding import comes, nine
from tests.situations.test_s16_has_left import ANJA, NOTE, PETER, PROBLEM, TUESDAY, contacts, jonas_says

DISCOUNT = "Messerabatt BuildExpo"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PlayedDesk]:
    """A desk that reminds; Anja has a contract with a discount that she has not used."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), reminds=True) as opened:
        yield opened


def held_by(desk: PlayedDesk) -> dict[str, str | None]:
    """Whose the contract and the issue are."""
    names = {each.id: each.name for each in desk.all_of(Contact)}
    (contract,) = (each for each in desk.all_of(Contract) if each.ref == "K-2199")
    (issue,) = desk.all_of(Issue)
    return {"contract": names.get(contract.contact_id or 0), "issue": issue.name}


def reminded(desk: PlayedDesk) -> list[str]:
    """To whom the discount of the contract was recalled, the first one first."""
    letters = (each for each in desk.all_of(LetterRow) if each.duty == "reminders" and DISCOUNT in each.subject)
    return [letter.recipient for letter in letters]


def test_one_ja_moves_contract_and_issue_and_undo_moves_them_back(desk: PlayedDesk) -> None:
    desk.receives(PROBLEM.encode(), at=TUESDAY - timedelta(days=1))
    desk.receives(NOTE)
    assert held_by(desk) == {"contract": "Anja Schmidt", "issue": "Anja Schmidt"}, "nothing moves without a word"

    jonas_says(desk, "ja")
    assert contacts(desk) == {"Peter Vogel": 1, "Anja Schmidt": 2}
    assert held_by(desk) == {"contract": "Peter Vogel", "issue": "Peter Vogel"}

    undone = jonas_says(desk, "undo")
    assert undone.story.kind == "undo"
    assert contacts(desk) == {"Anja Schmidt": 1}
    assert held_by(desk) == {"contract": "Anja Schmidt", "issue": "Anja Schmidt"}
    assert desk.addresses_that_are_not_ok() == {ANJA: "left"}


def test_what_the_client_has_not_used_is_recalled_to_whoever_follows_and_to_nobody_before(desk: PlayedDesk) -> None:
    desk.receives(NOTE)
    question = desk.letters_to("jonas@harbourpine.example")[-1]
    comes(desk, nine(6))
    assert reminded(desk) == [], "who has left is not reminded"

    desk.is_answered(question, "ja", by="Jonas Weber <jonas@harbourpine.example>")
    comes(desk, nine(7))

    assert reminded(desk) == [PETER]
    (letter,) = (each for each in desk.all_of(LetterRow) if each.duty == "reminders" and each.recipient == PETER)
    assert letter.state is LetterState.SENT
    assert "Guten Tag Peter Vogel" in letter.text
    assert desk.letters_to(ANJA) == ()
