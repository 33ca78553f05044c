"""The laws of the road, each with a test that names it. Where a law has a whole file of tests, it is named here."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from inspect import signature
from pathlib import Path

import pytest
from sqlalchemy import Table, select, text
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.config import SHIPPED
from mailbot.deciding.decide import decide
from mailbot.deciding.orders import StandingOrders
from mailbot.message import Limits, read
from mailbot.message.model import Clues
from mailbot.message.sealing import Cover
from mailbot.records.arrivals import Claimed
from mailbot.records.base import Base, Kept
from mailbot.records.decision import Action, Decision
from mailbot.records.known import Known
from mailbot.records.parties import people
from mailbot.records.recall import Read, known_by_the_clock
from mailbot.records.tables import Change, DecisionRow, RawMail
from mailbot.service.knowing import known_about
from mailbot.service.office import Office
from mailbot.sorting.sort import sort
from tests.crash import company, poison
from tests.schemas import migrated_file
from tests.service.bench import DUTIES, Bench, Benches, FakeInbox, FakeOutgoing, benches


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> StandingOrders:
    rules = poison.rules(tmp_path_factory.mktemp("rules") / "rules")
    return app.standing_orders(company.settings(company.NO_MAILBOX, company.NO_WAY_OUT, "sqlite://", rules), DUTIES)


@pytest.fixture
def desks(orders: StandingOrders, tmp_path: Path) -> Iterator[Benches]:
    with benches(orders, migrated_file(tmp_path / "desk.sqlite")) as made:
        yield made


def _hostile() -> list[bytes]:
    """Bytes that are hardly mail."""
    return [
        b"",
        b"\x00" * 1000,
        bytes(range(256)) * 20,
        b"From: " + b"(" * 50_000 + b"\r\n\r\n",
        b"Subject: =?utf-8?b?" + b"/" * 9_999 + b"?=\r\nFrom: a@b.example\r\n\r\n\xff\xfe",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 300,
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 20_000,
    ]


def test_law_1_a_mail_is_stored_raw_before_anything_looks_at_it(desks: Benches) -> None:
    stored: list[tuple[int, int]] = []

    def look(place: str, /) -> None:
        if place == "accepted":
            stored.append((len(bench.arrivals()), sum(bench.kinds().values())))

    inbox = FakeInbox(desks.clock)
    for hostile in _hostile():
        inbox.lay(hostile)
    inbox.receive(company.problem(1))
    raw = [mail.raw for mail in inbox.lying.values()]
    bench = desks.desk(inbox, checkpoint=look)
    bench.step()
    assert stored == [(len(raw), 0)]
    assert bench.read(lambda session: session.scalars(select(RawMail.content)).all()) == raw


def test_law_1_neither_a_message_id_nor_a_content_alone_makes_a_copy(desks: Benches) -> None:
    original = company.problem(1)
    same_id = original.replace(b"banner number 1", b"banner number 7")
    same_words = original.replace(b"problem-1@", b"another-1@")
    inbox = FakeInbox(desks.clock)
    inbox.receive(original, same_id, same_words, original)
    bench = desks.desk(inbox)
    bench.step()
    assert [kind for kind in _kinds_in_order(bench) if kind == "duplicate"] == ["duplicate"]
    assert _kinds_in_order(bench)[-1] == "duplicate"


def _kinds_in_order(bench: Bench) -> list[str]:
    kinds = select(DecisionRow.kind).where(DecisionRow.origin == "mail").order_by(DecisionRow.arrival_id)
    return list(bench.read(lambda session: session.scalars(kinds).all()))


def test_law_2_no_bytes_make_reading_sorting_or_deciding_raise(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    bench = desks.desk(inbox)
    for raw in _hostile():
        assert _decided(bench.office, raw).kind
    for raw in _hostile():
        inbox.lay(raw)
    bench.step()
    assert set(bench.decisions_of_mails().values()) == {1}
    assert len(bench.decisions_of_mails()) == len(_hostile())
    assert {arrival.tries for arrival in bench.arrivals()} == {0}


def _said_by(sender: str, words: str) -> bytes:
    return company.mail(sender, "numbers", words, f"{len(words)}@{sender.partition('@')[2]}")


def test_law_2_the_records_are_asked_without_a_word_of_the_mail_being_read(desks: Benches) -> None:
    """A mail whose seal holds nothing is known just as well, and by every duty: its words were read in the worker."""
    rep = "rep1@harbourpine.example"
    mails = [
        company.problem(1),
        _said_by(rep, "North Anchor Dental 12,500.50 and 86.40 for Anchor Windows"),
        _said_by(rep, "not 12,500 but 12,000 for North Anchor Dental"),
        _said_by(rep, "why is my oct commission 412? should be 500"),
        _said_by(rep, "lunch w/ North Anchor Tools 86.40"),
        _said_by(rep, "what of I-0042?"),
        _said_by(rep, "why N-0412"),
        _said_by(rep, "North Anchor Dental: Karen quit last week, contact1@client1.example bounced"),
        _said_by("rep.1@private.example", "my work mail is down, North Anchor Dental 1,900. Rep 1"),
        _said_by(company.MARA, "target Rep 1 Q4 60k"),
    ]
    inbox = FakeInbox(desks.clock)
    inbox.receive(*mails)
    office = dataclasses.replace(desks.desk(inbox).office, duties=app.DUTIES)
    listened: set[str] = set()
    with office.database.reading() as session:
        road = office.road().among(tuple(people(session).values()))
        for raw in (lying.raw for lying in inbox.lying.values()):
            claimed = Claimed(0, "", len(raw), desks.clock.now(), 0, None)
            sealed, clues = road.read(raw, Limits())
            listened |= clues.hints.keys()
            empty = dataclasses.replace(sealed, subject="", content=b"")
            whole, shut = (Read(claimed, each, clues) for each in (sealed, empty))
            (known,) = known_about(session, office, [whole], [1])
            assert list(known_about(session, office, [shut], [1])) == [known]
    assert listened >= {"bounces", "desk", "expenses", "issues", "sales"}


def test_law_2_no_word_of_a_mail_stands_on_its_cover_and_every_duty_asks_the_records_with_that_alone() -> None:
    assert {each.name: each.type for each in dataclasses.fields(Cover)} == {
        "message_id": "str | None",
        "content_hash": "str",
        "sender_key": "str | None",
        "date": "datetime | None",
        "has_files": "bool",
    }
    asking = [signature(duty.recall.load, eval_str=True).parameters for duty in app.DUTIES if duty.recall]
    assert len(asking) > 5
    for parameters in asking:
        assert [each.annotation for each in parameters.values()][-4:] == [Session, Cover, Clues, Known]


def test_law_2_mails_are_unsealed_on_the_pure_road_alone() -> None:
    sources = sorted((SHIPPED / "mailbot").rglob("*.py"))
    unsealing = [str(each.relative_to(SHIPPED)) for each in sources if "unseal" in each.read_text(encoding="utf-8")]
    assert unsealing == ["mailbot/message/sealing.py", "mailbot/service/road.py"]


def _decided(at: Office, raw: bytes) -> Decision:
    with at.database.reading() as session:
        known = known_by_the_clock(session, at.desk, at.secret, 101)
    message = read(raw)
    readers = [(duty.name, duty.read) for duty in at.duties]
    return decide(message, known, sort(message, known, readers), at.orders, at.clock.now())


def test_law_3_a_decision_is_frozen_data_with_every_yes_and_no_and_changes_nothing_by_itself(desks: Benches) -> None:
    bench = desks.desk(FakeInbox(desks.clock))
    before = _all_rows(bench)
    decision = _decided(bench.office, company.problem(1))
    assert _all_rows(bench) == before
    with pytest.raises(dataclasses.FrozenInstanceError):
        decision.kind = "another"  # type: ignore[misc]
    for kind in _every_action():
        assert dataclasses.is_dataclass(kind)
        assert kind.__dataclass_params__.frozen, kind  # type: ignore[attr-defined]


def _every_action(of: type[Action] = Action) -> Iterator[type[Action]]:
    for kind in of.__subclasses__():
        yield kind
        yield from _every_action(kind)


def _all_rows(bench: Bench) -> dict[str, int]:
    def count(session: object) -> dict[str, int]:
        return {
            table.name: len(session.execute(select(table)).all())  # type: ignore[attr-defined]
            for table in Base.metadata.sorted_tables
        }

    return bench.read(count)


def test_law_4_every_mail_has_one_decision_also_one_about_which_nothing_is_done(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(
        company.mail("somebody@else.example", "chairs", "We have chairs in many colours.\n", "chairs@else.example"),
        company.problem(1),
        company.sale(2),
    )
    bench = desks.desk(inbox)
    bench.step()
    assert bench.decisions_of_mails() == {1: 1, 2: 1, 3: 1}
    rows = bench.read(lambda session: session.scalars(select(DecisionRow).where(DecisionRow.arrival_id == 1)).all())
    assert [row.kind for row in rows] == ["nothing"]
    assert {asked["duty"] for asked in rows[0].trace["sorted_by"]} == {duty.name for duty in DUTIES}


def test_law_5_every_row_that_a_decision_made_is_kept_as_a_change(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1), company.sale(2))
    bench = desks.desk(inbox)
    bench.step()
    changes = {
        (change.decision_id, change.table_name, change.row_id)
        for change in bench.read(lambda session: session.scalars(select(Change)).all())
        if change.before is None
    }
    made: set[tuple[int, str, int]] = set()
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Kept) and isinstance(mapper.local_table, Table):
            table = mapper.local_table
            rows = select(table.c.made_by, table.c.id).where(table.c.made_by.is_not(None))
            made |= {(by, table.name, row) for by, row in bench.read(lambda session, q=rows: session.execute(q).all())}  # type: ignore[misc]
    assert {"issues", "sales_entries", "letters"} <= {table for _, table, _ in made}
    assert made <= changes


def test_law_6_nothing_is_sent_or_moved_before_the_commit(desks: Benches) -> None:
    """tests/crash kills the desk there as well."""

    class StoppedError(Exception):
        pass

    def stop(place: str, /) -> None:
        if place == "written":
            raise StoppedError

    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    inbox.receive(company.problem(1))
    bench = desks.desk(inbox, outgoing, checkpoint=stop)
    bench.step()  # a group that breaks is put back
    bench.service.dispatch.step()
    assert (inbox.moved, outgoing.handed_over, bench.kinds()) == ([], [], {})
    desks.after_all_leases()
    other = desks.desk(inbox, outgoing)
    other.step()
    assert (inbox.moved, len(outgoing.handed_over)) == ([(1, "Done")], len(other.letters()))


def test_law_7_a_crash_between_commit_and_answer_answers_once(desks: Benches) -> None:
    """The whole law: tests/crash/test_kill.py, tests/service/test_dispatch.py."""

    class KilledError(BaseException):
        pass

    def kill(place: str, /) -> None:
        if place == "committed":
            raise KilledError

    inbox, outgoing = FakeInbox(desks.clock), FakeOutgoing()
    inbox.receive(company.problem(1))
    with pytest.raises(KilledError):
        desks.desk(inbox, outgoing, checkpoint=kill).step()
    assert outgoing.handed_over == []
    for _ in range(2):
        desks.after_all_leases()
        bench = desks.desk(inbox, outgoing)
        bench.step()
    assert bench.kinds() == {"issue": 1}
    assert set(outgoing.times().values()) == {1}


_READINGS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.localtime"}


def test_law_8_only_the_clock_reads_the_time() -> None:
    """Jobs on days when the clocks change: tests/service/test_upkeep.py."""
    found = [
        f"{path.relative_to(SHIPPED)}:{node.lineno}"
        for path in sorted((SHIPPED / "mailbot").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _READINGS
    ]
    assert [place for place in found if not place.startswith("mailbot/clock.py:")] == []
    assert found, "the clock itself reads it, so this search sees what it looks for"


def test_law_9_a_session_that_reads_cannot_write(desks: Benches) -> None:
    """Replay on such a session: tests of mailbot/service/replay.py."""
    inbox = FakeInbox(desks.clock)
    inbox.receive(company.problem(1))
    bench = desks.desk(inbox)
    bench.step()
    before = _all_rows(bench)
    with pytest.raises(Exception, match="readonly"), bench.office.database.reading() as session:
        session.execute(text("DELETE FROM letters"))
    assert _all_rows(bench) == before
    assert before["letters"] > 0


def _panics(*_: object) -> object:
    raise MemoryError


_WORDS = poison.DUTY.vocabulary
_PANICKING_RULE = dataclasses.replace(_WORDS.verbs["burst"], plan=_panics)  # type: ignore[arg-type]
_BREAKING = {
    "a reader": ("read", _panics, company.problem(1)),
    "a rule": (
        "vocabulary",
        dataclasses.replace(_WORDS, verbs={"burst": _PANICKING_RULE}),
        company.poisoned(poison.UNWRITABLE),
    ),
    "a check": (
        "vocabulary",
        dataclasses.replace(_WORDS, values=_panics),  # type: ignore[arg-type]
        company.poisoned(poison.UNWRITABLE),
    ),
}


@pytest.mark.parametrize("what", _BREAKING)
def test_law_10_what_breaks_is_held_for_a_person_and_never_passes(tmp_path: Path, what: str) -> None:
    place, broken, raw = _BREAKING[what]
    duties = (*app.DUTIES, dataclasses.replace(poison.DUTY, **{place: broken}))  # type: ignore[arg-type]
    config = company.settings(
        company.NO_MAILBOX, company.NO_WAY_OUT, "sqlite://", rules=poison.rules(tmp_path / "rules")
    )
    with benches(app.standing_orders(config, duties), migrated_file(tmp_path / "desk.sqlite")) as desks:
        inbox = FakeInbox(desks.clock)
        inbox.receive(raw)
        bench = desks.desk(inbox, duties=duties)
        bench.step()
        (decision,) = _decisions_about_mails(bench)
        assert inbox.moved == [(1, "Held")]
        assert "MemoryError" in decision.summary
        assert {action["name"] for action in decision.actions} <= {"desk.open_task", "desk.send"}
        assert {letter.recipient for letter in bench.letters()} == {company.MARA}


def test_law_10_a_mail_without_authentication_has_no_effect(desks: Benches) -> None:
    inbox = FakeInbox(desks.clock)
    inbox.lay(company.problem(1))
    inbox.lay(company.sale(2))
    inbox.receive(company.problem(3))
    bench = desks.desk(inbox)
    bench.step()
    *unproven, proven = _decisions_about_mails(bench)
    assert [(decision.trust, decision.actions, decision.folder) for decision in unproven] == [("T0", [], "")] * 2
    assert sorted(inbox.lying) == [1, 2], "they stay where people see them"
    assert proven.actions, "the same words, checked by our server, have one"


def _decisions_about_mails(bench: Bench) -> list[DecisionRow]:
    of_mails = select(DecisionRow).where(DecisionRow.origin == "mail").order_by(DecisionRow.arrival_id)
    return list(bench.read(lambda session: session.scalars(of_mails).all()))
