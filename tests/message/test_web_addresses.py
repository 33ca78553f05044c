"""Addresses of pages in the words of mails."""

from __future__ import annotations

import pytest

from mailbot.message.web_addresses import WebAddress, web_addresses_in


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("https://coastalbuilder.example/partners#delphi", "https://coastalbuilder.example/partners"),
        ("HTTP://Delphi.Example", "http://delphi.example/"),
        ("www.delphi.example/a", "https://www.delphi.example/a"),
        ("https://delphi.example:443/", "https://delphi.example/"),
        ("http://delphi.example:8080/a?b=c&d=%20", "http://delphi.example:8080/a?b=c&d=%20"),
        ("https://müller-bau.example/größe", "https://xn--mller-bau-q9a.example/gr%C3%B6%C3%9Fe"),
        ("http://[::1]:80/", "http://[::1]/"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/"),
    ],
)
def test_an_address_is_what_goes_to_the_server(written: str, asked: str) -> None:
    assert str(WebAddress.parse(written)) == asked


@pytest.mark.parametrize(
    "written",
    [
        "",
        "delphi",
        "file:///etc/passwd",
        "ftp://a.example",
        "javascript:alert(1)",
        "http://",
        "http://user@a.example/",
        "http://user:secret@a.example/",
        "http://a.example:99999/",
        "http://a.example:0/",
        "http://a..example/",
        "http://a b.example/",
        "http://a.example/\r\nHost: b",
        "http://a.example\\@b.example/",
        "http://[::1",
        "http://[fe80::1%eth0]/",
        "http://[::1%25é]/",
        "http://[v1.x:]/",
        "http://a.example/\ud800",
        "http://-a.example/",
        "http://a.example/" + "x" * 3000,
    ],
)
def test_what_is_no_address_is_none(written: str) -> None:
    assert WebAddress.parse(written) is None


def test_addresses_are_found_without_the_sentence_around_them() -> None:
    text = (
        "done, live: https://coastalbuilder.example/partners#delphi -> https://delphiwindos.example\n"
        "(see www.harbour.example/a_(b)), or <http://x.example/y>. Mail me@www.example or ftp://z.example!"
    )

    found = web_addresses_in(text)

    assert [each.written for each in found] == [
        "https://coastalbuilder.example/partners#delphi",
        "https://delphiwindos.example",
        "www.harbour.example/a_(b)",
        "http://x.example/y",
    ]
    assert all(text[each.start : each.end] == each.written for each in found)


def test_many_addresses_are_cut_and_nothing_takes_long() -> None:
    assert len(web_addresses_in("http://a.example " * 50_000)) == 20
    assert web_addresses_in("http://" * 100_000) == ()
    assert web_addresses_in("www." + ")" * 500_000) == ()


def test_a_redirect_is_read_against_the_page_that_says_it() -> None:
    page = WebAddress.parse("https://a.example/b/c")
    assert page is not None

    assert str(page.leads_to("d")) == "https://a.example/b/d"
    assert str(page.leads_to("//b.example")) == "https://b.example/"
    assert page.leads_to("file:///etc/passwd") is None
    assert page.leads_to("http://[") is None
