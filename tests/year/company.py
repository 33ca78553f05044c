"""A publisher with twelve people, its clients and what was sold to them: the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from itertools import product
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlalchemy.orm import Session

from mailbot import app
from mailbot.config import (
    Brakes,
    Config,
    DeskSettings,
    Level,
    Limits,
    MailboxSettings,
    SalesSettings,
    SmtpSettings,
    TrustSettings,
)
from mailbot.records.contracts.tables import Contract, Deliverable, DeliverableState
from mailbot.records.name_index.changes import name_written
from mailbot.records.names import name_key
from mailbot.records.tables import Address, Client, Contact, Person, Role
from mailbot.working_days import is_working_day

DESK: Final = "desk@harbourpine.example"
ZONE: Final = ZoneInfo("America/New_York")
HOLIDAYS: Final = "US-MA"  # of the desk
_CURRENCY: Final = {"en": "USD", "de": "EUR"}
_DAYS_AWAY: Final = 10


class Manner(Enum):
    """How somebody at a client deals with mail."""

    PROMPT = "prompt"
    SLOW = "slow"
    SILENT = "silent"
    ROBOT = "robot"  # a ticket system answers everything
    DEAD = "dead"  # there is no such mailbox
    GONE = "gone"  # has left; the mailbox says so


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff, or a department. `away` are the first and the last day of each absence."""

    name: str
    address: str
    role: Role
    language: str = "en"
    holidays: str = HOLIDAYS
    away: tuple[tuple[date, date], ...] = ()

    def is_away(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.away)

    def is_at_work(self, day: date) -> bool:
        """On a day on which the desk works too, so that what they write never makes it write on a free day."""
        works = is_working_day(day, HOLIDAYS) and is_working_day(day, self.holidays)
        return works and not self.is_away(day)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at a client."""

    name: str
    address: str
    language: str
    manner: Manner


@dataclass(frozen=True, slots=True)
class Firm:
    """A client. Its first reader is the main contact."""

    name: str
    language: str
    owner: Member
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """One thing that a contract promises. No two in the whole company have the same words."""

    words: str
    kind: str
    department: Member
    due_on: date
    starts_on: date
    ends_on: date
    is_benefit: bool
    worth: Decimal

    @property
    def sign(self) -> str:
        """The last of its words, that nothing else has."""
        return self.words.split()[-1]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract."""

    ref: str
    firm: Firm
    starts_on: date
    ends_on: date
    value: Decimal
    notice_on: date | None  # None: it does not renew by itself
    promised: tuple[Promised, ...]

    @property
    def decide_by(self) -> date:
        """The last day to give notice, or its last day where it does not renew."""
        return self.notice_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody and everything there is on the first day."""

    first_day: date
    staff: tuple[Member, ...]
    firms: tuple[Firm, ...]
    contracts: tuple[Agreed, ...]

    @property
    def promised(self) -> tuple[Promised, ...]:
        """Everything that any contract promises."""
        return tuple(each for agreed in self.contracts for each in agreed.promised)

    def in_role(self, role: Role) -> tuple[Member, ...]:
        return tuple(member for member in self.staff if member.role is role)


def founded(seed: int, clients: int, contracts: int, first_day: date) -> Company:
    """A company as it is on its first day."""
    dice = Random(seed)
    staff = tuple(_staff(dice, first_day))
    reps = [member for member in staff if member.role is Role.REP]
    firms = tuple(_firms(dice, clients, reps))
    departments = {member.address.partition("@")[0]: member for member in staff if member.role is Role.DEPARTMENT}
    return Company(first_day, staff, firms, tuple(_contracts(dice, contracts, firms, departments, first_day)))


# --- the staff ---

_PEOPLE: Final = (
    ("Mara Lindqvist", "mara", Role.COORDINATOR, "en"),
    ("Priya Nair", "priya", Role.MANAGER, "en"),
    ("Dana Reyes", "dana", Role.REP, "en"),
    ("Tom Okafor", "tom", Role.REP, "en"),
    ("Jonas Weber", "jonas", Role.REP, "de"),
    ("Lena Brandt", "lena", Role.REP, "de"),
    ("Ruth Adeyemi", "ruth", Role.REP, "en"),
    ("Malte Petersen", "malte", Role.REP, "de"),
    ("Design", "design", Role.DEPARTMENT, "en"),
    ("Web Team", "web", Role.DEPARTMENT, "en"),
    ("Messen", "shows", Role.DEPARTMENT, "de"),
    ("Production", "production", Role.DEPARTMENT, "en"),
)


def _staff(dice: Random, first_day: date) -> Iterator[Member]:
    for name, local_part, role, language in _PEOPLE:
        absences = [] if role is Role.DEPARTMENT else [first_day + timedelta(days=dice.randrange(20, 300))]
        away = tuple((first, first + timedelta(days=_DAYS_AWAY)) for first in absences)
        holidays = "DE-HH" if language == "de" else HOLIDAYS
        yield Member(name, f"{local_part}@harbourpine.example", role, language, holidays, away)


# --- the clients ---

_PLACES: Final = (
    "Alder Creek",
    "Bayfield",
    "Cold Spring",
    "Dunmore",
    "Eastgate",
    "Foxhall",
    "Glenrock",
    "Harrow Lane",
    "Kingsport",
    "Lowell",
    "Milton",
    "Norwell",
    "Oakham",
)
_TRADES: Final = (
    "Roofing",
    "Windows",
    "Dental",
    "Freight",
    "Tools",
    "Marine",
    "Gardens",
    "Interiors",
    "Print",
    "Paints",
)
_ORTE: Final = (
    "Altona",
    "Bergedorf",
    "Celle",
    "Dithmarschen",
    "Eutin",
    "Flensburg",
    "Goslar",
    "Husum",
    "Itzehoe",
    "Jever",
)
_GEWERBE: Final = [
    "Dachbau GmbH",
    "Fensterwerk KG",
    "Spedition",
    "Gartenbau",
    "Werkzeuge AG",
    "Tischlerei",
    "Druckhaus AG",
]
_GIVEN: Final = ["Ellen", "Raj", "Pete", "Rosa", "Karen", "Miles", "Nora", "Owen", "Paula", "Sam", "Tessa", "Viktor"]
_FAMILY: Final = ["Marsh", "Grundy", "Diaz", "Holt", "Patel", "Quinn", "Stone", "Udall", "Vance", "Wells", "York"]
_VORNAMEN: Final = ["Anja", "Bernd", "Carla", "Dirk", "Elke", "Frank", "Gesa", "Heiko", "Inga", "Jens", "Karin", "Lars"]
_NAMEN: Final = (
    "Schmidt",
    "Hansen",
    "Petersen",
    "Vogt",
    "Krause",
    "Lorenz",
    "Möller",
    "Nolte",
    "Otto",
    "Pohl",
    "Reimers",
)
_MANNERS: Final = (
    (Manner.PROMPT, 52),
    (Manner.SLOW, 20),
    (Manner.SILENT, 15),
    (Manner.ROBOT, 4),
    (Manner.DEAD, 5),
    (Manner.GONE, 4),
)


def _firms(dice: Random, clients: int, reps: list[Member]) -> Iterator[Firm]:
    english = [f"{place} {trade}" for place, trade in product(_PLACES, _TRADES)]
    german = [f"{place} {trade}" for place, trade in product(_ORTE, _GEWERBE)]
    in_german = min(clients // 2, len(german))
    names = [(name, "en") for name in dice.sample(english, clients - in_german)]
    names += [(name, "de") for name in dice.sample(german, in_german)]
    for name, language in names:
        owner = dice.choice([rep for rep in reps if rep.language == language])
        domain = f"{_folded(name)}.example"
        readers = tuple(_reader(dice, language, domain, place) for place in range(dice.choice((1, 2, 2))))
        yield Firm(name, language, owner, readers)


def _reader(dice: Random, language: str, domain: str, place: int) -> Reader:
    given, family = (_GIVEN, _FAMILY) if language == "en" else (_VORNAMEN, _NAMEN)
    name = f"{dice.choice(given)} {dice.choice(family)}"
    manners, weights = zip(*_MANNERS, strict=True)
    manner = dice.choices(manners, weights)[0]
    return Reader(name, f"{_folded(name)}{place or ''}@{domain}", language, manner)


def _folded(name: str) -> str:
    return name.lower().replace("ö", "oe").replace(" ", "")


# --- what was sold ---

_BY_KIND: Final = {  # the department, and whether the client has to do something to have it
    "ad": ("design", False),
    "banner": ("web", True),
    "link": ("web", True),
    "discount": ("shows", True),
    "booth": ("shows", True),
    "insert": ("production", False),
}
_IN_WORDS: Final = {
    "ad": ("half page", "halbe Seite"),
    "banner": ("banner on the home page", "Banner auf der Startseite"),
    "link": ("entry in the partner list", "Eintrag in der Partnerliste"),
    "discount": ("discount on a booth", "Messerabatt auf einen Stand"),
    "booth": ("corner booth", "Eckstand"),
    "insert": ("loose insert", "Beilage im Heft"),
}


def _contracts(
    dice: Random, many: int, firms: tuple[Firm, ...], departments: dict[str, Member], first_day: date
) -> Iterator[Agreed]:
    for number in range(many):
        firm = firms[number % len(firms)]
        starts_on = first_day + timedelta(days=dice.randrange(-250, 200))
        ends_on = starts_on + timedelta(days=dice.choice((182, 364, 364)))
        notice_on = ends_on - timedelta(days=dice.choice((30, 60, 90))) if dice.random() < 0.6 else None
        kinds = dice.sample(sorted(_BY_KIND), dice.choice((1, 2, 2, 3)))
        promised = tuple(
            _promised(dice, kind, f"{_letters(number)}{place}", firm.language, departments, (starts_on, ends_on))
            for place, kind in enumerate(kinds, start=1)
        )
        value = Decimal(dice.randrange(20, 200)) * 100
        yield Agreed(f"K-{3000 + number}", firm, starts_on, ends_on, value, notice_on, promised)


def _promised(
    dice: Random, kind: str, sign: str, language: str, departments: dict[str, Member], span: tuple[date, date]
) -> Promised:
    local_part, is_benefit = _BY_KIND[kind]
    starts_on, ends_on = span
    words = f"{_IN_WORDS[kind][language == 'de']} {sign}"
    due_on = starts_on + timedelta(days=dice.randrange(20, 150))
    worth = Decimal(dice.randrange(3, 30)) * 50
    return Promised(words, kind, departments[local_part], due_on, starts_on, ends_on, is_benefit, worth)


def _letters(number: int) -> str:
    """A sign of letters that no other number has: "Zaab"."""
    return "Z" + "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))


# --- written into the records ---


def write(session: Session, company: Company) -> None:
    """Writes the company into empty records, as imports would."""
    people = {}
    for member in company.staff:
        person = Person(
            name=member.name,
            role=member.role,
            language=member.language,
            locale="de_DE" if member.language == "de" else "en_US",
            currency=_CURRENCY[member.language],
            holidays=member.holidays,
        )
        session.add(person)
        session.flush()
        people[member.address] = person.id
        session.add(Address(key=member.address, written=member.address, person_id=person.id))
    clients = {firm.name: _write_firm(session, firm, people) for firm in company.firms}
    for agreed in company.contracts:
        _write_contract(session, agreed, clients[agreed.firm.name], people, company.first_day)
    session.flush()


def _write_firm(session: Session, firm: Firm, people: dict[str, int]) -> int:
    owner_id = people[firm.owner.address]
    client = Client(name=firm.name, name_key=name_key(firm.name), owner_id=owner_id, language=firm.language)
    session.add(client)
    session.flush()
    name_written(session, client.id)
    for rank, reader in enumerate(firm.readers, start=1):
        contact = Contact(client_id=client.id, name=reader.name, rank=rank, language=reader.language)
        session.add(contact)
        session.flush()
        session.add(Address(key=reader.address, written=reader.address, contact_id=contact.id))
    return client.id


def _write_contract(session: Session, agreed: Agreed, client_id: int, people: dict[str, int], first_day: date) -> None:
    """What was due before the first day has been delivered."""
    currency = _CURRENCY[agreed.firm.language]
    contract = Contract(
        ref=agreed.ref,
        client_id=client_id,
        rep_id=people[agreed.firm.owner.address],
        starts_on=agreed.starts_on,
        ends_on=agreed.ends_on,
        value=agreed.value,
        currency=currency,
        renews=agreed.notice_on is not None,
        notice_days=(agreed.ends_on - agreed.notice_on).days if agreed.notice_on else None,
        notice_on=agreed.notice_on,
    )
    session.add(contract)
    session.flush()
    session.add_all(
        Deliverable(
            contract_id=contract.id,
            client_id=client_id,
            position=position,
            kind=each.kind,
            words=each.words,
            worth=each.worth,
            currency=currency,
            department_id=people[each.department.address],
            starts_on=each.starts_on,
            due_on=each.due_on,
            ends_on=each.ends_on,
            is_benefit=each.is_benefit,
            state=DeliverableState.DELIVERED if each.due_on < first_day else DeliverableState.PLANNED,
        )
        for position, each in enumerate(agreed.promised, start=1)
    )


def settings(database: str) -> Config:
    """A desk that acts in every duty."""
    return Config(
        desk=DeskSettings(
            company="Harbour & Pine Media",
            address=DESK,
            domains=("harbourpine.example",),
            timezone=ZONE,
            holidays=HOLIDAYS,
        ),
        mailbox={"desk": MailboxSettings(host="127.0.0.1", start="all")},
        smtp=SmtpSettings(host="127.0.0.1"),
        trust=TrustSettings(authserv_id="mx.harbourpine.example"),
        database=database,
        secret=SecretStr("a secret for tests only"),
        levels={duty.name: Level.ACT for duty in app.DUTIES},
        limits=Limits(workers=2),
        brakes=Brakes(letters_per_hour=5_000),
        sales=SalesSettings.model_validate({"rates": {"EUR": "1.10"}}),
    )
