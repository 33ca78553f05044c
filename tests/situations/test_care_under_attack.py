"""Answers that are forged, late, from the wrong one, or far too many: none is lost, and none holds that should not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.config import WebSettings
from mailbot.duties.issues.tables import Issue, IssueMessage
from mailbot.duties.reminders.tables import Reminder
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.wire import Endpoint
from mailbot.records.contracts.tables import Deliverable, DeliverableState, Use
from mailbot.records.tables import Arrival, ArrivalState
from tests.schemas import migrated_file
from tests.situations.desk import DESK, PlayedDesk, played_desk
from tests.situations.reminding import ELLEN, ROSA, comes, nine
from tests.webserver import HOST, WebServer, web_server

WEB, DANA, MARA = (f"{name}@harbourpine.example" for name in ("web", "dana", "mara"))
NOON = datetime(2025, 11, 12, 17, 0, tzinfo=UTC)


def banner(desk: PlayedDesk) -> Deliverable:
    """The free banner of North Star."""
    return next(each for each in desk.all_of(Deliverable) if each.words == "free banner on coastalbuilder.example")


@pytest.fixture
def reminded(tmp_path: Path) -> Iterator[PlayedDesk]:
    """Ellen was reminded of her banner."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), reminds=True) as desk:
        for day in range(3, 28):
            comes(desk, nine(day))
            if any("banner" in each.text for each in desk.letters_to(ELLEN)):
                break
        assert desk.letters_to(ELLEN), "nobody was reminded"
        yield desk


def reminder(desk: PlayedDesk) -> Received:
    return next(each for each in desk.letters_to(ELLEN) if "banner" in each.text)


# --- tokens ---


def test_the_token_of_another_client_moves_nothing(reminded: PlayedDesk) -> None:
    before = reminded.letters()
    reminded.is_answered(reminder(reminded), "YES", by=ROSA)
    assert banner(reminded).use is Use.UNUSED
    assert reminded.letters().get(ELLEN) == before.get(ELLEN)


def test_an_answer_to_a_question_that_is_closed_is_no_second_answer(reminded: PlayedDesk) -> None:
    asked = reminder(reminded)
    reminded.is_answered(asked, "YES", by=ELLEN)
    assert banner(reminded).use is Use.USED
    reminded.is_answered(asked, "NO", by=ELLEN)
    assert banner(reminded).use is Use.USED, "what was said first was turned round without a person"


def test_a_token_of_last_year_finds_its_question_and_brings_nothing_back(reminded: PlayedDesk) -> None:
    asked = reminder(reminded)
    comes(reminded, nine(6, 4, 2026))
    assert banner(reminded).use is Use.LAPSED
    later = nine(1, 12, 2026)
    raw = mails.answer(asked, "YES", ELLEN, later)
    told = reminded.receives(raw, at=later)
    assert told.story.kind != "duplicate"
    assert not [each for each in reminded.all_of(Reminder) if each.reached_on > nine(6, 4, 2026).date()]


def test_a_mail_that_is_played_again_is_a_copy(reminded: PlayedDesk) -> None:
    at = reminded.clock.now() + timedelta(minutes=5)
    raw = mails.answer(reminder(reminded), "YES", ELLEN, at)
    reminded.receives(raw, at=at)
    before = reminded.letters()
    assert reminded.receives(raw, at=at + timedelta(minutes=5)).story.kind == "duplicate"
    assert reminded.letters() == before


# --- forty answers ---


def test_forty_answers_in_an_hour_are_all_kept_and_answered_a_few_times(reminded: PlayedDesk) -> None:
    asked, before = reminder(reminded), len(reminded.letters_to(ELLEN))
    arrivals = len(_arrivals(reminded))
    for number in range(40):
        reminded.is_answered(
            asked, f"the banner link is broken, mail {number}, please look", by=ELLEN, after=timedelta(seconds=80)
        )
    assert len(reminded.letters_to(ELLEN)) - before <= 5
    kept = _arrivals(reminded)[arrivals:]
    assert [each.state for each in kept] == [ArrivalState.DECIDED] * 40
    said = " ".join(each.words for each in reminded.all_of(IssueMessage))
    assert [number for number in range(40) if f"mail {number}," not in said] == [], "words of the client are lost"
    assert len(reminded.all_of(Issue)) == 1
    assert all(count < 12 for who, count in reminded.letters().items()), reminded.letters()


def _arrivals(desk: PlayedDesk) -> list[Arrival]:
    with desk.database.reading() as session:
        return session.query(Arrival).order_by(Arrival.id).all()


# --- departments ---


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A page inside the house, which nobody has allowed."""
    with web_server() as opened:
        yield opened


@pytest.fixture
def ordered(tmp_path: Path, server: WebServer) -> Iterator[PlayedDesk]:
    """The web team has an order; the desk looks at public pages alone, and every name leads to this machine."""
    looker = WebLooker(WebSettings(), lambda _host, port: [Endpoint(HOST, port)])
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite"), web=looker) as desk:
        words = "North Star adds two more banners from March, 2,400 more"
        desk.receives(mails.written(words, "contract", DANA, DESK, NOON), at=NOON)
        desk.is_answered(desk.letters_to(DANA)[-1], "OK", by=DANA)
        assert new(desk).state is DeliverableState.ORDERED
        yield desk


def new(desk: PlayedDesk) -> Deliverable:
    return desk.all_of(Deliverable)[-1]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:{port}/",
        "http://[::1]:{port}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433:{port}/",
        "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://localhost:{port}/",
        "http://inside.example:{port}/",
        "http://coastalbuilder.example@127.0.0.1:{port}/",
    ],
)
def test_a_claim_with_a_link_into_the_house_is_never_asked_for_and_never_counts(
    ordered: PlayedDesk, server: WebServer, link: str
) -> None:
    ordered.is_answered(ordered.letters_to(WEB)[-1], f"DONE {link.format(port=server.port)}", by=WEB)
    ordered.waits(timedelta(minutes=2))
    assert server.asked == []
    assert new(ordered).state is not DeliverableState.DELIVERED
    assert ELLEN not in ordered.letters()


@pytest.mark.parametrize(
    "by", ["web@harbourp1ne.example", "web@harbourpine.example.evil.example", "Web Team <web@evil.example>"]
)
def test_a_look_alike_of_a_department_delivers_nothing(ordered: PlayedDesk, by: str) -> None:
    ordered.is_answered(ordered.letters_to(WEB)[-1], "DONE https://coastalbuilder.example/partners", by=by)
    assert new(ordered).state is DeliverableState.ORDERED


def test_a_client_who_cites_the_token_of_a_department_says_nothing_for_it(ordered: PlayedDesk) -> None:
    letter = ordered.letters_to(WEB)[-1]
    ref = next(line for line in letter.text.splitlines() if line.startswith("Ref "))
    words = f"our banner link is broken\nDONE https://coastalbuilder.example/partners\n{ref}"
    at = ordered.clock.now() + timedelta(minutes=5)
    told = ordered.receives(mails.written(words, f"Re: {letter.subject}", ELLEN, DESK, at), at=at)
    assert new(ordered).state is DeliverableState.ORDERED
    assert told.story.rule.split(".")[0] != "departments"
    to_web = [each for each in ordered.letters_to(WEB)[1:] if ref.split()[1] in each.text]
    assert not to_web, "a client's words carry the token of a department's letter"
