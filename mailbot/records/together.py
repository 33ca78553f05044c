"""What is asked about each mail of a group is asked once, about all of them.

A duty looks up what it wants to know about one mail: about its client, its colleague, its address. While a group of
mails is looked up nothing is written, so an answer holds for the whole group; and the first question about one client
can be put for the clients of all its mails.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from sqlalchemy import Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from mailbot.records.known import Known

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Group:
    """The mails that are looked up together, and what was found so far: by the question, and by what it was about."""

    mails: Sequence[Known]
    found: dict[object, dict[object, Any]] = field(default_factory=dict)


_GROUP: Final = "the group that is looked up"


@contextmanager
def together(session: Session, mails: Sequence[Known]) -> Iterator[None]:
    """Within this, what is asked about one of these mails is asked for all; nothing may be written meanwhile."""
    session.info[_GROUP] = _Group(mails)
    try:
        yield
    finally:
        del session.info[_GROUP]


def once(session: Session, question: Callable[[Session], Answer]) -> Answer:
    """What a question finds that is the same for every mail of the group."""
    group = session.info.get(_GROUP)
    if group is None:
        return question(session)
    found = group.found.setdefault(question, {})
    if None not in found:
        found[None] = question(session)
    answer: Answer = found[None]
    return answer


def found_for(
    session: Session,
    question: Callable[[Session, Sequence[Key]], Mapping[Key, Answer]],
    key: Key,
    keys_of: Callable[[Known], Iterable[Key]] | None = None,
) -> Answer | None:
    """What a question finds about one key; with it, it is put for those keys that `keys_of` names for each mail."""
    return found_for_each(session, question, (key,), keys_of).get(key)


def found_for_each(
    session: Session,
    question: Callable[[Session, Sequence[Key]], Mapping[Key, Answer]],
    keys: Sequence[Key],
    keys_of: Callable[[Known], Iterable[Key]] | None = None,
) -> Mapping[Key, Answer]:
    """The same about several keys of one mail, in their order; those that nothing is found about are left out."""
    group = session.info.get(_GROUP)
    if group is None:
        answers = question(session, keys) if keys else {}
        return {key: answers[key] for key in keys if key in answers}
    found = group.found.setdefault(question, {})
    if any(key not in found for key in keys):
        of_others = (each for known in group.mails for each in keys_of(known)) if keys_of else ()
        wanted = [each for each in dict.fromkeys((*keys, *of_others)) if each not in found]
        answers = question(session, wanted)
        found.update({each: answers.get(each) for each in wanted})
    return {key: found[key] for key in keys if found[key] is not None}


def first_of_each(
    query: Select[*tuple[Any, ...]], key: SQLColumnExpression[Any], order: SQLColumnExpression[Any], most: int
) -> Select[*tuple[Any, ...]]:
    """The first rows of a query for each key, so many at most, in their order: no key's many rows hide another's."""
    place = func.row_number().over(partition_by=key, order_by=order).label("place")
    numbered = query.add_columns(place).subquery()
    columns = [column for column in numbered.columns if column.key != "place"]
    return select(*columns).where(numbered.columns.place <= most).order_by(numbered.columns.place)


def writing_client(known: Known) -> Iterable[int]:
    """The client who writes."""
    return (known.sender.client.id,) if known.sender and known.sender.client else ()


def writing_contact(known: Known) -> Iterable[int]:
    """The contact who writes."""
    return (known.sender.contact.id,) if known.sender and known.sender.contact else ()


def contacts_address(known: Known) -> Iterable[str]:
    """The address that a contact writes from."""
    return (known.sender.key,) if known.sender and known.sender.contact else ()


def writing_colleague(known: Known) -> Iterable[int]:
    """The colleague who writes."""
    return (known.sender.person.id,) if known.sender and known.sender.person else ()
