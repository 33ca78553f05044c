"""S22, whole: from Dana's mail over her OK and the departments to the banner that was seen, on a real web server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from mailbot.config import WebSettings
from mailbot.duties.sales.tables import SalesEntry
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.sandbox import PlainWire
from mailbot.records.contracts.tables import Contract, Deliverable, DeliverableState
from tests.situations.desk import PlayedDesk, played_desk
from tests.webserver import WebServer, link, page, web_server

WEB, DESIGN, SHOWS, BILLING = (f"{name}@harbourpine.example" for name in ("web", "design", "shows", "billing"))
DANA, RAJ = "dana@harbourpine.example", "raj@delphiwindows.example"
BY_DANA, TEAM = f"Dana Reyes <{DANA}>", f"Web Team <{WEB}>"
FIRST_OF_DECEMBER = datetime(2025, 12, 1, 14, 12, tzinfo=UTC)
PARTNERS = "coastalbuilder.example/partners"


@pytest.fixture(scope="module")
def site() -> Iterator[WebServer]:
    """The magazine's page of partners, and the site of the client; what is written wrong does not exist."""
    with web_server() as running:
        banners = (link("https://delphiwindos.example"), link("https://delphiwindows.example"))
        running.pages = {PARTNERS: page("Our partners", *banners), "delphiwindows.example/": page("Delphi Windows")}
        yield running


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, site: WebServer, new_database: Callable[[], str]
) -> Iterator[PlayedDesk]:
    """Dana's mail came, and she said OK. Each test goes on where the one before it stopped."""
    folder = tmp_path_factory.mktemp("desk")
    settings = WebSettings.model_validate({"allow": [f"127.0.0.1:{site.port}"], "seconds_per_page": 1})
    web = WebLooker(settings, site.resolve, wire=PlainWire)
    with played_desk(folder, new_database(), web=web) as opened:
        opened.receives("S22-in-1.eml")
        opened.is_answered(opened.letters_to(DANA)[-1], "OK", by=BY_DANA)
        opened.waits(timedelta(minutes=5))
        yield opened


def banner(desk: PlayedDesk) -> Deliverable:
    signed = next(each for each in desk.all_of(Contract) if each.arrival_id is not None)
    return next(each for each in desk.all_of(Deliverable) if each.contract_id == signed.id and each.kind == "banner")


def test_each_department_hears_of_its_own_part_alone(desk: PlayedDesk) -> None:
    parts = {WEB: "free banner", DESIGN: "full pages", SHOWS: "booth"}
    for department, own in parts.items():
        (letter,) = desk.letters_to(department)
        assert own in letter.text
        assert all(other not in letter.text for whose, other in parts.items() if whose != department)
        assert "18,600" not in letter.text
    assert "18,600.00 USD" in desk.letters_to(BILLING)[0].text
    assert RAJ not in desk.letters(), "the client heard of what nobody has delivered"


def test_the_sale_is_booked_by_a_word_of_its_own(desk: PlayedDesk) -> None:
    assert not [entry for entry in desk.all_of(SalesEntry) if entry.amount == Decimal(18600)]
    offer = next(each for each in reversed(desk.letters_to(DANA)) if "BOOK" in each.text)
    desk.is_answered(offer, "BOOK", by=BY_DANA)
    assert [entry.amount for entry in desk.all_of(SalesEntry)] == [Decimal(18600)]


def test_a_link_that_leads_nowhere_goes_back_with_what_was_meant(desk: PlayedDesk) -> None:
    desk.waits(FIRST_OF_DECEMBER - desk.clock.now())
    order = next(each for each in desk.letters_to(WEB) if "banner" in each.text)
    desk.is_answered(order, f"done, live: https://{PARTNERS}#delphi -> https://delphiwindos.example", by=TEAM)
    desk.waits(timedelta(minutes=5))
    text = " ".join(desk.letters_to(WEB)[-1].text.split())
    assert "delphiwindos.example" in text
    assert "Did you mean delphiwindows.example?" in text
    assert banner(desk).state is not DeliverableState.DELIVERED
    assert RAJ not in desk.letters(), "the client heard before it worked"


def test_after_fixed_it_is_seen_and_then_the_client_hears(desk: PlayedDesk) -> None:
    words = f"fixed: https://{PARTNERS}#delphi -> https://delphiwindows.example"
    desk.is_answered(desk.letters_to(WEB)[-1], words, by=TEAM)
    desk.waits(timedelta(minutes=5))
    assert banner(desk).state is DeliverableState.DELIVERED
    (letter,) = desk.letters_to(RAJ)
    assert "banner" in letter.text
    assert "18,600" not in letter.text
