"""Full mailboxes and busy servers: a day is a point, points fade, and only what goes on gives an address up."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from mailbot.records.decision import Decision
from mailbot.records.tables import Address
from tests.duties.bounces.road import BOUNCED_AT, Road
from tests.duties.bounces.sample_reports import KAREN, About, Sent, report

TOM = "tom@harbourpine.example"
FULL = About(status="4.2.2", diagnostic="smtp; 452 4.2.2 over quota")
DELAY = About(action="delayed", status="4.4.1", diagnostic="smtp; 451 try later")
A_DAY = timedelta(days=1)


def comes_back(road: Road, number: int, after: timedelta, about: About = FULL) -> Decision:
    """A letter of its own comes back so long after the first."""
    letter = Sent(number)
    road.has_written(letter)
    raw = report(about, to=letter.reply_address, returned=letter.headers(), message_id=f"{number}@mx.example")
    return road.arrives(raw, BOUNCED_AT + after)


def on_days(road: Road, *days: int, first: int = 300, about: About = FULL) -> list[Decision]:
    return [comes_back(road, first + at, day * A_DAY, about) for at, day in enumerate(days)]


def test_a_mailbox_that_stays_full_is_given_up_and_its_owner_asked(either_road: Road) -> None:
    road = either_road
    decisions = on_days(road, 0, 1, 2)
    assert road.addresses_that_are_not_ok() == {}
    assert [road.written_by(decision) for decision in decisions] == [{}, {}, {}]

    (last,) = on_days(road, 3, first=310)

    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}
    text = road.written_by(last)[TOM].text
    assert "have come back on 4 days since 4 Nov" in text
    assert "is full, and I stop trying" in text
    assert len(road.questions()) == 1


def test_ten_on_one_day_are_one(road: Road) -> None:
    for number in range(10):
        comes_back(road, 300 + number, number * timedelta(minutes=5))

    assert len(road.bounces()) == 10
    assert road.addresses_that_are_not_ok() == {}


def test_what_lies_far_back_fades(road: Road) -> None:
    on_days(road, 0, 40, 80, 120, 160)

    assert road.addresses_that_are_not_ok() == {}


def test_delays_count_for_nothing(road: Road) -> None:
    decisions = on_days(road, 0, 1, 2, 3, 4, 5, about=DELAY)

    assert {decision.rule for decision in decisions} == {"bounces.delayed"}
    assert road.addresses_that_are_not_ok() == {}


def test_a_letter_that_is_delayed_and_then_fails_counts_as_one(road: Road) -> None:
    letter = Sent(300)
    road.has_written(letter)
    for about, hours in ((DELAY, 0), (DELAY, 4), (FULL, 30), (FULL, 31)):
        raw = report(about, to=letter.reply_address, returned=letter.headers(), message_id=f"{hours}@mx.example")
        road.arrives(raw, BOUNCED_AT + timedelta(hours=hours))

    assert [bounce.outcome for bounce in road.bounces()] == ["delayed", "failed"]
    on_days(road, 2, 3, first=310)
    assert road.addresses_that_are_not_ok() == {}


def test_an_address_that_was_seen_to_work_meanwhile_starts_at_zero(road: Road) -> None:
    on_days(road, 0, 1, 2)
    with road.database.writing() as session:
        seen = BOUNCED_AT + 2 * A_DAY + timedelta(hours=1)
        session.execute(update(Address).where(Address.key == KAREN).values(last_ok=seen))

    on_days(road, 3, 4, 5, first=310)
    assert road.addresses_that_are_not_ok() == {}
    on_days(road, 6, first=320)
    assert road.addresses_that_are_not_ok() == {KAREN: "undeliverable"}


def test_a_bounce_that_was_taken_back_counts_no_longer(road: Road) -> None:
    first, *_ = on_days(road, 0, 1, 2)
    road.take_back(first, BOUNCED_AT + 2 * A_DAY)

    on_days(road, 3, first=310)
    assert road.addresses_that_are_not_ok() == {}
