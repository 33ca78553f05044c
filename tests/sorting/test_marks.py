"""Signs of a machine that people's own mail may carry too are told from all others."""

from __future__ import annotations

import pytest

from mailbot.sorting.automatic import automatic
from mailbot.sorting.model import Mark
from tests.sorting.world import known, mail


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        (("List-Id: <staff.harbourpine.example>",), Mark.LIST),
        (("List-Unsubscribe: <mailto:x@y.example>",), Mark.LIST),
        (("Precedence: list",), Mark.BULK),
        (("Precedence: bulk",), Mark.BULK),
        (("X-Auto-Response-Suppress: All",), Mark.NO_ANSWERS),
        (("X-Auto-Response-Suppress: All", "Precedence: bulk"), Mark.BULK),
        (("Precedence: bulk", "Auto-Submitted: auto-generated"), None),
        (("X-Auto-Response-Suppress: All", "Return-Path: <>"), None),
        (("Precedence: bulk", "X-Autoreply: yes"), None),
        (("List-Id: <a.b.example>", "From: noreply@b.example"), None),
        (("Auto-Submitted: auto-generated",), None),
    ],
)
def test_a_mark_counts_where_nothing_else_shows_a_machine(fields: tuple[str, ...], mark: Mark | None) -> None:
    found = automatic(mail(*fields), known())
    assert found is not None
    assert found.only_mark is mark
