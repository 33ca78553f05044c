"""What a contact's own mailbox says of its owner: away until a day, or gone for good, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from mailbot.duties.bounces.facts import domain_of
from mailbot.duties.bounces.returned.slip import GREAT_PROVIDERS
from mailbot.duties.bounces.tables import Gone
from mailbot.letters.cleaning import one_line
from mailbot.message.addresses import address_key
from mailbot.message.model import Evidence, Message
from mailbot.records.known import ClientCard, ContactCard, DeskCard, Known, Party
from mailbot.sorting.model import Absence, AutomaticKind, Finding, Sorted, StandIn, Trust

NAME: Final = "bounces"
LEFT: Final = "left"
AWAY: Final = "away"

_LONGEST_NAME = 120
_LETTERS_FROM: Final = time(8, 0)  # of the first working day on which somebody is back


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is to take the place of a contact. `on_file` is the same client's contact who has this address already.

    `is_strange`: the address is at no company of the client's: a free mailbox, or another domain.
    """

    name: str
    address: str
    phone: str
    on_file: ContactCard | None
    is_strange: bool


@dataclass(frozen=True, slots=True)
class GoneFacts:
    """A contact who is away or has left, by the words of the mailbox or of a colleague. `since` is the day of leaving.

    `why_nobody` says why the one who was named cannot follow, where there is such a reason.
    """

    kind: Gone
    sender: Party
    contact: ContactCard
    client: ClientCard
    said: Evidence
    since: date | None
    absence: Absence | None
    stand_in: Candidate | None
    only_urgent: bool
    why_nobody: str


@dataclass(frozen=True, slots=True)
class TimeAway:
    """How long somebody is away: the last day, and from when to when letters wait."""

    until: date
    away_from: datetime
    letters_from: datetime


def read_whereabouts(_: Message, known: Known, sorted_as: Sorted) -> Finding | None:
    """The finding of an automatic reply of a contact, proven, that says where its owner is; None for all else."""
    automatic, sender = sorted_as.automatic, known.sender
    if automatic is None or automatic.kind is not AutomaticKind.AUTO_REPLY or sorted_as.trust.trust is not Trust.T2:
        return None
    if sender is None or sender.contact is None or sender.client is None:
        return None
    said = automatic.departure or automatic.absence
    if said is None:
        return None
    departure = automatic.departure
    named = departure.successor if departure else automatic.absence.deputy if automatic.absence else None
    candidate, why_nobody = candidate_of(named, sender, sender.client, known)
    facts = GoneFacts(
        kind=Gone.LEFT if departure else Gone.AWAY,
        sender=sender,
        contact=sender.contact,
        client=sender.client,
        said=said.evidence,
        since=departure.since.day if departure and departure.since else None,
        absence=None if departure else automatic.absence,
        stand_in=candidate,
        only_urgent=bool(named and named.only_urgent),
        why_nobody=why_nobody,
    )
    kind = LEFT if departure else AWAY
    return Finding(NAME, kind, facts, (said.evidence,), f"{sender.contact.name}: {said}")


def candidate_of(
    named: StandIn | None, leaving: Party, client: ClientCard, known: Known
) -> tuple[Candidate | None, str]:
    """Who is named, as somebody who can be written to; or nobody, and why."""
    if named is None or not named.address:
        return None, ""
    key = address_key(named.address)
    if known.desk.is_own(key) or key == leaving.key:
        return None, f"{named.address} is no address of somebody else there"
    party = known.party(key)
    on_file = next((each for each in client.contacts if address_key(each.address) == key), None)
    if party is not None and on_file is None:
        return None, f"{named.address} is on file with somebody else"
    own = {domain_of(each.address) for each in client.contacts} - set(GREAT_PROVIDERS)
    name = on_file.name if on_file else one_line(named.name, _LONGEST_NAME) or named.address.partition("@")[0]
    return Candidate(name, named.address, named.phone, on_file, domain_of(named.address) not in own), ""


def time_away(absence: Absence, now: datetime, today: date, desk: DeskCard, default_days: int) -> TimeAway | None:
    """From when to when letters wait; None where the absence is over. Without a day they wait `default_days`."""
    if absence.until:
        until = absence.until.day
    elif absence.back_on:
        until = absence.back_on.day - timedelta(days=1)
    else:
        until = today + timedelta(days=default_days - 1)
    if until < today:
        return None
    first = absence.first.day if absence.first else today
    back = until + timedelta(days=1)
    while not desk.works_on(back):
        back += timedelta(days=1)
    away_from = now if first <= today else datetime.combine(first, time(), desk.zone)
    return TimeAway(until, away_from, datetime.combine(back, _LETTERS_FROM, desk.zone))


def international(phone: str, like: str | None) -> str:
    """A number with the prefix of its country, where a number of the same company says which: "040 555 7731" beside
    "+49 40 555 7730" is "+49 40 555 7731". Any other is left as it is written."""
    written = one_line(phone, 64)
    prefix, _, rest = (like or "").strip().partition(" ")
    if not (written.startswith("0") and not written.startswith("00") and prefix.startswith("+") and rest):
        return written
    area = rest.split(" ")[0]
    bare = written[1:]
    return f"{prefix} {bare}" if bare.startswith(area) else written
