"""Reading a folder: nothing is overlooked, nothing is read twice, and what is not ours stays where it lies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from mailbot.config import Limits, MailboxSettings
from mailbot.errors import Never, TryAgain
from mailbot.records import arrivals
from mailbot.records.arrivals import BYTES_AT_ONCE, Mark
from mailbot.records.tables import ArrivalState
from tests.crash import company
from tests.service.bench import Benches, FakeInbox, FakeOutgoing

START_NOW = MailboxSettings(host="127.0.0.1", start="now")
START_ALL = MailboxSettings(host="127.0.0.1", start="all")
A_WEEK = timedelta(days=7)


def test_mails_from_before_the_first_start_stay_untouched(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.problem(2), received=company.NOW - A_WEEK)
    bench = desks.desk(inbox, mailbox=START_NOW)
    assert bench.step() == 0
    assert (sorted(inbox.lying), inbox.fetched, bench.arrivals()) == ([1, 2], [], [])
    inbox.receive(company.problem(3))
    bench.step()
    assert inbox.fetched == [3]
    assert bench.kinds() == {"issue": 1}


def test_a_mail_that_comes_within_the_second_of_the_first_start_is_read(desks: Benches) -> None:
    """INTERNALDATE has whole seconds, the clock of the desk has not: the mail seems to be older than the start."""
    desks.clock.advance(timedelta(milliseconds=700))
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, mailbox=START_NOW)
    bench.step()
    inbox.receive(company.problem(1))
    bench.step()
    assert bench.kinds() == {"issue": 1}


def test_an_old_mail_that_a_person_moves_into_the_inbox_is_read(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox, mailbox=START_NOW)
    bench.step()
    inbox.receive(company.problem(1), received=company.NOW - A_WEEK)
    bench.step()
    assert bench.kinds() == {"issue": 1}


def test_a_server_that_names_no_next_uid_does_not_make_old_mail_new(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock, says_uidnext=False)
    inbox.receive(company.problem(1), received=company.NOW - A_WEEK)
    bench = desks.desk(inbox, mailbox=START_NOW)
    bench.step()
    inbox.receive(company.problem(2))
    bench.step()
    assert inbox.fetched == [2]


def test_a_new_uidvalidity_answers_none_of_200_known_mails_again(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(0), received=company.NOW - A_WEEK)  # from before the first start
    outgoing = FakeOutgoing()
    desks.clients = 202
    bench = desks.desk(inbox, outgoing, mailbox=START_NOW, letters_per_hour=1000)
    inbox.before = _never_move  # so that all known mails still lie in the inbox when it is numbered anew
    bench.step()
    inbox.receive(*(company.problem(number) for number in range(1, 201)))
    with pytest.raises(TryAgain, match="moves are not possible"):
        bench.step()
    bench.service.dispatch.step()
    letters = len(outgoing.handed_over)
    assert bench.kinds() == {"issue": 200}

    inbox.before = lambda _: None
    inbox.number_anew()
    inbox.receive(company.problem(201))
    bench.step()
    assert bench.kinds() == {"issue": 201, "duplicate": 200}
    assert len(outgoing.handed_over) - letters == letters // 200
    assert set(outgoing.times().values()) == {1}
    assert next(iter(inbox.lying.values())).received == company.NOW - A_WEEK
    assert len(inbox.lying) == 1


def _never_move(command: str) -> None:
    if command == "move":
        raise TryAgain("moves are not possible now")


def test_what_is_moved_into_a_renumbered_inbox_is_read_and_what_lay_there_before_our_time_is_not(
    desks: Benches,
) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), received=company.NOW - A_WEEK)
    bench = desks.desk(inbox, mailbox=START_NOW)
    bench.step()
    inbox.number_anew()
    bench.step()
    inbox.receive(company.problem(2), received=company.NOW - A_WEEK)
    bench.step()
    assert bench.kinds() == {"issue": 1}
    assert sorted(inbox.lying) == [1]


def _expunging(inbox: FakeInbox, uid: int, at: str) -> Callable[[str], None]:
    def expunge(command: str) -> None:
        if command == at:
            inbox.lying.pop(uid, None)

    return expunge


def test_a_mail_that_is_expunged_between_listing_and_fetching_leaves_nothing_behind(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.problem(2), company.problem(3))
    inbox.before = _expunging(inbox, 2, at="fetch")
    bench = desks.desk(inbox)
    bench.step()
    assert [arrival.uid for arrival in bench.arrivals()] == [1, 3]
    assert bench.kinds() == {"issue": 2}


def test_a_mail_that_is_expunged_between_its_decision_and_its_move_stays_decided(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.problem(2))
    inbox.before = _expunging(inbox, 2, at="move")
    bench = desks.desk(inbox)
    bench.step()
    assert bench.kinds() == {"issue": 2}
    assert inbox.moved == [(1, "Done")]
    assert all(arrival.filed_at for arrival in bench.arrivals())
    assert bench.step() == 0


def test_a_mail_of_30_megabytes_is_never_fetched_and_said_once(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), size=30_000_000)
    inbox.receive(company.problem(2))
    bench = desks.desk(inbox)
    bench.step()
    desks.after_all_leases()
    bench = desks.desk(inbox)
    bench.step()
    assert inbox.fetched == [2]
    assert bench.kinds() == {"issue": 1, "too big": 1}
    assert [letter.recipient for letter in bench.letters("alarm-mail")] == [company.MARA]
    assert sorted(inbox.moved) == [(1, "Held"), (2, "Done")]


def test_a_mail_just_as_large_as_the_limit_is_read(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), size=25_000_000)
    bench = desks.desk(inbox, limits=Limits(mail_megabytes=25))
    bench.step()
    assert bench.kinds() == {"issue": 1}


def test_a_folder_that_takes_no_mail_stops_the_moving_and_not_the_reading(desks: Benches) -> None:
    def full(command: str) -> None:
        if command == "move":
            raise Never("the quota of the mailbox is used up")

    desks.clients = 120
    inbox = FakeInbox(desks.clock, before=full)
    inbox.receive(*(company.problem(number) for number in range(120)))  # three batches
    bench = desks.desk(inbox)
    with pytest.raises(Never, match="quota"):
        bench.step()
    assert bench.kinds() == {"issue": 120}
    inbox.before = lambda _: None
    bench.step()
    assert len(inbox.moved) == 120
    assert bench.kinds() == {"issue": 120}


def test_a_step_ends_with_its_batch_when_the_desk_is_told_to_leave(desks: Benches) -> None:
    desks.clients = 120
    inbox = FakeInbox(desks.clock)
    inbox.receive(*(company.problem(number) for number in range(120)))
    bench = desks.desk(inbox, mailbox=START_ALL.model_copy(update={"batch": 50}))
    bench.intake.close()
    assert bench.intake.step() == 50
    assert bench.kinds() == {"issue": 50}
    fetched_ahead = [arrival for arrival in bench.arrivals() if arrival.state is ArrivalState.ACCEPTED]
    assert len(fetched_ahead) == 50
    assert {arrival.lease_of for arrival in fetched_ahead} == {None}  # for whoever comes next


def test_batches_are_cut_by_bytes_as_well_as_by_number() -> None:
    mails = [BYTES_AT_ONCE // 2] * 5 + [1] * 5 + [BYTES_AT_ONCE + 1]
    cut = [len(portion) for portion in arrivals.portions(mails, 4, lambda size: size)]
    assert cut == [2, 2, 4, 2, 1]
    assert list(arrivals.portions([], 4, lambda size: size)) == []


def test_waiting_mails_are_claimed_no_more_than_fit_into_memory(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.heavy(2, BYTES_AT_ONCE // 2), company.heavy(3, BYTES_AT_ONCE // 2))
    bench = desks.desk(inbox, limits=Limits(mail_megabytes=100))
    claims: list[int] = []
    with bench.office.database.writing() as session:
        for uid, mail in sorted(inbox.lying.items()):
            lease = bench.service.intakes[0]._settling.lease()
            found = arrivals.accept(
                session, "desk", "INBOX", 1, [arrivals.Incoming(uid, mail.size, company.NOW, mail.raw)], lease
            )
            arrivals.let_go(session, [one.id for one in found], lease.worker)
        while found := arrivals.claim(session, lease, company.NOW, 50):
            claims.append(len(found))
    assert claims == [2, 1]


def test_of_two_desks_that_start_at_once_the_first_says_where_reading_begins(desks_on_both: Benches) -> None:
    bench = desks_on_both.desk(FakeInbox(desks_on_both.clock))
    first = Mark(7, first_uid=10, last_uid=9, renumbered_below=0, since=company.NOW)
    second = Mark(7, first_uid=12, last_uid=11, renumbered_below=0, since=company.NOW + timedelta(seconds=1))
    database = bench.office.database
    with database.writing() as session:
        assert arrivals.begin_mark(session, "other", "INBOX", first) == first
    with database.writing() as session:
        assert arrivals.begin_mark(session, "other", "INBOX", second) == first
    with database.writing() as session:
        arrivals.advance_mark(session, "other", "INBOX", 7, 20)
        arrivals.advance_mark(session, "other", "INBOX", 7, 15)
        arrivals.advance_mark(session, "other", "INBOX", 6, 99)
    with database.reading() as session:
        mark = arrivals.read_mark(session, "other", "INBOX")
    assert mark is not None
    assert (mark.uidvalidity, mark.last_uid) == (7, 20)
