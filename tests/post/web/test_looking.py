"""Looks at pages of a real server on loopback: what is there, what is not, and what would do harm."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.config import WebSettings
from mailbot.post.web.looking import WebLooker
from mailbot.post.web.wire import Endpoint
from mailbot.records.page_seen import PageSeen, Verdict
from tests.servers import make_certificates
from tests.webserver import Drip, Endless, HangUp, Reply, Said, WebServer, leads_to, link, page, web_server

BANNER = "coastalbuilder.example/partners"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


def looker(server: WebServer, seconds: float = 20.0) -> WebLooker:
    allowed = WebSettings.model_validate({"allow": [f"127.0.0.1:{server.port}"], "seconds_per_page": seconds})
    return WebLooker(allowed, server.resolve)


def seen(server: WebServer, said: Said, seconds: float = 20.0) -> PageSeen:
    """What a look at one page comes to."""
    server.pages[BANNER] = said
    return looker(server, seconds).look(f"http://{BANNER}")


# --- what is there ---


def test_a_page_is_found_with_its_title_and_its_links(server: WebServer) -> None:
    found = seen(server, page("Our partners &amp; friends", link("https://delphiwindows.example"), "Delphi Windows"))

    url, links = f"http://{BANNER}", ("https://delphiwindows.example/",)
    assert found == PageSeen(Verdict.FOUND, (url,), 200, "Our partners & friends", links=links)
    assert server.asked == [BANNER]


def test_a_page_is_asked_for_without_cookies_passwords_or_the_fragment(server: WebServer) -> None:
    server.pages[f"{BANNER}?q=M%C3%BCller"] = page("Partners")

    assert looker(server).look(f"http://{BANNER}?q=Müller#delphi").verdict is Verdict.FOUND

    assert server.asked == [f"{BANNER}?q=M%C3%BCller"]
    assert {"Cookie", "Authorization", "Referer"}.isdisjoint(server.headers[0])


def test_no_proxy_of_the_environment_takes_part(server: WebServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    assert seen(server, page("Partners")).verdict is Verdict.FOUND


def test_redirects_are_followed_and_shown(server: WebServer) -> None:
    server.pages["www.delphiwindows.example/new"] = page("Delphi Windows")

    found = seen(server, leads_to("http://www.delphiwindows.example/new", 301))

    assert found.verdict is Verdict.FOUND
    assert found.path == (f"http://{BANNER}", "http://www.delphiwindows.example/new")
    assert found.title == "Delphi Windows"


def test_a_packed_page_is_read_though_nobody_asked_for_it_to_be_packed(server: WebServer) -> None:
    packed = gzip.compress(page("Page not found").body)

    found = seen(server, Reply(packed, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}))

    assert (found.verdict, found.title) == (Verdict.SAYS_NOT_FOUND, "Page not found")


def test_a_file_that_is_no_text_is_there_and_has_no_title(server: WebServer) -> None:
    found = seen(server, Reply(b"%PDF-1.7 page not found", headers={"Content-Type": "application/pdf"}))

    assert (found.verdict, found.title) == (Verdict.FOUND, "")


# --- what is not there ---


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (404, Verdict.NOT_FOUND),
        (410, Verdict.NOT_FOUND),
        (400, Verdict.NOT_FOUND),
        (401, Verdict.NOT_SHOWN),
        (403, Verdict.NOT_SHOWN),
        (429, Verdict.NOT_SHOWN),
        (500, Verdict.SERVER_FAULT),
        (503, Verdict.SERVER_FAULT),
    ],
)
def test_the_server_says_it_by_its_status(server: WebServer, status: int, verdict: Verdict) -> None:
    found = seen(server, page("A page", status=status))

    assert (found.verdict, found.status) == (verdict, status)


def test_a_server_that_says_200_and_page_not_found_has_no_page(server: WebServer) -> None:
    found = seen(server, page("Northstar Logistics", "Oops! Page not found.", "Try our search."))

    assert found.verdict is Verdict.SAYS_NOT_FOUND
    assert (found.status, found.said) == (200, "Oops! Page not found.")


def test_a_host_that_does_not_exist_is_told_apart(server: WebServer) -> None:
    server.pages["delphiwindows.example/"] = page("Delphi Windows")

    assert looker(server).look("https://delphiwindos.example").verdict is Verdict.NO_SUCH_HOST
    assert server.asked == []


def test_a_circle_of_redirects_ends(server: WebServer) -> None:
    server.pages["coastalbuilder.example/b"] = leads_to(f"http://{BANNER}")

    found = seen(server, leads_to("/b"))

    assert found.verdict is Verdict.TOO_MANY_REDIRECTS
    assert found.path == (f"http://{BANNER}", "http://coastalbuilder.example/b", f"http://{BANNER}")
    assert len(server.asked) == 2


def test_redirects_without_end_are_followed_eight_times(server: WebServer) -> None:
    for number in range(20):
        server.pages[f"coastalbuilder.example/{number}"] = leads_to(f"/{number + 1}")

    found = seen(server, leads_to("/0"))

    assert found.verdict is Verdict.TOO_MANY_REDIRECTS
    assert len(server.asked) == 9


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "ftp://coastalbuilder.example/",
        "http://a:b@c.example/",
        "http://[::1%\u00e9]/",
        "http://[fe80::1%eth0]/",
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_not_followed(server: WebServer, location: str) -> None:
    found = seen(server, leads_to(location))

    assert found.verdict is Verdict.NO_WEB_ADDRESS
    assert location in found.why
    assert len(server.asked) == 1


@pytest.mark.parametrize("said", [Drip(), Drip(in_the_head=True)])
def test_a_server_that_drips_is_cut_off_by_one_deadline(server: WebServer, said: Drip) -> None:
    began = time.monotonic()

    assert seen(server, said, seconds=0.5).verdict is Verdict.TOO_SLOW

    assert time.monotonic() - began < 10  # without a deadline it would never end


def test_of_ten_gigabytes_half_a_megabyte_is_read(server: WebServer) -> None:
    assert seen(server, Endless()).verdict is Verdict.FOUND

    assert server.sent < 20_000_000  # what the buffers of the network take besides


def test_a_packed_page_that_grows_is_cut(server: WebServer) -> None:
    bomb = gzip.compress(b"<title>Partners</title>" + b" " * 300_000_000)

    found = seen(server, Reply(bomb, headers={"Content-Type": "text/html", "Content-Encoding": "gzip"}))

    assert (found.verdict, found.title) == (Verdict.FOUND, "Partners")


def test_a_server_that_hangs_up_has_refused_or_is_at_fault(server: WebServer) -> None:
    assert seen(server, HangUp()).verdict in (Verdict.SERVER_FAULT, Verdict.REFUSED)


def test_a_port_where_nobody_listens_refuses(server: WebServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    settings = WebSettings.model_validate({"allow": ["127.0.0.1"]})

    found = WebLooker(settings, lambda _host, _port: [Endpoint("127.0.0.1", port)]).look(f"http://{BANNER}")

    assert found.verdict is Verdict.REFUSED


# --- what may not be asked ---


def test_this_machine_is_not_looked_at_unless_it_is_allowed(server: WebServer) -> None:
    server.pages[BANNER] = page("A page inside")
    unallowed = WebLooker(WebSettings(), server.resolve)

    for url in (
        f"http://localhost:{server.port}/",
        f"http://127.0.0.1:{server.port}/",
        f"http://2130706433:{server.port}/",
    ):
        assert WebLooker(WebSettings()).look(url).verdict is Verdict.NOT_PUBLIC
    assert unallowed.look(f"http://{BANNER}").verdict is Verdict.NOT_PUBLIC
    assert server.asked == []
    assert looker(server).look(f"http://{BANNER}").verdict is Verdict.FOUND


def test_a_redirect_into_a_network_is_judged_again(server: WebServer) -> None:
    found = seen(server, leads_to("http://169.254.169.254/latest/meta-data/"))

    assert found.verdict is Verdict.NOT_PUBLIC
    assert found.final == "http://169.254.169.254/latest/meta-data/"


def test_a_name_is_asked_for_once_so_that_it_cannot_point_elsewhere_a_moment_later(server: WebServer) -> None:
    server.pages[BANNER] = page("A page inside")
    answers = iter([[Endpoint("10.0.0.1", 80)], [Endpoint("127.0.0.1", server.port)]])
    settings = WebSettings.model_validate({"allow": [f"127.0.0.1:{server.port}"]})

    found = WebLooker(settings, lambda _host, _port: next(answers)).look(f"http://{BANNER}")

    assert found.verdict is Verdict.NOT_PUBLIC
    assert server.asked == []


def test_of_several_addresses_only_those_that_may_be_asked_are(server: WebServer) -> None:
    server.pages[BANNER] = page("Partners")
    settings = WebSettings.model_validate({"allow": [f"127.0.0.1:{server.port}"]})
    both = [Endpoint("10.0.0.1", 80), Endpoint("127.0.0.1", server.port)]

    assert WebLooker(settings, lambda _host, _port: both).look(f"http://{BANNER}").verdict is Verdict.FOUND


def test_name_servers_that_do_not_answer_cost_the_deadline_and_no_more(server: WebServer) -> None:
    def never(_host: str, _port: int) -> list[Endpoint]:
        server.closing.wait(30)
        return []

    settings = WebSettings.model_validate({"seconds_per_page": 0.2})

    assert WebLooker(settings, never).look(f"http://{BANNER}").verdict is Verdict.TOO_SLOW


def test_what_is_no_web_address_is_never_looked_up() -> None:
    def nobody(_host: str, _port: int) -> list[Endpoint]:
        raise AssertionError("the name servers were asked")

    for url in (
        "file:///etc/passwd",
        "ftp://a.example/",
        "javascript:alert(1)",
        "http://user:pass@a.example/",
        "http://",
    ):
        assert WebLooker(WebSettings(), nobody).look(url).verdict is Verdict.NO_WEB_ADDRESS


# --- TLS ---


def test_a_certificate_is_verified_with_its_name(tmp_path: Path) -> None:
    certificates = make_certificates(tmp_path)
    trusting = ssl.create_default_context(cafile=certificates.authority)
    with web_server(certificates) as server:
        server.pages = {"localhost/": page("Home"), "elsewhere.example/": page("Home")}
        settings = WebSettings.model_validate({"allow": ["127.0.0.1"], "seconds_per_page": 5})

        assert WebLooker(settings, server.resolve, trusting).look("https://localhost").verdict is Verdict.FOUND
        other_name = WebLooker(settings, server.resolve, trusting).look("https://elsewhere.example")
        unknown_authority = WebLooker(settings, server.resolve).look("https://localhost")

    assert other_name.verdict is Verdict.TLS_FAULT
    assert "elsewhere.example" in other_name.why
    assert unknown_authority.verdict is Verdict.TLS_FAULT
