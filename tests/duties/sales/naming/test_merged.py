"""Two clients that were made one: reps may go on writing the name that went."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from mailbot.records.merging import MergeClients
from mailbot.records.tables import Client
from tests.duties.sales.mails import mail
from tests.duties.sales.road import Road
from tests.duties.sales.test_situations import FRIDAY, MINUTE


def test_the_name_that_went_books_for_the_client_that_was_kept_until_they_are_parted(road: Road) -> None:
    with road.database.reading() as session:
        ids = {client.name: client.id for client in session.scalars(select(Client))}
    merging = MergeClients(ids["North Star Logistics"], "North Star Logistics", ids["Delphi Windows"], "Delphi Windows")
    merged = road.by_hand("merge", "They are one.", merging, FRIDAY)

    road.arrives(mail("Delphi Windows 1,200.00\nBeta Freight 300.00\n", at=FRIDAY), FRIDAY)
    assert road.ledger() == [
        ("North Star Logistics", Decimal(1200), "USD"),
        ("Beta Freight", Decimal(300), "USD"),
    ]

    road.take_back(merged, FRIDAY + MINUTE)
    later = FRIDAY + 2 * MINUTE
    road.arrives(mail("Delphi Windows 450.00\n", at=later), later)
    assert road.ledger()[-1] == ("Delphi Windows", Decimal(450), "USD")
