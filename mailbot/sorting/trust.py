"""How far a mail is believed: what our server proved about its sender, and who that sender is by the records."""

from __future__ import annotations

from dataclasses import replace

from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.message.model import Mailbox, Message
from mailbot.message.skeletons import unicode_domain
from mailbot.records.known import DeskCard, Known, Party
from mailbot.records.tables import Role
from mailbot.sorting.authentication import Standing, Verdict, authentication
from mailbot.sorting.lookalike import lookalike_of, mixes_scripts, read_as_latin
from mailbot.sorting.model import Oddity, OddityKind, Trust, TrustFound

_BY_ROLE = {
    Role.REP: Trust.T3,
    Role.DEPARTMENT: Trust.T3,
    Role.COORDINATOR: Trust.T4,
    Role.MANAGER: Trust.T4,
    Role.ADMIN: Trust.T4,
}
_LONGEST_CLAIM = 2_000  # characters of From fields in which addresses are looked for


def judge(message: Message, known: Known, verdict: Verdict | None = None) -> TrustFound:
    """How far the mail is believed. Neither display name, nor Reply-To, nor anything in the text adds to it. `verdict`
    is that of `verdict_on`, where it was asked for before."""
    sender = message.sender
    if sender is None:
        claims_us = any(_is_of_the_house(key, known) for key in _addresses(" ".join(message.values("From"))))
        return TrustFound(Trust.T0, "the mail has no single From address, so it is from nobody", forged=claims_us)
    if pretence := _pretence(sender, known):
        return TrustFound(Trust.T0, pretence, forged=True)
    verdict = verdict or authentication(message, _domain(sender.key), known.desk)
    if verdict.standing is Standing.PASSED:
        return replace(_by_who_it_is(sender, known, verdict.why), proof=verdict.why)
    if verdict.standing is Standing.SILENT and _is_believed_anyway(sender, known):
        return _by_who_it_is(sender, known, f"{verdict.why}, and the settings believe our own people without it")
    return _unproven(sender, known, verdict)


def verdict_on(message: Message, desk: DeskCard) -> Verdict | None:
    """What our server says of the domain in From; None where there is no single sender."""
    return authentication(message, _domain(message.sender.key), desk) if message.sender else None


def may_be_believed(verdict: Verdict | None, desk: DeskCard) -> bool:
    """Whether `judge` may come to more than T0 with this verdict, whoever the records say that the sender is."""
    standing = verdict.standing if verdict else Standing.FAILED
    return standing is Standing.PASSED or (standing is Standing.SILENT and desk.believe_unauthenticated)


def _by_who_it_is(sender: Mailbox, known: Known, proof: str) -> TrustFound:
    party = _party(sender, known)
    trust, who = _standing_of(party)
    vouched = ", who has said that this mail is theirs" if party and party.vouched else ""
    oddities = _oddities(sender, known)
    notes = "".join(f"; {oddity}" for oddity in oddities)
    return TrustFound(trust, f"{proof}: {sender.address} is {who}{vouched}{notes}", oddities=oddities)


def _unproven(sender: Mailbox, known: Known, verdict: Verdict) -> TrustFound:
    party = _party(sender, known)
    claims_somebody = party is not None or _is_of_the_house(sender.key, known)
    # A server that wrote nothing accused nobody: where mail inside the house is not checked, all of it is like that.
    forged = claims_somebody and verdict.standing is Standing.FAILED
    claim = f", and it claims to be {_standing_of(party)[1]}" if party else ""
    return TrustFound(Trust.T0, f"{sender.address} is not proven: {verdict.why}{claim}", forged)


def _standing_of(party: Party | None) -> tuple[Trust, str]:
    if party is not None and party.person is not None:
        return _BY_ROLE[party.person.role], f"{party.person.name}, {party.person.role.value}"
    if party is not None and party.contact is not None:
        client = f" of {party.client.name}" if party.client else ""
        return Trust.T2, f"{party.contact.name}, contact{client}"
    return Trust.T1, "unknown to the records"


def _party(sender: Mailbox, known: Known) -> Party | None:
    """Who the records say the From address belongs to."""
    return known.sender if known.sender is not None and known.sender.key == sender.key else None


def _is_believed_anyway(sender: Mailbox, known: Known) -> bool:
    party = _party(sender, known)
    is_staff = party is not None and party.person is not None
    return known.desk.believe_unauthenticated and (is_staff or _domain(sender.key) in known.desk.domains)


def _pretence(sender: Mailbox, known: Known) -> str | None:
    """How a sender that is not of the house dresses up as one of us, or None."""
    if _is_of_the_house(sender.key, known):
        return None
    if model := lookalike_of(_domain(sender.key), known.desk.domains):
        return f"{_shown(sender)} is made to look like our own {model}"
    for key in _addresses(sender.name):
        if _is_of_the_house(key, known):
            return f"the name of {_shown(sender)} shows our own address {key}"
    return None


def _oddities(sender: Mailbox, known: Known) -> tuple[Oddity, ...]:
    """What a person should know about a sender that is genuine, but may not be who it seems."""
    found = []
    domain, shown = _domain(sender.key), _shown(sender)
    if mixes_scripts(sender.key):
        found.append(Oddity(OddityKind.MIXED_ALPHABETS, shown))
    elif read := read_as_latin(domain):
        found.append(Oddity(OddityKind.OTHER_ALPHABET, shown, read))
    clients = {*(_domain(party.key) for party in known.parties), *known.similar} - known.desk.domains
    if model := lookalike_of(domain, clients):
        found.append(Oddity(OddityKind.LOOKS_LIKE, shown, model))
    name = " ".join(sender.name.casefold().split())
    if _party(sender, known) is None:
        namesakes = [person for person in known.staff if name and name == person.name.casefold()]
        found += [Oddity(OddityKind.NAMESAKE, shown, f"{each.name} <{each.address}>") for each in namesakes]
    return tuple(found)


def _is_of_the_house(key: str, known: Known) -> bool:
    """Whether an address is of our own domains, or a member of the staff has it."""
    party = known.party(key)
    return _domain(key) in known.desk.domains or (party is not None and party.person is not None)


def _addresses(text: str) -> tuple[str, ...]:
    return tuple(address_key(address) for address in addresses_in(text[:_LONGEST_CLAIM]))


def _domain(key: str) -> str:
    return key.rpartition("@")[2]


def _shown(sender: Mailbox) -> str:
    """The address as it is and, where that differs, as people see it."""
    seen = unicode_domain(_domain(sender.key))
    return sender.address if seen == _domain(sender.key) else f"{sender.address} ({seen})"
