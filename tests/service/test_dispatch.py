"""Handing letters over: never twice, never forgotten, and what nobody can know is named once."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select, update

from mailbot.clock import SetClock
from mailbot.config import Security, SmtpSettings
from mailbot.duties.desk import DUTY as DESK
from mailbot.duties.desk.actions import SettleLetter
from mailbot.errors import Never, TryAgain
from mailbot.post.ports import Accepted, Envelope, NotSent, Outcome, Outgoing, Refused, Unsure, always
from mailbot.post.smtp import SmtpOutgoing
from mailbot.records import outbox_status
from mailbot.records.outbox_status import InTrouble
from mailbot.records.tables import DecisionRow, LetterRow, LetterState, Pause, TaskRow
from mailbot.service.by_hand import ByHand
from mailbot.service.health import examine_outbox
from mailbot.service.observation import Wellness
from tests.crash import company, poison
from tests.scriptedserver import Line, Script, scripted_server
from tests.service.bench import Bench, Benches, FakeInbox, FakeOutgoing


def _one_issue(desks: Benches, outgoing: Outgoing, **more: float) -> Bench:
    """A desk that has to answer a contact, and to tell a rep."""
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1))
    bench = desks.desk(inbox, outgoing, **more)  # type: ignore[arg-type]
    bench.intake.step()
    return bench


def _states(bench: Bench) -> list[LetterState]:
    return [letter.state for letter in bench.letters() if not letter.purpose.startswith("alarm-")]


def test_letters_are_handed_over_once(desks: Benches) -> None:
    outgoing = FakeOutgoing()
    bench = _one_issue(desks, outgoing)
    assert bench.service.dispatch.step() == 2
    assert bench.service.dispatch.step() == 0
    assert _states(bench) == [LetterState.SENT, LetterState.SENT]
    assert set(outgoing.times().values()) == {1}


def test_a_temporary_refusal_is_tried_again_later_and_not_before(desks: Benches) -> None:
    outgoing = FakeOutgoing(answer=lambda _: Refused(temporary=True, code=451, reply="451 greylisted"))
    bench = _one_issue(desks, outgoing)
    bench.service.dispatch.step()
    bench.service.dispatch.step()
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]
    assert set(outgoing.times().values()) == {1}
    outgoing.answer = lambda _: Accepted("250 taken")
    desks.clock.advance(timedelta(minutes=1))
    assert bench.service.dispatch.step() == 2
    assert bench.kinds() == {"issue": 1}


@pytest.mark.parametrize(
    ("outcome", "state", "kind"),
    [
        (Refused(temporary=False, code=550, reply="550 5.1.1 no such user"), LetterState.REFUSED, "refused letter"),
        (Unsure("the connection was lost"), LetterState.UNSURE, "unsure letter"),
    ],
)
def test_a_letter_in_trouble_is_named_to_the_coordinator_once_for_each_hand_over(
    desks_on_both: Benches, outcome: Outcome, state: LetterState, kind: str
) -> None:
    def answer(envelope: Envelope) -> Outcome:
        return outcome if envelope.recipient.startswith("contact@") else Accepted("250 taken")

    outgoing = FakeOutgoing(answer=answer)
    bench = _one_issue(desks_on_both, outgoing)
    for _ in range(3):
        bench.service.dispatch.step()
        desks_on_both.after_all_leases()
    assert _states(bench) == [state, LetterState.SENT]
    assert bench.kinds()[kind] == 1
    assert [letter.recipient for letter in bench.letters("alarm-letter")] == [company.MARA]
    with bench.office.database.writing() as session:  # as a person's "again" does
        letter = session.get_one(LetterRow, 1)
        letter.state, letter.try_after = LetterState.WAITING, desks_on_both.clock.now()
        session.flush()
    for _ in range(2):
        bench.service.dispatch.step()
        desks_on_both.after_all_leases()
    assert bench.kinds()[kind] == 2
    assert len(bench.letters("alarm-letter")) == 2


def test_two_desks_that_see_the_same_letter_in_trouble_name_it_once(desks_on_both: Benches) -> None:
    bench = _one_issue(desks_on_both, FakeOutgoing(answer=lambda _: Unsure("lost")))
    seen: list[InTrouble] = []

    def look(place: str, /) -> None:
        if place == "noted":
            seen.extend(watched.read(outbox_status.in_trouble))

    watched = desks_on_both.desk(FakeInbox(desks_on_both.clock), bench.service.dispatch._outgoing, checkpoint=look)
    watched.service.dispatch.step()  # names them after the place at which both had seen them
    assert len(seen) == 2
    for letter in seen:
        bench.service.dispatch._incidents._about_letter(letter)
    assert bench.kinds()["unsure letter"] == 2
    assert sorted(letter.object for letter in bench.letters("alarm-letter")) == ["I-0101", "I-0101.2"]


def test_without_a_coordinator_a_letter_in_trouble_is_written_down_once(desks: Benches) -> None:
    desks.is_founded = True  # nobody works here
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1))
    bench = desks.desk(inbox, FakeOutgoing(answer=lambda _: Unsure("lost")))
    for _ in range(3):
        bench.step()
    assert bench.letters("alarm-letter") == []
    assert bench.kinds()["unsure letter"] == len(bench.letters())


@pytest.mark.parametrize("is_away", [True, False], ids=["nobody answers", "lost before the end of DATA"])
def test_a_server_that_cannot_be_reached_makes_letters_wait_and_none_unsure(desks: Benches, is_away: bool) -> None:
    outgoing = FakeOutgoing(answer=lambda _: NotSent("lost before the end"), is_away=is_away)
    bench = _one_issue(desks, outgoing)
    assert bench.service.dispatch.step() == 0
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]
    assert bench.letters()[0].reply == ("nobody answers" if is_away else "lost before the end")
    desks.after_all_leases()
    outgoing.answer, outgoing.is_away = lambda _: Accepted("250 taken"), False
    assert bench.service.dispatch.step() == 2
    assert bench.kinds() == {"issue": 1}


def test_a_letter_that_was_taken_stays_taken_when_the_next_one_finds_nobody(desks: Benches) -> None:
    def take_and_go(_: Envelope) -> Outcome:
        outgoing.is_away = True
        return Accepted("250 taken")

    outgoing = FakeOutgoing(answer=take_and_go)
    bench = _one_issue(desks, outgoing)
    bench.service.dispatch.step()
    assert _states(bench) == [LetterState.SENT, LetterState.WAITING]


def test_a_wrong_password_leaves_every_letter_waiting(desks: Benches) -> None:
    def refuse(_: Envelope) -> Outcome:
        raise Never("the login is refused: check user and password")

    outgoing = FakeOutgoing(answer=refuse)
    bench = _one_issue(desks, outgoing)
    for _ in range(3):
        with pytest.raises(Never):
            bench.service.dispatch.step()
        desks.after_all_leases()
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]
    outgoing.answer = lambda _: Accepted("250 taken")
    desks.after_all_leases()
    assert bench.service.dispatch.step() == 2
    assert bench.kinds() == {"issue": 1}, "no letter was called unsure"


def test_a_hand_over_that_takes_ten_minutes_is_not_taken_for_a_crash(desks: Benches) -> None:
    other = desks.desk(FakeInbox(desks.clock), FakeOutgoing())

    def slowly(_: Envelope) -> Outcome:
        desks.clock.advance(timedelta(minutes=10))
        other.service.dispatch.step()
        return Accepted("250 taken")

    outgoing = FakeOutgoing(answer=slowly)
    bench = _one_issue(desks, outgoing)
    bench.service.dispatch.step()
    assert set(_states(bench)) == {LetterState.SENT}
    assert bench.kinds() == {"issue": 1}


def test_what_became_of_a_letter_is_kept_until_the_database_takes_it(desks: Benches) -> None:
    """Another process has the database for a while, just when the server has taken the letter."""
    rival = sqlite3.connect(desks.url.removeprefix("sqlite:///"), isolation_level=None)

    def lock(_: Envelope) -> Outcome:
        if not rival.in_transaction:
            rival.execute("BEGIN IMMEDIATE")
        return Accepted("250 taken")

    outgoing = FakeOutgoing(answer=lock)
    bench = _one_issue(desks, outgoing, busy_seconds=0.05)
    with pytest.raises(TryAgain, match="locked"):
        bench.service.dispatch.step()
    rival.execute("ROLLBACK")
    rival.close()
    desks.after_all_leases()
    outgoing.answer = lambda _: Accepted("250 taken")
    bench.service.dispatch.step()
    assert set(_states(bench)) == {LetterState.SENT}
    assert sorted(outgoing.times().values()) == [1, 1]
    assert bench.kinds() == {"issue": 1}


def test_over_the_limit_of_an_hour_sending_stops_until_a_person_resumes_it(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(*(company.problem(number) for number in range(5)))
    outgoing = FakeOutgoing()
    bench = desks.desk(inbox, outgoing, letters_per_hour=4)
    bench.step()
    desks.clock.advance(timedelta(hours=2))
    bench.step()
    recipients = [envelope.recipient for envelope in outgoing.handed_over]
    assert len(recipients) == 5
    assert recipients[-1] == company.MARA, "the alarm goes out"
    assert bench.kinds()["circuit broken"] == 1
    with bench.office.database.writing() as session:  # as a person's "resume" does
        session.get_one(Pause, 1).until = desks.clock.now()
        session.flush()
    desks.clock.advance(timedelta(seconds=1))
    bench.service.dispatch.step()
    assert len(outgoing.handed_over) > 5


def test_exactly_so_many_letters_as_an_hour_allows_stop_nothing(desks: Benches) -> None:
    outgoing = FakeOutgoing()
    bench = _one_issue(desks, outgoing, letters_per_hour=2)
    assert bench.service.dispatch.step() == 2
    assert bench.kinds() == {"issue": 1}


@pytest.mark.parametrize("how", ["too big", "set aside"])
def test_mails_that_strangers_make_unreadable_become_few_letters_and_never_silence_the_desk(
    desks: Benches, how: str
) -> None:
    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    bench = desks.desk(inbox, outgoing, letters_per_hour=20)
    for number in range(25):
        if how == "too big":
            inbox.receive(company.problem(number), size=200_000_000)
        else:
            inbox.receive(company.poisoned(poison.UNWRITABLE, number))
    for _ in range(6):
        bench.step()
        desks.clock.advance(timedelta(minutes=2))

    assert bench.kinds() == {how: 25}
    assert len(bench.letters("alarm-mail")) == 2
    assert bench.read(lambda session: session.scalar(select(func.count(TaskRow.id)))) == 23
    inbox.receive(company.problem(1))
    bench.step()
    assert bench.kinds() == {how: 25, "issue": 1}
    assert outgoing.handed_over[-1].recipient != company.MARA


def test_a_letter_is_given_up_days_after_it_was_first_tried_however_long_it_had_waited(desks: Benches) -> None:
    outgoing = FakeOutgoing(is_away=True)
    bench = _one_issue(desks, outgoing)
    for _ in range(3):  # the desk was off, and then its server
        desks.clock.advance(timedelta(days=5))
        bench.service.dispatch.step()
    outgoing.is_away = False
    outgoing.answer = lambda _: Refused(temporary=True, code=451, reply="451 greylisted")
    desks.clock.advance(timedelta(days=1))
    bench.service.dispatch.step()
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]
    desks.clock.advance(timedelta(days=3))
    bench.service.dispatch.step()
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]

    desks.clock.advance(timedelta(days=2))
    bench.service.dispatch.step()
    assert _states(bench) == [LetterState.REFUSED, LetterState.REFUSED]


def test_a_letter_that_a_person_sends_once_more_has_its_days_again(desks: Benches) -> None:
    outgoing = FakeOutgoing(answer=lambda _: Refused(temporary=True, code=451, reply="451 greylisted"))
    bench = _one_issue(desks, outgoing)
    bench.service.dispatch.step()
    desks.clock.advance(timedelta(days=5))
    bench.service.dispatch.step()
    (first, *_) = [letter for letter in bench.letters() if letter.state is LetterState.REFUSED]
    office = bench.office
    by_hand = ByHand(office.database, office.desk, DESK, office.secret, desks.clock, lambda: office.orders.templates)
    by_hand.decide("again", "Sent once more.", [SettleLetter(first.ref, was_sent=False)])
    bench.service.dispatch.step()
    assert [letter.state for letter in bench.letters() if letter.ref == first.ref] == [LetterState.WAITING]


def test_a_letter_that_was_taken_back_while_it_was_handed_over_is_not_tried_again(desks_on_both: Benches) -> None:
    bench = _one_issue(desks_on_both, FakeOutgoing())

    def is_taken_back(_: Envelope) -> Outcome:
        with bench.office.database.writing() as session:
            issue = session.scalars(select(DecisionRow).where(DecisionRow.kind == "issue")).one()
            issue.undone_by = issue.id
        return Refused(temporary=True, code=451, reply="451 greylisted")

    outgoing = FakeOutgoing(answer=is_taken_back)
    other = desks_on_both.desk(FakeInbox(desks_on_both.clock), outgoing)
    other.service.dispatch.step()
    assert LetterState.WITHDRAWN in _states(bench)
    desks_on_both.clock.advance(timedelta(hours=1))
    handed_over = len(outgoing.handed_over)
    other.service.dispatch.step()
    assert len(outgoing.handed_over) == handed_over


def test_letters_are_given_back_when_the_desk_is_told_to_leave(desks: Benches) -> None:
    outgoing = FakeOutgoing()
    bench = _one_issue(desks, outgoing)

    def leave(_: Envelope) -> Outcome:
        bench.service.dispatch.close()
        return Accepted("250 taken")

    outgoing.answer = leave
    assert bench.service.dispatch.step() == 1
    assert _states(bench) == [LetterState.SENT, LetterState.WAITING]
    assert desks.desk(FakeInbox(desks.clock), outgoing).service.dispatch.step() == 1


def _greeting(line: Line) -> None:
    line.say("220 mx.harbourpine.example ESMTP")
    line.hear()
    line.say("250 mx.harbourpine.example")


def _envelope(line: Line) -> None:
    for reply in ("250 sender ok", "250 recipient ok", "354 go on"):
        line.hear()
        line.say(reply)


def _letter(line: Line) -> None:
    while line.hear() not in (b".", None):
        pass


def _refuses_for_now(line: Line) -> None:
    _greeting(line)
    line.hear()
    line.say("451 4.3.0 try again later")
    line.hear()


def _refuses_for_good(line: Line) -> None:
    _greeting(line)
    _envelope(line)
    _letter(line)
    line.say("554 5.7.1 we do not want this")
    line.hear()


def _hangs_up_before_the_letter(line: Line) -> None:
    _greeting(line)
    line.hear()


def _hangs_up_instead_of_an_answer(line: Line) -> None:
    _greeting(line)
    _envelope(line)
    _letter(line)


def _takes_it(line: Line) -> None:
    _greeting(line)
    _envelope(line)
    _letter(line)
    line.say("250 2.0.0 taken")
    line.hear()


@pytest.mark.parametrize(
    ("script", "state"),
    [
        (_refuses_for_now, LetterState.WAITING),
        (_refuses_for_good, LetterState.REFUSED),
        (_hangs_up_before_the_letter, LetterState.WAITING),
        (_hangs_up_instead_of_an_answer, LetterState.UNSURE),
        (_takes_it, LetterState.SENT),
    ],
)
def test_what_a_server_does_to_a_letter_on_the_wire_is_what_the_outbox_says(
    desks: Benches, script: Script, state: LetterState
) -> None:
    with scripted_server(script) as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security=Security.PLAINTEXT_LOOPBACK)
        bench = _one_issue(desks, SmtpOutgoing(settings, settings.password))
        bench.service.dispatch.step()
        assert bench.letters()[0].state is state
        assert server.heard.count(b".") == (state is not LetterState.WAITING)
        bench.service.dispatch.close()


# --- a server that refuses connections ---


@dataclass(slots=True)
class Counted:
    """The real way out, and how often it was asked."""

    way: SmtpOutgoing
    asked: int = 0

    def send(self, envelope: Envelope, begin: Callable[[], bool] = always) -> Outcome:
        self.asked += 1
        return self.way.send(envelope, begin)

    def close(self) -> None:
        self.way.close()


@pytest.fixture
def refused_port() -> Iterator[int]:
    """A port that is bound and not listened at: who connects there is refused."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])


def _way_out(port: int) -> Counted:
    settings = SmtpSettings(host="127.0.0.1", port=port, security=Security.PLAINTEXT_LOOPBACK, timeout_seconds=30)
    return Counted(SmtpOutgoing(settings, SecretStr("")))


def _asked_at(bench: Bench, clock: SetClock, outgoing: Counted, minutes: int) -> list[int]:
    """The seconds after which the server was asked, while the bell rings every five of them."""
    found: list[int] = []
    for second in range(0, minutes * 60 + 1, 5):
        before = outgoing.asked
        bench.service.dispatch.step()
        found += [second] * (outgoing.asked - before)
        clock.advance(timedelta(seconds=5))
    return found


def test_a_server_that_refuses_is_asked_after_pauses_that_double_up_to_five_minutes(
    desks: Benches, refused_port: int
) -> None:
    outgoing = _way_out(refused_port)
    bench = _one_issue(desks, outgoing)
    asked = _asked_at(bench, desks.clock, outgoing, minutes=30)
    pauses = [later - earlier for earlier, later in pairwise(asked)]
    # After 20 seconds no letter is due: each was tried, and waits a minute itself.
    assert pauses == [10, 50, 40, 80, 160, 300, 300, 300, 300]
    assert _states(bench) == [LetterState.WAITING, LetterState.WAITING]


def test_that_the_server_is_away_is_logged_once_and_once_that_it_is_back(
    desks: Benches, caplog: pytest.LogCaptureFixture
) -> None:
    outgoing = FakeOutgoing(is_away=True)
    bench = _one_issue(desks, outgoing)
    for _ in range(10):
        bench.service.dispatch.step()
        desks.clock.advance(timedelta(minutes=6))
    outgoing.is_away = False
    assert bench.service.dispatch.step() == 2
    told = [record.getMessage() for record in caplog.records if record.name == "mailbot.service.reaching"]
    assert [message.partition(":")[0].partition(";")[0] for message in told] == ["letters wait", "letters go out again"]
    assert "nobody answers" in told[0]


def test_the_first_letter_that_is_taken_ends_the_pauses(desks: Benches) -> None:
    outgoing = FakeOutgoing(is_away=True)
    bench = _one_issue(desks, outgoing)
    for _ in range(6):
        bench.service.dispatch.step()
        desks.clock.advance(timedelta(minutes=6))
    outgoing.is_away = False
    bench.service.dispatch.step()
    inbox = bench.intake._inbox
    assert isinstance(inbox, FakeInbox)
    inbox.receive(company.problem(2))
    bench.intake.step()
    outgoing.is_away = True
    assert bench.service.dispatch.step() == 0
    outgoing.is_away = False
    desks.clock.advance(timedelta(seconds=10))
    assert bench.service.dispatch.step() > 0, "the pauses begin anew with the shortest"


def test_a_clock_that_is_set_back_ends_the_pause(desks: Benches) -> None:
    outgoing = FakeOutgoing(is_away=True)
    bench = _one_issue(desks, outgoing)
    bench.service.dispatch.step()
    outgoing.is_away = False
    assert bench.service.dispatch.step() == 0, "the pause lasts"
    with bench.office.database.writing() as session:
        session.execute(update(LetterRow).values(try_after=desks.clock.now() - timedelta(hours=2)))
    desks.clock.advance(-timedelta(hours=1))
    assert bench.service.dispatch.step() == 2


def test_health_names_the_letters_that_wait_because_the_server_is_away(desks: Benches) -> None:
    outgoing = FakeOutgoing(is_away=True)
    bench = _one_issue(desks, outgoing)
    assert examine_outbox(bench.office.database) == (), "letters that were not tried yet are no trouble"
    bench.service.dispatch.step()
    (finding,) = examine_outbox(bench.office.database)
    assert finding.wellness is Wellness.WARN
    assert "1 letter waits" in finding.what
    assert "nobody answers" in finding.what
    outgoing.is_away = False
    desks.clock.advance(timedelta(minutes=1))
    bench.service.dispatch.step()
    assert examine_outbox(bench.office.database) == ()
