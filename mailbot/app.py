"""The only builder of real things: settings become a desk. Everything that exists for real is made here."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.clock import Clock, SystemClock
from mailbot.config import SHIPPED, Config
from mailbot.deciding.orders import StandingOrders
from mailbot.deciding.rulebook import RuleBook
from mailbot.duties import bounces, contracts, departments, desk, expenses, issues, reminders, renewals, sales
from mailbot.duties.duty import Duty
from mailbot.errors import TryAgain
from mailbot.letters import Templates
from mailbot.message.addresses import address_key
from mailbot.post.imap import ImapInbox
from mailbot.post.ports import Inbox, Outgoing, Web
from mailbot.post.smtp import SmtpOutgoing
from mailbot.post.web.looking import WebLooker
from mailbot.records import migrate
from mailbot.records.known import DeskCard
from mailbot.records.session import Database
from mailbot.service.checkpoints import Checkpoint, unwatched
from mailbot.service.dispatch import Dispatch
from mailbot.service.incidents import Incidents
from mailbot.service.intake import Intake
from mailbot.service.looking import Looking
from mailbot.service.office import Office
from mailbot.service.running import Desk, Running
from mailbot.service.settling import Settling
from mailbot.service.upkeep import Maintenance
from mailbot.service.workers import Workers

# In this order every mail is shown to them, after the desk itself.
_OF_CLIENTS: tuple[Duty, ...] = (
    bounces.DUTY,
    contracts.DUTY,
    sales.DUTY,
    expenses.DUTY,
    renewals.DUTY,
    departments.DUTY,
    issues.DUTY,
    reminders.DUTY,
)
DUTIES: tuple[Duty, ...] = (
    desk.duty_beside(
        [duty.card for duty in _OF_CLIENTS if duty.card is not None],
        [duty.month for duty in _OF_CLIENTS if duty.month is not None],
    ),
    *_OF_CLIENTS,
)


def standing_orders(config: Config | None = None, duties: Sequence[Duty] = DUTIES) -> StandingOrders:
    """The rules and the templates of a desk, or those that come with the program. Raises Faults, all at once."""
    rules = config.rules if config and config.rules else SHIPPED / "rules"
    return StandingOrders(
        book=RuleBook.load(rules, [duty.vocabulary for duty in duties]),
        vocabularies={duty.name: duty.vocabulary for duty in duties},
        prefixes={duty.name: duty.prefix for duty in duties},
        templates=letter_templates(config),
    )


def letter_templates(config: Config | None = None) -> Templates:
    """The letters of a desk, or those that come with the program. Raises Faults, all at once."""
    return Templates.load(config.templates if config and config.templates else SHIPPED / "templates")


def desk_card(config: Config, duties: Sequence[Duty] = DUTIES) -> DeskCard:
    """The desk, as its letters and rules see it. Raises Faults where a file that a duty's settings name is wrong."""
    own = (config.desk.address, *config.desk.aliases)
    return DeskCard(
        company=config.desk.company,
        name=config.desk.name,
        address=config.desk.address,
        own_addresses=frozenset(address_key(address) for address in own),
        domains=frozenset(domain.lower() for domain in config.desk.domains),
        authserv_id=config.trust.authserv_id,
        believe_unauthenticated=config.trust.believe_unauthenticated,
        zone=config.desk.timezone,
        language=config.desk.language,
        currency=config.desk.currency,
        levels=dict(config.levels),
        answers_per_address_and_day=config.brakes.answers_per_address_and_day,
        letters_per_hour=config.brakes.letters_per_hour,
        holidays=config.desk.holidays,
        settings={duty.name: duty.settings.of(config) for duty in duties if duty.settings},
    )


def office(
    config: Config,
    database: Database,
    clock: Clock | None = None,
    checkpoint: Checkpoint = unwatched,
    duties: Sequence[Duty] = DUTIES,
    orders: StandingOrders | None = None,
) -> Office:
    """Everything the parts of the service share. Brings the schema of the database up to date.

    `orders` are standing orders that were loaded before; without them they are loaded as `config` says.
    """
    migrate.upgrade(database)
    return Office(
        database=database,
        orders=orders or standing_orders(config, duties),
        duties=tuple(duties),
        desk=desk_card(config, duties),
        secret=config.secret.get_secret_value().encode(),
        clock=clock or SystemClock(),
        worker=f"{socket.gethostname()[:32]}:{os.getpid()}:{os.urandom(4).hex()}",
        checkpoint=checkpoint,
    )


@dataclass(frozen=True, slots=True)
class Service:
    """A desk at work, all its parts: step by step for `once`, tests and the demo, or running for `run`."""

    office: Office
    workers: Workers
    intakes: tuple[Intake, ...]
    dispatch: Dispatch
    maintenance: Maintenance
    looking: Looking

    def step(self) -> int:
        """Everything that there is to do right now: mail in, pages looked at, what is due, letters out.

        Returns how much it was.
        """
        done = 0
        while True:
            now = sum(intake.step() for intake in self.intakes)
            now += sum(iter(self.looking.step, 0))  # all pages, so that what is seen is decided of at once
            now += self._what_is_due() + self.dispatch.step()
            if not now:
                return done
            done += now

    def _what_is_due(self) -> int:
        """Does it. Where some of it has to be tried again, the letters of all the rest go out first."""
        try:
            return self.maintenance.step()
        except TryAgain:
            self.dispatch.step()
            raise

    def running(self) -> Desk:
        """The same parts, each in a thread of its own."""
        parts = [
            Running(f"intake {number}", intake, intake.wait, intake.close)
            for number, intake in enumerate(self.intakes, start=1)
        ]
        return Desk(
            [
                *parts,
                Running("dispatch", self.dispatch, None, self.dispatch.close),
                Running("upkeep", self.maintenance, None, lambda: None),
                Running("looking", self.looking, None, self.looking.close),
            ]
        )

    def close(self) -> None:
        """Leaves the servers, stops the workers, lets go of the database."""
        for intake in self.intakes:
            intake.close()
        self.dispatch.close()
        self.looking.close()
        self.workers.close()
        self.office.database.close()


def service(
    config: Config,
    at: Office,
    inboxes: dict[str, Inbox] | None = None,
    outgoing: Outgoing | None = None,
    workers: Workers | None = None,
    web: Web | None = None,
) -> Service:
    """All parts of a desk, with the servers of its settings and worker processes, or with those that are handed in."""
    workers = workers or Workers(at.road(), config.limits)
    incidents = Incidents(at)
    settling = Settling(at, workers, incidents, config.limits.tries)
    opened = inboxes or {name: ImapInbox(settings, settings.password) for name, settings in config.mailbox.items()}
    return Service(
        office=at,
        workers=workers,
        intakes=tuple(
            Intake(name, settings, opened[name], at, settling, int(config.limits.mail_megabytes * 1_000_000))
            for name, settings in config.mailbox.items()
        ),
        dispatch=Dispatch(
            at,
            outgoing or SmtpOutgoing(config.smtp, config.smtp.password),
            incidents,
            config.brakes.letters_per_hour,
        ),
        maintenance=Maintenance(at, config.retention.raw_days, config.retention.file_days),
        looking=Looking(at, web or WebLooker(config.web), config.web.seconds_per_page),
    )
