"""Where a page links to: its banner leads where it should, elsewhere, or nowhere that can be seen."""

from __future__ import annotations

import pytest

from mailbot.message.page_links import LinkSeen, link_among, links_on
from mailbot.message.web_addresses import WebAddress

AT = WebAddress("https", "coastalbuilder.example", 443, "/partners")
FALL = "https://www.northstar.example/fall-offer"


def test_links_are_read_as_a_browser_follows_them() -> None:
    html = (
        '<a href="/rates">Rates</a><a href=news>News</a><map><area href="//www.northstar.example/fall-offer"></map>'
        '<a href="mailto:a@b.example">a</a><a href="javascript:alert(1)">b</a><a name="top">c</a><a href="/rates">d</a>'
    )
    assert links_on(html, AT) == (
        "https://coastalbuilder.example/rates",
        "https://coastalbuilder.example/news",
        FALL,
    )
    assert links_on('<base href="https://cdn.example/x/"><a href="y">y</a>', AT) == ("https://cdn.example/x/y",)


def test_a_page_that_no_parser_is_given_tells_no_links() -> None:
    assert links_on("<div>" * 100_000 + f'<a href="{FALL}">', AT) is None


@pytest.mark.parametrize(
    "link",
    [
        FALL,
        "http://northstar.example/fall-offer/",
        f"{FALL}?utm_source=coastalbuilder",
        "https://ads.example/click?to=https%3A%2F%2Fwww.northstar.example%2Ffall-offer&id=7",
    ],
)
def test_a_link_leads_there(link: str) -> None:
    assert link_among(FALL, ("https://www.northstar.example/", link)) == (LinkSeen.THERE, link)


@pytest.mark.parametrize(
    ("link", "seen"),
    [
        ("https://www.northstar.example/", LinkSeen.ELSEWHERE),
        ("https://northstar.example/fall-offers", LinkSeen.ELSEWHERE),
        ("https://www.northstar.example.evil.example/fall-offer", LinkSeen.MISSING),
        ("https://southstar.example/fall-offer", LinkSeen.MISSING),
        ("https://ads.example/click?id=7", LinkSeen.MISSING),
    ],
)
def test_a_link_leads_elsewhere_or_is_not_to_be_seen(link: str, seen: LinkSeen) -> None:
    assert link_among(FALL, (link,)) == (seen, link if seen is LinkSeen.ELSEWHERE else "")


def test_what_is_wanted_is_no_address() -> None:
    assert link_among("northstar", (FALL,)) == (LinkSeen.MISSING, "")
