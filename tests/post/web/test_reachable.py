"""Addresses that may be asked, and the many ways to write one that may not."""

from __future__ import annotations

import pytest

from mailbot.config.web import Allowed
from mailbot.post.web.reachable import may_be_asked


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "8.8.8.8",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
        "::ffff:93.184.215.14",
        "64:ff9b::5db8:d70e",
    ],
)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert may_be_asked(address, 443, ())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.0.9",
        "0.0.0.0",  # noqa: S104 (nothing is bound)
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:5db8:d70e::1",
        "2001:0:5db8:d70e::1",
        "localhost",
        "",
    ],
)
def test_addresses_inside_networks_and_tunnels_may_not(address: str) -> None:
    assert not may_be_asked(address, 443, ())


def allowed(written: str) -> tuple[Allowed, ...]:
    parsed = Allowed.parse(written)
    assert isinstance(parsed, Allowed)
    return (parsed,)


def test_what_the_company_has_allowed_may_be_asked_and_its_neighbours_may_not() -> None:
    assert may_be_asked("10.20.0.5", 8080, allowed("10.20.0.5:8080"))
    assert not may_be_asked("10.20.0.5", 80, allowed("10.20.0.5:8080"))
    assert not may_be_asked("10.20.0.6", 8080, allowed("10.20.0.5:8080"))
    assert may_be_asked("10.30.0.200", 443, allowed("10.30.0.0/24"))
    assert may_be_asked("fd00::5", 443, allowed("[fd00::5]:443"))
    assert may_be_asked("::ffff:10.20.0.5", 8080, allowed("10.20.0.5:8080"))
    assert not may_be_asked("fd00::5", 80, allowed("[fd00::5]:443"))
    assert may_be_asked("fd00::5", 80, allowed("fd00::5"))


@pytest.mark.parametrize("written", ["intranet.example", "10.0.0.1/8", "10.0.0.5:0", "10.0.0.5:99999", ""])
def test_what_is_no_address_is_a_fault_of_the_settings_said_in_words(written: str) -> None:
    with pytest.raises(ValueError, match="is no address of a network"):
        Allowed.parse(written)
