"""Reminders, issues and departments where they only watch, or only propose: to a client or a department goes nothing
without a person's word, and one word does what was proposed for a mail, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.config import Level
from mailbot.duties.issues.tables import Issue
from mailbot.duties.reminders.tables import BenefitAnswer, CheckIn, Reminder
from mailbot.records.contracts.tables import Deliverable, DeliverableState
from mailbot.records.looks import PageLook
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.situations.reminding import ELLEN, GIL, MARA, comes, nine
from tests.webserver import WebServer, web_server

DUTIES = ("reminders", "issues", "departments")
STATES_OF_IMPORT = {DeliverableState.PLANNED, DeliverableState.ORDERED, DeliverableState.DELIVERED}
OUR_OWN = "@harbourpine.example"
DEPARTMENTS = {f"{name}{OUR_OWN}" for name in ("design", "web", "shows", "billing", "production")}


@pytest.fixture
def site() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


def opened(stack: ExitStack, folder: Path, site: WebServer, level: Level) -> PlayedDesk:
    return stack.enter_context(
        played_desk(
            folder,
            f"sqlite:///{folder}/desk.sqlite",
            reminds=True,
            mornings_of_departments=True,
            web=site,
            levels=dict.fromkeys(DUTIES, level),
        )
    )


def heard(desk: PlayedDesk) -> set[str]:
    """Who of those outside, and of the departments, has had a letter."""
    return {to for to in desk.letters() if not to.endswith(OUR_OWN) or to in DEPARTMENTS}


def a_trouble(desk: PlayedDesk) -> None:
    at = desk.clock.now() + timedelta(minutes=5)
    desk.receives(mails.written("The link of our banner is broken.", "banner", f"Gil Fox <{GIL}>", DESK, at), at=at)


def test_who_only_watches_writes_to_nobody_looks_at_nothing_and_changes_no_record(
    tmp_path: Path, site: WebServer
) -> None:
    with ExitStack() as stack:
        desk = opened(stack, tmp_path, site, Level.WATCH)
        for day in (3, 4, 5, 6, 7, 10):
            comes(desk, nine(day))
        a_trouble(desk)

        assert heard(desk) == set()
        assert site.asked == []
        assert [desk.all_of(table) for table in (Reminder, CheckIn, Issue, PageLook, BenefitAnswer)] == [[]] * 5
        assert desk.letters_to(MARA), "nobody heard what would have been done"


def test_who_only_proposes_says_to_the_coordinator_what_falls_due_and_does_none_of_it(
    tmp_path: Path, site: WebServer
) -> None:
    with ExitStack() as stack:
        desk = opened(stack, tmp_path, site, Level.PROPOSE)
        comes(desk, nine(3))

        assert heard(desk) == set()
        assert site.asked == []
        assert [desk.all_of(table) for table in (Reminder, CheckIn, PageLook)] == [[]] * 3
        assert {each.state for each in desk.all_of(Deliverable)} == STATES_OF_IMPORT
        proposals = [each.text for each in desk.letters_to(MARA) if each.subject.startswith("Shall I?")]
        assert any(f"ask {ELLEN}: Your free banner" in text for text in proposals)
        for proposal in desk.letters_to(MARA)[-2:]:
            desk.is_answered(proposal, "looks fine", by=f"Mara Lindqvist <{MARA}>")
        assert heard(desk) == set()


def test_an_issue_is_proposed_with_its_letters_and_opened_by_one_word(tmp_path: Path, site: WebServer) -> None:
    with ExitStack() as stack:
        desk = opened(stack, tmp_path, site, Level.PROPOSE)
        a_trouble(desk)

        assert heard(desk) == set()
        assert desk.all_of(Issue) == []
        proposal = next(each for each in desk.letters_to(MARA) if "banner" in each.subject)
        at = desk.clock.now() + timedelta(minutes=5)
        yes = mails.answer(proposal, "yes", f"Mara Lindqvist <{MARA}>", at)
        desk.receives_with_consequences(yes, at=at)

        assert len(desk.all_of(Issue)) == 1
        assert heard(desk) == {GIL}
        desk.receives_with_consequences(yes, at=at + timedelta(minutes=5))
        assert len(desk.all_of(Issue)) == 1
        assert len(desk.letters_to(GIL)) == 1
