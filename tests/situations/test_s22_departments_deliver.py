"""S22, second half: the contract is confirmed, each department hears of its part, and DONE is seen before it counts.

The pages stand on a real web server on this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from mailbot.cli.demo.mails import Received
from mailbot.config import WebSettings
from mailbot.duties.contracts import month
from mailbot.letters.workbooks import MEDIA_TYPE
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.sandbox import PlainWire
from mailbot.records.contracts.tables import (
    Contract,
    ContractEvent,
    Deliverable,
    DeliverableState,
    EventKind,
)
from mailbot.records.looks import LookState, PageLook
from mailbot.records.month_figures import Month
from mailbot.records.page_seen import Verdict
from mailbot.records.tables import Address, Client, QuestionRow, TaskRow, TaskState
from mailbot.records.undo import Undo
from mailbot.service.by_hand import ByHand
from tests.situations.desk import PlayedDesk, played_desk
from tests.webserver import Drip, Endless, WebServer, leads_to, link, page, web_server

WEB, DESIGN, SHOWS, BILLING = (f"{name}@harbourpine.example" for name in ("web", "design", "shows", "billing"))
DANA, MARA, RAJ = "dana@harbourpine.example", "mara@harbourpine.example", "raj@delphiwindows.example"
CONFIRMED = datetime(2025, 11, 11, 15, 30, tzinfo=UTC)
FIRST_OF_DECEMBER = datetime(2025, 12, 1, 14, 12, tzinfo=UTC)
PARTNERS = "coastalbuilder.example/partners"
DONE = f"done, live: https://{PARTNERS}#delphi -> https://delphiwindos.example"
TEAM = f"Web Team <{WEB}>"
LINKS = (link("https://delphiwindos.example"), link("https://delphiwindows.example"))


@pytest.fixture
def site() -> Iterator[WebServer]:
    with web_server() as running:
        running.pages = {
            PARTNERS: page("Our partners", *LINKS),
            "delphiwindows.example/": page("Delphi Windows"),
            "www.northstar.example/fall-offer": page("Fall offer"),
        }
        yield running


def opened(folder: Path, site: WebServer, *, mornings: bool = False) -> Iterator[PlayedDesk]:
    settings = WebSettings.model_validate({"allow": [f"127.0.0.1:{site.port}"], "seconds_per_page": 1})
    web = WebLooker(settings, site.resolve, wire=PlainWire)
    url = f"sqlite:///{folder}/desk.sqlite"
    with played_desk(folder, url, mornings_of_departments=mornings, web=web) as desk:
        yield desk


@pytest.fixture
def desk(tmp_path: Path, site: WebServer) -> Iterator[PlayedDesk]:
    yield from opened(tmp_path, site)


@pytest.fixture
def busy_desk(tmp_path: Path, site: WebServer) -> Iterator[PlayedDesk]:
    """A desk that writes the letters of the morning too."""
    yield from opened(tmp_path, site, mornings=True)


def confirmed(desk: PlayedDesk, *, at: datetime = CONFIRMED) -> None:
    """Dana has said OK to the contract with Delphi Windows: its parts are in the records, and a step of its history."""
    with desk.database.writing() as session:
        client_id, owner_id = session.execute(
            select(Client.id, Client.owner_id).where(Client.name == "Delphi Windows")
        ).one()
        people = {
            key: person for key, person in session.execute(select(Address.key, Address.person_id)) if person is not None
        }
        contract = Contract(
            ref="K-2231",
            client_id=client_id,
            rep_id=owner_id,
            starts_on=date(2025, 12, 1),
            ends_on=date(2026, 11, 30),
            value=Decimal(18600),
            currency="USD",
            renews=True,
            notice_days=60,
            notice_on=date(2026, 10, 1),
        )
        session.add(contract)
        session.flush()
        for position, (kind, words, to, due, more) in enumerate(PROMISED, start=1):
            session.add(
                Deliverable(
                    contract_id=contract.id,
                    client_id=client_id,
                    position=position,
                    kind=kind,
                    words=words,
                    currency="USD",
                    department_id=people[to],
                    due_on=due,
                    **more,
                )
            )
        session.add(
            ContractEvent(
                contract_id=contract.id,
                kind=EventKind.SIGNED,
                since=date(2025, 12, 1),
                currency="USD",
                words="12 months from 1 Dec, 18,600 total",
                at=at,
            )
        )
    desk.clock.set(at)
    desk.service.step()


BOOTH: dict[str, object] = {"percent": Decimal(20), "list_price": Decimal(3500)}
PROMISED: tuple[tuple[str, str, str, date, dict[str, object]], ...] = (
    ("ad", "full page", DESIGN, date(2025, 12, 3), {"issue": "January 2026"}),
    ("ad", "full page", DESIGN, date(2026, 2, 4), {"issue": "March 2026"}),
    ("banner", "free banner on the site", WEB, date(2025, 12, 1), {"is_benefit": True}),
    ("discount", "20% off a booth at BuildExpo", SHOWS, date(2025, 12, 5), BOOTH),
)


def letter_to(desk: PlayedDesk, address: str) -> Received:
    return desk.letters_to(address)[-1]


def new_letters(desk: PlayedDesk, before: dict[str, int]) -> dict[str, int]:
    """How many letters have come to whom since then."""
    counted = {to: count - before.get(to, 0) for to, count in desk.letters().items()}
    return {to: count for to, count in counted.items() if count}


def states(desk: PlayedDesk) -> list[str]:
    """How the four things of the contract stand."""
    return [each.state.value for each in desk.all_of(Deliverable)[-4:]]


def banner(desk: PlayedDesk) -> Deliverable:
    return desk.all_of(Deliverable)[-2]


def says(desk: PlayedDesk, words: str, *, at: datetime | None = None) -> None:
    """The web team answers its newest letter."""
    if at is not None:
        desk.clock.set(at)
    desk.is_answered(letter_to(desk, WEB), words, by=TEAM)


# --- each hears of its own part ---


def test_each_department_hears_of_its_own_part_once_and_of_no_other(desk: PlayedDesk) -> None:
    desk.clock.set(CONFIRMED)
    desk.service.step()
    before = desk.letters()
    confirmed(desk)
    desk.waits(timedelta(hours=1))

    assert new_letters(desk, before) == {DESIGN: 1, WEB: 1, SHOWS: 1}
    assert states(desk) == ["ordered"] * 4
    to_web, to_design, to_shows = letter_to(desk, WEB), letter_to(desk, DESIGN), letter_to(desk, SHOWS)
    assert to_web.subject == "free banner on the site for Delphi Windows, due 1 Dec"
    assert "Reply DONE, with the link" in to_web.text
    assert to_design.subject == "2 things for Delphi Windows, due 3 Dec"
    assert "20% off the list price of 3,500.00 USD, so they pay 2,800.00 USD" in to_shows.text
    for letter, others in (
        (to_web, ("page:", "booth", "3,500")),
        (to_design, ("banner", "booth")),
        (to_shows, ("banner",)),
    ):
        assert not any(word in letter.text for word in (*others, "18,600")), letter.text


def test_contracts_that_came_by_import_are_told_to_nobody(desk: PlayedDesk) -> None:
    planned = [each for each in desk.all_of(Deliverable) if each.state is DeliverableState.PLANNED]
    assert planned
    assert desk.letters() == {}


# --- done is a claim ---


def test_a_link_that_leads_nowhere_goes_back_to_the_department_with_what_was_meant(
    desk: PlayedDesk, site: WebServer
) -> None:
    confirmed(desk)
    desk.clock.set(FIRST_OF_DECEMBER)
    desk.service.step()
    before = desk.letters()

    says(desk, DONE)

    back = letter_to(desk, WEB)
    assert back.subject == "Not there yet: free banner on the site for Delphi Windows"
    assert f'https://{PARTNERS}#delphi is there: "Our partners"' in back.text
    assert "Its link delphiwindos.example does not exist." in back.text
    assert "Did you mean delphiwindows.example?" in back.text
    assert "Reply FIXED" in back.text
    assert banner(desk).state is DeliverableState.ORDERED
    assert banner(desk).proof == DONE
    assert site.asked == [PARTNERS]
    assert new_letters(desk, before) == {WEB: 1}, "somebody else heard of something that is not there"


def test_fixed_is_looked_at_again_and_then_the_client_hears_of_it(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)
    says(desk, DONE, at=FIRST_OF_DECEMBER)
    assert desk.letters_to(RAJ) == ()

    says(desk, "FIXED")

    assert banner(desk).state is DeliverableState.DELIVERED
    assert banner(desk).target == "https://delphiwindows.example/"
    assert site.asked[-2:] == [PARTNERS, "delphiwindows.example/"]
    assert letter_to(desk, WEB).subject == "Seen: free banner on the site for Delphi Windows"
    (told,) = [
        each for each in desk.letters_to("outside@sandbox.example") + desk.letters_to(RAJ) if "live" in each.subject
    ]
    assert told.subject == "It is live: free banner on the site"
    assert f"https://{PARTNERS}#delphi" in told.text
    assert not any(each in told.text for each in ("delphiwindos", "18,600", "Web Team"))
    assert {row.state for row in desk.all_of(PageLook)} == {LookState.CLOSED}


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        (page("Page not found"), 'opens, but the page says "Page not found"'),
        (page("Lost", status=404), 'answers "not found" (404)'),
        (leads_to(f"http://{PARTNERS}"), "leads on in a circle"),
    ],
)
def test_what_is_not_there_goes_back_with_what_was_seen(
    desk: PlayedDesk, site: WebServer, said: object, seen: str
) -> None:
    confirmed(desk)
    site.pages[PARTNERS] = said  # type: ignore[assignment]

    says(desk, f"done https://{PARTNERS}", at=FIRST_OF_DECEMBER)

    assert seen in letter_to(desk, WEB).text
    assert banner(desk).state is DeliverableState.ORDERED


def test_a_page_whose_banner_leads_elsewhere_goes_back_with_where_it_leads(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)
    site.pages[PARTNERS] = page("Our partners", link("https://delphiwindows.example/summer"))
    site.pages["delphiwindows.example/winter"] = page("Winter")

    says(desk, f"done https://{PARTNERS} -> https://delphiwindows.example/winter", at=FIRST_OF_DECEMBER)

    assert "but it links to https://delphiwindows.example/summer." in " ".join(letter_to(desk, WEB).text.split())
    assert banner(desk).state is DeliverableState.ORDERED
    assert desk.letters_to(RAJ) == ()


def test_a_banner_that_no_program_can_see_is_looked_at_by_a_person_and_counts_by_their_word(
    desk: PlayedDesk, site: WebServer
) -> None:
    confirmed(desk)
    site.pages[PARTNERS] = page("Our partners", "<script src='/ads.js'></script>")

    says(desk, f"done https://{PARTNERS} -> https://delphiwindows.example", at=FIRST_OF_DECEMBER)

    assert banner(desk).state is DeliverableState.CLAIMED
    asked = letter_to(desk, MARA)
    assert "I see no link to https://delphiwindows.example on it" in " ".join(asked.text.split())
    assert desk.letters_to(RAJ) == ()
    desk.is_answered(asked, "yes", by=f"Mara Lindqvist <{MARA}>")
    assert banner(desk).state is DeliverableState.DELIVERED


def test_a_page_that_drips_is_tried_again_and_then_goes_back(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)
    site.pages[PARTNERS] = Drip()

    says(desk, f"done https://{PARTNERS}", at=FIRST_OF_DECEMBER)
    assert letter_to(desk, WEB).subject.startswith("free banner"), "it was told before it was tried again"
    for minutes in (1, 5, 20):
        desk.waits(timedelta(minutes=minutes))

    assert "does not answer in time" in letter_to(desk, WEB).text
    assert [row.verdict for row in desk.all_of(PageLook)] == [Verdict.TOO_SLOW]


def test_a_page_of_ten_gigabytes_is_there_and_hardly_read(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)
    site.pages[PARTNERS] = Endless()

    says(desk, f"done https://{PARTNERS}", at=FIRST_OF_DECEMBER)

    assert banner(desk).state is DeliverableState.DELIVERED
    assert site.sent < 20_000_000


def test_done_without_a_link_counts_for_nothing_and_the_link_is_asked_for(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)

    says(desk, "DONE", at=FIRST_OF_DECEMBER)

    assert banner(desk).state is DeliverableState.CLAIMED
    assert "where can it be seen?" in letter_to(desk, WEB).text
    assert site.asked == []
    says(desk, f"https://{PARTNERS}")
    assert banner(desk).state is DeliverableState.DELIVERED


def test_a_page_inside_the_network_is_looked_at_by_a_person(desk: PlayedDesk, site: WebServer) -> None:
    confirmed(desk)

    says(desk, "done http://169.254.169.254/banner", at=FIRST_OF_DECEMBER)

    assert site.asked == []
    assert banner(desk).state is DeliverableState.CLAIMED
    asked = letter_to(desk, MARA)
    assert asked.subject == "Is it there? free banner on the site for Delphi Windows"
    desk.is_answered(asked, "no", by=f"Mara Lindqvist <{MARA}>")
    assert banner(desk).state is DeliverableState.ORDERED
    assert letter_to(desk, WEB).subject == "Not there yet: free banner on the site for Delphi Windows"


# --- on which day it was delivered ---


def delivered_in(desk: PlayedDesk, day: date) -> dict[str, tuple[object, bool]]:
    """Of each thing that was due in a month: on which day it was delivered, and whether that was in time."""
    with desk.database.reading() as session:
        office = desk.service.office
        (counted,) = month.count(session, office.desk, Month.of(day, office.desk.zone))
    return {str(row[2]): (row[5], row[6] == 1) for row in counted.rows if row[0] == "K-2231"}


def test_what_a_department_says_once_more_was_delivered_when_it_was_said_first(desk: PlayedDesk) -> None:
    confirmed(desk)
    asked = letter_to(desk, WEB)
    for days in (0, 3):
        desk.clock.set(FIRST_OF_DECEMBER + timedelta(days=days))
        desk.is_answered(asked, f"done https://{PARTNERS}", by=TEAM)

    assert banner(desk).state is DeliverableState.DELIVERED
    assert len(desk.all_of(PageLook)) == 2, "it was looked at once"
    assert delivered_in(desk, date(2025, 12, 1))["free banner on the site"] == (date(2025, 12, 1), True)


def test_what_had_a_problem_meanwhile_was_delivered_when_it_was_over(desk: PlayedDesk) -> None:
    confirmed(desk)
    asked = letter_to(desk, SHOWS)
    for day, words in ((1, "done"), (2, "PROBLEM: the hall is full"), (8, "done"), (9, "done")):
        desk.clock.set(FIRST_OF_DECEMBER + timedelta(days=day - 1))
        desk.is_answered(asked, words, by=f"Shows <{SHOWS}>")

    assert states(desk)[3] == "delivered"
    assert delivered_in(desk, date(2025, 12, 1))["20% off a booth at BuildExpo"] == (date(2025, 12, 8), False)


# --- several things, and problems ---


def test_one_answer_says_of_each_thing_how_it_stands(desk: PlayedDesk) -> None:
    confirmed(desk)
    before = desk.letters()

    desk.is_answered(letter_to(desk, DESIGN), "1 done page 17, 2 problem: artwork missing", by=f"Design <{DESIGN}>")

    assert states(desk) == ["delivered", "problem", "ordered", "ordered"]
    assert desk.all_of(Deliverable)[-4].proof == "1 done page 17"
    assert new_letters(desk, before) == {DESIGN: 1, DANA: 1, MARA: 1}
    for colleague in (DANA, MARA):
        told = letter_to(desk, colleague)
        assert told.subject == "A problem at Design: Delphi Windows"
        assert '"2 problem: artwork missing"' in told.text
        assert "page 17" not in told.text


def test_an_advertisement_without_its_page_is_asked_about(desk: PlayedDesk) -> None:
    confirmed(desk)

    desk.is_answered(letter_to(desk, DESIGN), "1 done", by=f"Design <{DESIGN}>")

    assert states(desk)[:2] == ["claimed", "ordered"]
    assert "on which page does it stand?" in letter_to(desk, DESIGN).text


@pytest.mark.parametrize("words", ["not done yet", "done by Friday", "DONE", "3 done", "we are on it"])
def test_an_answer_that_is_not_clear_changes_nothing_and_is_asked_back(desk: PlayedDesk, words: str) -> None:
    confirmed(desk)

    desk.is_answered(letter_to(desk, DESIGN), words, by=f"Design <{DESIGN}>")

    assert states(desk) == ["ordered"] * 4
    assert "1 DONE page 17, 2 PROBLEM: artwork missing" in letter_to(desk, DESIGN).text
    assert desk.letters_to(DANA) == ()


def test_a_discount_is_done_by_the_word_of_its_department(desk: PlayedDesk) -> None:
    confirmed(desk)

    desk.is_answered(letter_to(desk, SHOWS), "done, booked in our system", by=f"Shows <{SHOWS}>")

    assert states(desk)[3] == "delivered"
    assert desk.all_of(PageLook) == []


def test_nobody_else_says_that_it_is_done(desk: PlayedDesk) -> None:
    confirmed(desk)

    desk.is_answered(letter_to(desk, WEB), DONE, by="Tom Okafor <tom@harbourpine.example>")
    desk.is_answered(letter_to(desk, WEB), DONE, by="A Stranger <someone@elsewhere.example>")

    assert states(desk) == ["ordered"] * 4
    assert desk.all_of(PageLook) == []


def test_a_claim_is_taken_back_with_its_look(desk: PlayedDesk) -> None:
    confirmed(desk)
    told = desk.is_answered(letter_to(desk, SHOWS), "done", by=f"Shows <{SHOWS}>")
    office = desk.service.office
    templates = office.orders.templates
    by_hand = ByHand(office.database, office.desk, office.duties[0], office.secret, office.clock, lambda: templates)

    by_hand.decide("undo", "Taken back.", [Undo(told.story.ref)])

    assert states(desk) == ["ordered"] * 4


# --- what falls due ---


def test_the_list_of_monday_the_nudge_and_the_one_letter_to_the_coordinator(busy_desk: PlayedDesk) -> None:
    confirmed(busy_desk)
    monday = datetime(2025, 11, 24, 13, 30, tzinfo=UTC)
    seen: dict[str, list[str]] = {WEB: [], MARA: []}
    for day in range(14):
        before = {to: len(busy_desk.letters_to(to)) for to in seen}
        busy_desk.clock.set(monday + timedelta(days=day))
        busy_desk.service.step()
        busy_desk.service.step()
        for to in seen:
            seen[to] += [
                f"{day}: {each.subject}"
                for each in busy_desk.letters_to(to)[before[to] :]
                if "Numbers" not in each.subject
            ]

    banner_letters = [each for each in seen[WEB] if "banner on the site" in each or "Yours to deliver" in each]
    assert banner_letters == [
        "0: Yours to deliver by 8 Dec: 1",
        "3: Due soon: free banner on the site for Delphi Windows",
        "7: Yours to deliver by 15 Dec: 1",
        "8: Late: free banner on the site for Delphi Windows",
    ]
    overdue = [each for each in busy_desk.letters_to(MARA) if each.subject.startswith("Overdue")]
    named = [each.text for each in overdue if "free banner on the site" in each.text]
    assert len(named) == 1, "the coordinator hears of it once"
    assert not any("L-" in each.text for each in busy_desk.letters_to(MARA) if each.subject.startswith("Your desk"))
    assert [day for day, subject in (each.split(": ", 1) for each in seen[MARA]) if "Anzeigenplatz" in subject] == ["9"]


def test_a_page_that_breaks_later_goes_back_to_its_department(busy_desk: PlayedDesk, site: WebServer) -> None:
    site.pages["coastalbuilder.example/partners"] = page("Our partners")
    confirmed(busy_desk)
    says(busy_desk, f"done https://{PARTNERS}")
    assert banner(busy_desk).state is DeliverableState.DELIVERED
    letters = len(busy_desk.letters_to(WEB))
    busy_desk.waits(timedelta(days=8))
    still = [each.subject for each in busy_desk.letters_to(WEB)[letters:] if "Delphi" in each.subject]
    assert still == [], "a page that is still there was told of"

    site.pages[PARTNERS] = page("Page not found")
    busy_desk.waits(timedelta(days=8))

    assert letter_to(busy_desk, WEB).subject == "No longer there: free banner on the site for Delphi Windows"
    assert banner(busy_desk).state is DeliverableState.ORDERED
    task = "The page is gone or wrong: free banner on the site, Delphi Windows (K-2231)"
    assert [each.words for each in open_tasks(busy_desk) if "Delphi" in each.words] == [task]
    site.pages[PARTNERS] = page("Our partners")
    says(busy_desk, "FIXED")
    assert banner(busy_desk).state is DeliverableState.DELIVERED
    assert [each.words for each in open_tasks(busy_desk) if "Delphi" in each.words] == []


def open_tasks(desk: PlayedDesk) -> list[TaskRow]:
    """What waits for a person."""
    return [each for each in desk.all_of(TaskRow) if each.state is TaskState.OPEN]


def test_a_banner_that_is_taken_down_later_is_missed_where_it_had_been_seen(
    busy_desk: PlayedDesk, site: WebServer
) -> None:
    confirmed(busy_desk)
    says(busy_desk, f"done https://{PARTNERS} -> https://delphiwindows.example")
    assert banner(busy_desk).state is DeliverableState.DELIVERED
    site.pages[PARTNERS] = page("Our partners")

    busy_desk.waits(timedelta(days=8))

    told = next(each for each in reversed(busy_desk.letters_to(WEB)) if "Delphi" in each.subject)
    assert told.subject == "No longer there: free banner on the site for Delphi Windows"
    assert "I see no link to https://delphiwindows.example" in " ".join(told.text.split())
    assert "North Star" not in told.text, "a banner that no look ever saw was missed"


def test_every_question_that_was_answered_is_closed(desk: PlayedDesk) -> None:
    confirmed(desk)
    says(desk, f"done https://{PARTNERS}", at=FIRST_OF_DECEMBER)

    asked = [row for row in desk.all_of(QuestionRow) if row.asked_key == WEB]
    assert [row.state.value for row in asked] == ["answered"]


def test_a_yes_about_what_was_dropped_delivers_nothing(desk: PlayedDesk) -> None:
    confirmed(desk)
    says(desk, "done http://169.254.169.254/banner", at=FIRST_OF_DECEMBER)
    asked = letter_to(desk, MARA)
    with desk.database.writing() as session:
        session.get_one(Deliverable, banner(desk).id).state = DeliverableState.DROPPED

    told = desk.is_answered(asked, "yes", by=f"Mara Lindqvist <{MARA}>")

    assert banner(desk).state is DeliverableState.DROPPED
    assert told.story.kind != "seen-by-a-person"
    assert desk.letters_to(RAJ) == ()


def workbook_to(desk: PlayedDesk, address: str) -> bytes:
    """The one workbook that came with the letters to somebody."""
    parts = [part for raw in desk.box.messages(account=address) for part in message_from_bytes(raw).walk()]
    (content,) = (part.get_payload(decode=True) for part in parts if part.get_content_type() == MEDIA_TYPE)
    assert isinstance(content, bytes)
    return content


def test_more_that_is_overdue_than_a_letter_can_name_stands_in_its_workbook(busy_desk: PlayedDesk) -> None:
    confirmed(busy_desk, at=FIRST_OF_DECEMBER)
    with busy_desk.database.writing() as session:
        contract_id, client_id, department_id = session.execute(
            select(Deliverable.contract_id, Deliverable.client_id, Deliverable.department_id)
            .order_by(Deliverable.id.desc())
            .limit(1)
        ).one()
        for number in range(30):
            session.add(
                Deliverable(
                    contract_id=contract_id,
                    client_id=client_id,
                    position=10 + number,
                    kind="booth",
                    words=f"=HYPERLINK booth {number}",
                    currency="USD",
                    department_id=department_id,
                    state=DeliverableState.ORDERED,
                    due_on=date(2025, 12, 5),
                )
            )
    for day in range(3, 12):
        busy_desk.clock.set(FIRST_OF_DECEMBER + timedelta(days=day))
        busy_desk.service.step()

    letter = next(each for each in busy_desk.letters_to(MARA) if "30 more" in each.subject)
    assert "And 6 more: all of them are in the enclosed workbook." in " ".join(letter.text.split())
    content = workbook_to(busy_desk, MARA)
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["what", "client", "contract", "department", "due"]
    assert len(rows) == 1 + 31
    assert {row[0] for row in rows[1:]} >= {f"=HYPERLINK booth {number}" for number in range(30)}
    with ZipFile(BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml"), "a formula was written"
