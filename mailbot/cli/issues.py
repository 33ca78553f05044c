"""`mailbot issue`: what clients say is wrong; and the orders about it that a mail in one line gives too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import click
from sqlalchemy.orm import Session

from mailbot.cli.commands import Group
from mailbot.cli.days import DAY
from mailbot.cli.opening import Records, records
from mailbot.cli.terminal import as_json, moment, say, table
from mailbot.clock import local_date
from mailbot.duties import issues as duty
from mailbot.duties.issues import listing
from mailbot.duties.issues.actions import Close
from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.orders.actions import Merge, Snooze
from mailbot.duties.issues.orders.obeying import given_to, split_off, wakes_at
from mailbot.duties.issues.orders.reading import called_by
from mailbot.duties.issues.tables import IssueState
from mailbot.errors import Never
from mailbot.records.decision import Action
from mailbot.records.parties import people

_COLUMNS = ("issue", "state", "severity", "client", "who wrote", "about", "with", "opened", "due", "promised", "rests")


@click.group(cls=Group)
def issue() -> None:
    """What clients say is wrong, or ask. Each order is a decision, and can be taken back."""


@issue.command("list")
@click.option("--all", "everything", is_flag=True, help="Solved and merged ones too.")
@click.option("--most", type=click.IntRange(1, 10_000), default=200, show_default=True, help="Issues to list.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each of them.")
@click.pass_context
def list_(ctx: click.Context, everything: bool, most: int, in_json: bool) -> None:
    """Lists the issues that wait, what is due first on top.

    \b
    mailbot issue list --all
    """
    with records(ctx) as opened, opened.database.reading() as session:
        found = listing.listed(session, everything=everything, most=most)
    if in_json:
        for each in found:
            as_json(each)
        return
    table(_COLUMNS, [_row(each, opened) for each in found], wide=("about",))


@issue.command()
@click.argument("ref")
@click.pass_context
def show(ctx: click.Context, ref: str) -> None:
    """Shows one issue with every mail about it; what was passed on to the client is marked.

    \b
    mailbot issue show I-0088
    """
    with _order(ctx, ref) as order:
        (line,) = listing.listed(order.session, ref=order.card.ref)
        said = listing.said_about(order.session, order.card.id)
        zone = order.opened.desk.zone
    table(_COLUMNS, [_row(line, order.opened)], wide=("about",))
    for each in said:
        mark = ", passed on" if each.passed_on else ""
        say(f"\n{moment(each.at, zone)} {each.voice.value} {each.sender}{mark}")
        say(each.words, indent=2)


@issue.command()
@click.argument("ref")
@click.argument("into")
@click.pass_context
def merge(ctx: click.Context, ref: str, into: str) -> None:
    """REF goes on in INTO; both have to come from one client.

    \b
    mailbot issue merge I-0088 I-0091
    """
    with _order(ctx, ref) as order:
        card, other = order.card, listing.the_card(order.session, into)
        if card.id == other.id:
            raise Never(f"{ref} and {into} are one issue")
        if card.address_key != other.address_key and (card.client_id is None or card.client_id != other.client_id):
            raise Never(f"{card.ref} and {other.ref} come from different clients, whose mails are never mixed")
        order.decides(f"Merged {card.ref} into {other.ref}.", [Merge(card.id, card.ref, other.id, other.ref)])


@issue.command()
@click.argument("ref")
@click.argument("words")
@click.pass_context
def split(ctx: click.Context, ref: str, words: str) -> None:
    """Opens a new issue of the same client, about WORDS.

    \b
    mailbot issue split I-0088 "the October invoice"
    """
    with _order(ctx, ref) as order:
        order.decides(f'Split from {order.card.ref}: "{words}".', [replace(split_off("", order.card, words), ref="")])


@issue.command()
@click.argument("ref")
@click.argument("name")
@click.pass_context
def assign(ctx: click.Context, ref: str, name: str) -> None:
    """Gives REF to a colleague or a department, a name or an address, who reads what it is about.

    \b
    mailbot issue assign I-0088 lena
    """
    with _order(ctx, ref) as order:
        found = called_by(name, people(order.session).values())
        if len(found) != 1:
            raise Never(f"{len(found) or 'no'} people are called {name!r}: give the whole name, or the address")
        (person,) = found
        card, named = order.card, order.opened.clock.now().isoformat()
        order.decides(f"Gave {card.ref} to {person.name}.", tuple(given_to(person, card, None, named)))


@issue.command()
@click.argument("ref")
@click.argument("until", type=DAY)
@click.pass_context
def snooze(ctx: click.Context, ref: str, until: datetime) -> None:
    """Puts REF off until a day; a mail of the client wakes it before.

    \b
    mailbot issue snooze I-0088 2025-11-14
    """
    with _order(ctx, ref) as order:
        card, desk, day = order.card, order.opened.desk, until.date()
        if day <= local_date(order.opened.clock.now(), desk.zone):
            raise Never(f"{day} is not ahead of us")
        if card.state is not IssueState.OPEN:
            raise Never(f"{card.ref} is {card.state.value}, not open")
        order.decides(f"Put {card.ref} off until {day}.", [Snooze(card.id, card.ref, day, wakes_at(day, desk))])


@issue.command()
@click.argument("ref")
@click.pass_context
def close(ctx: click.Context, ref: str) -> None:
    """REF is solved. Nobody is written to; a further mail of the client opens it again.

    \b
    mailbot issue close I-0088
    """
    with _order(ctx, ref) as order:
        if order.card.state is IssueState.SOLVED:
            raise Never(f"{order.card.ref} is solved already")
        order.decides(f"Closed {order.card.ref}.", [Close(order.card.id, order.card.ref)])


@dataclass(slots=True)
class _Order:
    """An order about one issue: what it is about is read first, and decided when nothing is read any more."""

    opened: Records
    session: Session
    card: IssueCard
    summary: str = ""
    actions: Sequence[Action] = ()

    def decides(self, summary: str, actions: Sequence[Action]) -> None:
        """What is to be done, as soon as the reading is over."""
        self.summary, self.actions = summary, actions


@contextmanager
def _order(ctx: click.Context, ref: str) -> Iterator[_Order]:
    with records(ctx) as opened:
        with opened.database.reading() as session:
            order = _Order(opened, session, listing.the_card(session, ref))
            yield order
        if order.actions:
            by_hand = replace(opened.by_hand(), duty=duty.DUTY)
            done = by_hand.decide("order", order.summary, order.actions)
            say(f"{order.summary} ({done}) Wrong? mailbot undo {done}")


def _row(each: listing.ListedIssue, opened: Records) -> tuple[object, ...]:
    zone = opened.desk.zone
    return (
        each.ref,
        each.state.value,
        each.severity.value,
        each.client,
        each.writer,
        each.subject,
        each.works,
        moment(each.opened_at, zone),
        moment(each.solve_by, zone),
        each.promised_on or "",
        each.snoozed_until or "",
    )
