"""`mailbot contract`: what was sold for a time, and what is promised for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from mailbot.cli.commands import Exit, Group
from mailbot.cli.days import DAY
from mailbot.cli.opening import records
from mailbot.cli.terminal import say, table
from mailbot.errors import Never
from mailbot.letters.wording import Wording
from mailbot.records.contracts.cards import ContractCard, DeliverableCard, contract_card, contracts_by_id
from mailbot.records.contracts.tables import Contract, ContractState
from mailbot.records.importing.reading import Import, read_import
from mailbot.records.importing.sheet import write_sheet
from mailbot.records.merging import find_client
from mailbot.records.tables import Client, Person
from mailbot.suggestions import unknown

_ENGLISH = Wording("en")
_LISTED = ("contract", "client", "rep", "from", "until", "notice by", "value", "state")
_LINES = ("line", "what", "words", "who", "due", "state", "used")


@click.group(cls=Group)
def contract() -> None:
    """What was sold for a time, and what is promised for it.

    \b
    mailbot contract list
    mailbot contract show K-2207
    """


@contract.command(name="list")
@click.option("--client", "client_name", help="Of this client alone: its code or its name.")
@click.option("--notice-until", type=DAY, help="Only what can be given notice until this day, such as 2026-10-01.")
@click.option("--all", "with_ended", is_flag=True, help="Those that have ended or were cancelled, too.")
@click.pass_context
def list_(ctx: click.Context, client_name: str | None, notice_until: datetime | None, *, with_ended: bool) -> None:
    """Lists contracts, those that end first on top.

    \b
    mailbot contract list
    mailbot contract list --client "Globex Tools" --all
    """
    with records(ctx) as opened, opened.database.reading() as session:
        wanted = select(Contract.id).where(Contract.undone_by.is_(None)).order_by(Contract.ends_on, Contract.id)
        if client_name:
            wanted = wanted.where(Contract.client_id == find_client(session, client_name).id)
        if notice_until:
            wanted = wanted.where(Contract.notice_on <= notice_until.date())
        if not with_ended:
            wanted = wanted.where(Contract.state == ContractState.RUNNING)
        ids = session.scalars(wanted).all()
        cards = contracts_by_id(session, ids)
        rows = [_listed(session, cards[key]) for key in ids]
    table(_LISTED, rows, wide=("client",))


@contract.command()
@click.argument("ref")
@click.pass_context
def show(ctx: click.Context, ref: str) -> None:
    """Shows one contract with all it promises, and its history.

    \b
    mailbot contract show K-2207
    """
    with records(ctx) as opened, opened.database.reading() as session:
        card = contract_card(session, ref)
        if card is None:
            raise Never(unknown("contract", ref, session.scalars(select(Contract.ref).order_by(Contract.ref)).all()))
        for name, value in zip(_LISTED, _listed(session, card), strict=True):
            say(f"{name}: {value}")
        say()
        table(_LINES, [_line(session, each) for each in card.deliverables], wide=("words",))
        for event in card.events:
            amount = "" if event.amount is None else f" {_ENGLISH.money(event.amount.normalize(), event.currency)}"
            words = f': "{event.words}"' if event.words else ""
            say(f"{event.since.isoformat()} {event.kind.value}{amount}{words}")


@contract.command()
@click.argument("ref")
@click.argument("client_name", metavar="CLIENT")
@click.option("--starts", required=True, help="Its first day, such as 2025-12-01.")
@click.option("--ends", required=True, help="Its last day.")
@click.option("--value", default="", help="What it is worth, such as 18600.00.")
@click.option("--currency", default="", help="Without it, that of the rep.")
@click.option("--signed", default="", help="The day on which it was signed.")
@click.option("--notice-days", default="", help="It renews by itself unless notice is given so long before its end.")
@click.option("--promise", "promises", multiple=True, metavar="KIND=WORDS", help="What is promised; may be repeated.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def add(ctx: click.Context, /, ref: str, promises: tuple[str, ...], yes: bool, **said: str) -> None:
    """Adds one contract of CLIENT (its code or its name) under the number REF. For many, import a file.

    \b
    mailbot contract add K-2240 C11 --starts 2025-12-01 --ends 2026-11-30 --value 18600.00 \\
      --notice-days 60 --promise "banner=free banner on the site"
    """
    file = _as_file(ref, promises, said)
    with records(ctx) as opened:
        with opened.database.reading() as session:
            if contract_card(session, ref) is not None:
                raise Never(f"there is a contract {ref} already: import a file to change it, or give another number")
            found = read_import(file.encode(), "the command line", session, "contracts")
        _refuse(found)
        if not yes and not click.confirm(f"Add {ref}, with {len(promises)} things that it promises?"):
            ctx.exit(Exit.LOOK)
        done = opened.by_hand().decide("contract", f"Contract {ref} was added by hand.", [found.writes])
        say(f"Done ({done}): `mailbot undo {done}` takes it back.")


def _as_file(ref: str, promises: tuple[str, ...], said: dict[str, str]) -> str:
    """What was said as the file that would say it, so that nothing is checked twice in two ways."""
    given = ("starts", "ends", "value", "currency", "signed", "notice_days")
    renews = "yes" if said["notice_days"] else "no"
    one = (ref, said["client_name"], *(said[name] for name in given), renews)
    head = ("contract", "client", *given, "renews", "kind", "words")
    return write_sheet(head, iter([(*one, *_promised(each)) for each in promises or ("",)]))


def _promised(written: str) -> tuple[str, str]:
    kind, _, words = written.partition("=")
    if written and not words:
        raise click.UsageError('--promise takes KIND=WORDS, such as banner="free banner on the site"')
    return kind, words


def _refuse(found: Import) -> None:
    """What was said is taken whole or not at all."""
    if found.bad:
        raise Never(found.bad[0].why)


def _listed(session: Session, card: ContractCard) -> tuple[str, ...]:
    return (
        card.ref,
        _client(session, card.client_id),
        _person(session, card.rep_id),
        card.starts_on.isoformat(),
        card.ends_on.isoformat(),
        _day(card.notice_on),
        _money(card.value, card.currency),
        card.state.value,
    )


def _line(session: Session, each: DeliverableCard) -> tuple[str, ...]:
    number = str(each.position) if each.part == 1 and each.issue is None else f"{each.position}.{each.part}"
    words = f"{each.words}, issue {each.issue}" if each.issue else each.words
    used = each.use.value if each.is_benefit else ""
    return (
        number,
        each.kind,
        words,
        _person(session, each.department_id),
        _day(each.due_on),
        each.state.value,
        used,
    )


def _client(session: Session, key: int) -> str:
    client = session.get(Client, key)
    return client.name if client else ""


def _person(session: Session, key: int | None) -> str:
    person = session.get(Person, key) if key is not None else None
    return person.name if person else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else _ENGLISH.money(amount.normalize(), currency)
