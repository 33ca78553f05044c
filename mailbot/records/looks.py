"""Looks at web pages: a duty asks for one, the service takes it, and the duty decides what follows.

    AskLook(url, about="deliverable 17", duty="contracts")     the action of a decision: the look waits
                                                               (`wants`: an address that the page is to link to)
    service/looking.py                                         takes it by lease, fetches the page, writes what was seen
    seen_for(session, "contracts")                             what an Upkeep without an hour recalls
    Due(once=f"look {seen.id}", …, actions=(CloseLook(seen.id), …))   what it makes of each of them

Whatever is pure only asks and reads here; nobody but the service fetches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Final

from sqlalchemy import BindParameter, Index, Integer, String, Text, Update, and_, bindparam, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from mailbot.errors import OurBug, TryAgain
from mailbot.message.page_links import LinkSeen, link_among
from mailbot.records import tables_in_words
from mailbot.records.arrivals import Lease
from mailbot.records.base import Base, Kept, UtcDateTime
from mailbot.records.codec import kept_text
from mailbot.records.decision import Action
from mailbot.records.in_words import Teller
from mailbot.records.page_seen import PageSeen, Verdict
from mailbot.records.pen import Pen
from mailbot.records.rows import table_of
from mailbot.records.tables import words_of

_LONGEST_ADDRESS: Final = 2_000
_LONGEST_WORDS: Final = 500
_LONGEST_ABOUT: Final = 100
# What fails for a while is looked at again after so long; then it is told as it was seen last.
_AGAIN_AFTER: Final = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20))


class LookState(StrEnum):
    """How far a look has come."""

    WAITING = "waiting"
    SEEN = "seen"  # the duty has still to decide what follows
    CLOSED = "closed"


class PageLook(Kept, Base):
    """One look at one page. `about` is what the duty that asked calls its object; `url` is as it was written; `wants`
    is the address that the page is to link to, "" where it need not; `links_to` the one that it links to in its place.

    What was seen is written by the service, and is no change of a decision.
    """

    __tablename__ = "page_looks"
    url: Mapped[str] = mapped_column(Text)
    wants: Mapped[str] = mapped_column(Text, default="")
    duty: Mapped[str] = mapped_column(String(32))
    about: Mapped[str] = mapped_column(String(_LONGEST_ABOUT))
    asked_at: Mapped[datetime]
    state: Mapped[LookState] = mapped_column(words_of(LookState), default=LookState.WAITING)
    try_after: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    lease_of: Mapped[str | None] = mapped_column(String(100), default=None)
    lease_until: Mapped[datetime | None] = mapped_column(default=None)
    seen_at: Mapped[datetime | None] = mapped_column(default=None)
    verdict: Mapped[Verdict | None] = mapped_column(words_of(Verdict), default=None)
    status: Mapped[int | None] = mapped_column(default=None)
    page_title: Mapped[str] = mapped_column(String(_LONGEST_WORDS), default="")
    said: Mapped[str] = mapped_column(String(_LONGEST_WORDS), default="")
    link: Mapped[LinkSeen | None] = mapped_column(words_of(LinkSeen), default=None)
    links_to: Mapped[str] = mapped_column(Text, default="")
    final_url: Mapped[str] = mapped_column(Text, default="")
    redirects: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(_LONGEST_WORDS), default="")

    __table_args__ = (
        Index("ix_page_looks_state_try_after", "state", "try_after"),
        Index("ix_page_looks_duty_state", "duty", "state"),
        Index("ix_page_looks_duty_about", "duty", "about"),
    )

    told = tables_in_words.PAGE_LOOK
    untold = frozenset(
        {"duty", "about", "asked_at", "state", "try_after", "tries", "lease_of", "lease_until", "seen_at", "status"}
        | {"said", "final_url", "redirects", "why", "wants", "link", "links_to"}
    )

    def title(self, teller: Teller) -> str:
        return teller.say(f"look at {self.url}", f"Prüfung von {self.url}")


@dataclass(frozen=True, slots=True)
class Look:
    """A look that was taken, as the duty that asked for it knows it. `seen.path` is its first and its last address;
    `link` says whether the page links to what it `wants`, None where it need not, or where that cannot be told."""

    id: int
    about: str
    url: str
    asked_at: datetime
    seen_at: datetime
    redirects: int
    seen: PageSeen
    wants: str = ""
    link: LinkSeen | None = None
    links_to: str = ""


@dataclass(frozen=True, slots=True)
class AskLook(Action):
    """A page is to be looked at; what was seen comes back to the duty that asks, as a `Look` about the same object."""

    name: ClassVar[str] = "desk.ask_look"
    url: str
    about: str
    duty: str
    wants: str = ""

    def carry_out(self, pen: Pen) -> None:
        pen.insert(
            PageLook(
                url=kept_text(self.url, _LONGEST_ADDRESS),
                wants=kept_text(self.wants, _LONGEST_ADDRESS),
                duty=self.duty,
                about=self.about,
                asked_at=pen.now,
                try_after=pen.now,
            )
        )

    def __str__(self) -> str:
        return f"look at {self.url}"

    def in_german(self) -> str:
        return f"{self.url} prüfen"


@dataclass(frozen=True, slots=True)
class CloseLook(Action):
    """What follows from a look is decided. Who decides it second finds it closed."""

    name: ClassVar[str] = "desk.close_look"
    look_id: int

    def carry_out(self, pen: Pen) -> None:
        look = pen.get(PageLook, self.look_id)
        if look.state is not LookState.SEEN:
            raise TryAgain(f"what follows from the look at {look.url} was decided meanwhile")
        pen.update(look, state=LookState.CLOSED)

    def __str__(self) -> str:
        return f"what was seen (look {self.look_id}) is dealt with"

    def in_german(self) -> str:
        return f"was zu sehen war (Prüfung {self.look_id}), ist erledigt"


# --- what the duties read ---


_SEEN: Final = (  # asked at every ring, and so built once
    select(PageLook)
    .where(PageLook.state == LookState.SEEN, PageLook.duty == bindparam("asking"), PageLook.undone_by.is_(None))
    .order_by(PageLook.id)
    .limit(bindparam("most", type_=Integer()))
)


def seen_for(session: Session, duty: str, most: int = 200) -> tuple[Look, ...]:
    """The looks of a duty that were taken and of which nothing has been made yet, the oldest first."""
    return tuple(_card(row) for row in session.scalars(_SEEN, {"asking": duty, "most": most}))


def last_look(session: Session, duty: str, about: str) -> Look | None:
    """The newest look about this object that was taken; None where there is none."""
    taken = select(PageLook).where(
        PageLook.duty == duty,
        PageLook.about == about,
        PageLook.state != LookState.WAITING,
        PageLook.undone_by.is_(None),
    )
    row = session.scalars(taken.order_by(PageLook.id.desc()).limit(1)).first()
    return None if row is None else _card(row)


def _card(row: PageLook) -> Look:
    if row.verdict is None or row.seen_at is None:
        raise OurBug(f"look {row.id} is {row.state.value}, and nothing was written of it")
    path = (row.url,) if row.final_url in ("", row.url) else (row.url, row.final_url)
    seen = PageSeen(row.verdict, path, row.status, row.page_title, row.said, row.why)
    return Look(
        id=row.id,
        about=row.about,
        url=row.url,
        asked_at=row.asked_at,
        seen_at=row.seen_at,
        redirects=row.redirects,
        seen=seen,
        wants=row.wants,
        link=row.link,
        links_to=row.links_to,
    )


# --- what the service does ---


@dataclass(frozen=True, slots=True)
class Wanted:
    """A look that one worker has, ready to be taken. `tries` are those before."""

    id: int
    url: str
    wants: str
    tries: int


_NOW: BindParameter[datetime] = bindparam("now", type_=UtcDateTime())
_IS_DUE: Final = and_(
    PageLook.state == LookState.WAITING,
    PageLook.try_after <= _NOW,
    or_(PageLook.lease_until.is_(None), PageLook.lease_until <= _NOW),
    PageLook.undone_by.is_(None),
)
_ANY_DUE: Final = select(PageLook.id).where(_IS_DUE).limit(1)  # asked at every ring, and so built once


def are_due(session: Session, now: datetime) -> bool:
    """Whether a look waits to be taken."""
    return session.connection().execute(_ANY_DUE, {"now": now}).first() is not None


def claim_looks(session: Session, lease: Lease, now: datetime, limit: int) -> tuple[Wanted, ...]:
    """Claims looks that are due, the oldest first; those of a worker that died come back when its lease has run out."""
    due = select(PageLook.id).where(_IS_DUE).order_by(PageLook.try_after, PageLook.id).limit(limit)
    ids = session.scalars(due.with_for_update(skip_locked=True), {"now": now}).all()
    if not ids:
        return ()
    taken = PageLook.id.in_(ids)
    session.execute(update(PageLook).where(taken).values(lease_of=lease.worker, lease_until=lease.until))
    rows = session.execute(
        select(PageLook.id, PageLook.url, PageLook.wants, PageLook.tries).where(taken).order_by(PageLook.id)
    )
    return tuple(Wanted(*row) for row in rows)


def write_seen(session: Session, wanted: Wanted, worker: str, seen: PageSeen, now: datetime) -> None:
    """Writes what was seen; what may pass is put back for another look, a few times. A lost lease writes nothing."""
    may_wait = seen.verdict.may_pass and wanted.tries < len(_AGAIN_AFTER)
    progress: dict[str, object] = (
        {"try_after": now + _AGAIN_AFTER[wanted.tries]} if may_wait else {"state": LookState.SEEN, "seen_at": now}
    )
    is_to_link = bool(wanted.wants) and seen.links is not None
    link, links_to = link_among(wanted.wants, seen.links or ()) if is_to_link else (None, "")
    values = {
        **progress,
        "tries": wanted.tries + 1,
        "lease_of": None,
        "lease_until": None,
        "verdict": seen.verdict,
        "status": seen.status,
        "page_title": kept_text(seen.title, _LONGEST_WORDS),
        "said": kept_text(seen.said, _LONGEST_WORDS),
        "link": link,
        "links_to": kept_text(links_to, _LONGEST_ADDRESS),
        "final_url": kept_text(seen.final, _LONGEST_ADDRESS),
        "redirects": max(len(seen.path) - 1, 0),
        "why": kept_text(seen.why, _LONGEST_WORDS),
    }
    written = {f"new_{name}": value for name, value in values.items()}
    session.connection().execute(_writing(tuple(values)), {"look": wanted.id, "worker": worker, **written})


@cache
def _writing(columns: tuple[str, ...]) -> Update:
    """The statement that writes these columns of a look that a worker still has."""
    table = table_of(PageLook)
    new: dict[str, BindParameter[Any]] = {name: bindparam(f"new_{name}") for name in columns}
    held = (
        table.c.id == bindparam("look"),
        table.c.state == LookState.WAITING,
        table.c.lease_of == bindparam("worker"),
    )
    return update(table).where(*held).values(new)
