"""Which hosts count as this machine."""

from __future__ import annotations

import pytest

from mailbot.post.protection import is_loopback


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.8.9.10", "::1", "[::1]"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "0.0.0.0",  # noqa: S104 - it is only asked about
        "::",
        "10.0.0.1",
        "128.0.0.1",
        "localhost.harbourpine.example",
        "127.0.0.1.client.example",
        "127.1",
    ],
)
def test_everything_else_is_another_machine(host: str) -> None:
    assert not is_loopback(host)
