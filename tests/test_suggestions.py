"""What is suggested for a host that does not exist."""

from __future__ import annotations

import pytest

from mailbot.suggestions import meant_host

KNOWN = ("northstar.example", "delphiwindows.example", "mueller-bau.example")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("delphiwindos.example", "delphiwindows.example"),
        ("www.delphiwindos.example", "delphiwindows.example"),
        ("Delphi-Windows.example", "delphiwindows.example"),
        ("muller-bau.example", "mueller-bau.example"),
        ("globex.example", None),
        ("delphiwindows.example", None),
        ("www.delphiwindows.example", None),
    ],
)
def test_a_mistyped_host_leads_to_the_one_that_was_meant(written: str, meant: str | None) -> None:
    assert meant_host(written, KNOWN) == meant


def test_where_nothing_is_known_nothing_is_suggested() -> None:
    assert meant_host("delphiwindos.example", ()) is None
