"""What is asked about each mail of a group is asked once, about all of them; and nothing is kept for the next group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from mailbot.records.known import Known, known_beforehand
from mailbot.records.together import first_of_each, found_for, found_for_each, once, together
from tests.clerk import Desk, card

BLANK = known_beforehand(card())
GROUP = [replace(BLANK, number=number) for number in (1, 2, 3)]


def numbers(known: Known) -> Iterable[int]:
    return (known.number,)


@dataclass(frozen=True)
class Doubling:
    """A question that keeps what it was asked; it finds nothing about 2."""

    asked: list[list[int]] = field(default_factory=list, compare=False)

    def __call__(self, _session: Session, keys: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(keys))
        return {key: 2 * key for key in keys if key != 2}


def test_the_first_question_is_put_for_all_mails_of_the_group(desk: Desk) -> None:
    question = Doubling()
    with desk.database.reading() as session, together(session, GROUP):
        found = [found_for(session, question, known.number, numbers) for known in GROUP]

    assert found == [2, None, 6]
    assert question.asked == [[1, 2, 3]]


def test_what_no_mail_of_the_group_named_is_asked_by_itself_and_once(desk: Desk) -> None:
    question = Doubling()
    with desk.database.reading() as session, together(session, GROUP):
        found = [found_for(session, question, key, numbers) for key in (1, 9, 9, 3)]

    assert found == [2, 18, 18, 6]
    assert question.asked == [[1, 2, 3], [9]]


def test_several_keys_of_one_mail_are_asked_together_and_found_in_their_order(desk: Desk) -> None:
    question = Doubling()
    with desk.database.reading() as session:
        alone = found_for_each(session, question, [9, 2, 1])
        nothing = found_for_each(session, question, [])
        with together(session, GROUP):
            in_a_group = found_for_each(session, question, [9, 2, 1], numbers)
            again = found_for_each(session, question, [3, 9], numbers)

    assert list(alone.items()) == list(in_a_group.items()) == [(9, 18), (1, 2)]
    assert (nothing, again) == ({}, {3: 6, 9: 18})
    assert question.asked == [[9, 2, 1], [9, 2, 1, 3]]


def test_outside_a_group_and_in_the_next_one_everything_is_asked_anew(desk: Desk) -> None:
    question, asked = Doubling(), []
    with desk.database.reading() as session:
        for _ in range(2):
            with together(session, GROUP[:1]):
                found_for(session, question, 1, numbers)
                once(session, asked.append)
                once(session, asked.append)
        found_for(session, question, 1, numbers)
        found_for(session, question, 1, numbers)
        once(session, asked.append)

    assert question.asked == [[1], [1], [1], [1]]
    assert len(asked) == 3


def test_the_many_rows_of_one_key_hide_no_row_of_another(desk: Desk) -> None:
    rows = [(1, 10), (1, 11), (1, 12), (2, 5)]
    made = union_all(*(select(literal(key).label("key"), literal(value).label("value")) for key, value in rows))
    table = made.subquery()
    query = select(table.c.key, table.c.value).where(table.c.key.in_(bindparam("keys", expanding=True)))
    newest = first_of_each(query, table.c.key, table.c.value.desc(), 2)

    with desk.database.reading() as session:
        found = [tuple(row) for row in session.connection().execute(newest, {"keys": [1, 2]})]

    assert sorted(found) == [(1, 11), (1, 12), (2, 5)]
    assert [value for key, value in found if key == 1] == [12, 11]
