"""What has to be seen before it counts: the kinds that the settings name, and whatever somebody gave a link to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailbot.config import ContractsSettings
from mailbot.duties.departments.claims import Outcome, claimed
from mailbot.duties.departments.facts import Item, Said, Says
from mailbot.duties.departments.letters import what
from mailbot.records.contracts.tables import DeliverableState

SHIPPED = frozenset({"banner", "link"})


def item(kind: str, *, link: str | None = None, issue: str | None = None) -> Item:
    return Item(
        id=1,
        contract="K-2231",
        client_id=11,
        client="Delphi Windows",
        rep_id=1,
        department_id=2,
        kind=kind,
        words="12 episodes",
        issue=issue,
        percent=Decimal(0),
        list_price=None,
        currency="USD",
        starts_on=None,
        due_on=None,
        state=DeliverableState.ORDERED,
        proof=None,
        link=link,
        target=None,
        is_benefit=False,
        contact_id=None,
        contact=None,
    )


@pytest.mark.parametrize(
    ("kind", "seen", "outcome"),
    [
        ("banner", SHIPPED, Outcome.WHERE),
        ("podcast", SHIPPED, Outcome.DELIVERED),
        ("podcast", SHIPPED | {"podcast"}, Outcome.WHERE),
        ("banner", frozenset({"link"}), Outcome.DELIVERED),
    ],
)
def test_what_is_of_a_kind_that_must_be_seen_is_not_believed_without_a_page(
    kind: str, seen: frozenset[str], outcome: Outcome
) -> None:
    assert claimed(Said(item(kind), Says.DONE, "done"), None, seen).outcome is outcome


def test_a_link_is_looked_at_whatever_the_kind() -> None:
    said = Said(item("booth", link="https://coastalbuilder.example/booth"), Says.DONE, "done")

    assert claimed(said, None, frozenset()).outcome is Outcome.LOOKING


def test_the_settings_name_such_kinds_and_those_as_shipped_stay() -> None:
    kinds = {"podcast": {"words": ["podcast"], "seen": True}, "link": {"seen": False}}
    table = ContractsSettings.model_validate({"kinds": kinds})

    assert {name for name, kind in table.all_kinds().items() if kind.seen} == {"banner", "podcast"}


def test_an_issue_is_told_by_its_name_in_the_readers_language() -> None:
    january = item("ad", issue="2026-01")

    assert what(january) == "12 episodes: January 2026 issue"
    assert what(january, "de") == "12 episodes: Ausgabe Januar 2026"
    assert what(item("ad", issue="Special issue")) == "12 episodes: Special issue"
