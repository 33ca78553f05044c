"""The letters of this duty. All of them go to colleagues: nobody outside is ever written to about a bounce."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from mailbot.deciding.verbs import Situation
from mailbot.duties.bounces.facts import AnswerFacts, BounceFacts, Choice, domain_of, next_contact, proven
from mailbot.duties.bounces.recalling import DEAD_ADDRESS, DEAD_SETTLED, NAME, recalled
from mailbot.duties.bounces.reports.failure import Failure, Reason
from mailbot.duties.bounces.returned.on_file import OnFile, Unsent
from mailbot.duties.bounces.returned.slip import slip_in
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Plain
from mailbot.message.addresses import address_key
from mailbot.message.clues import addresses_in
from mailbot.records.decision import Question, Send
from mailbot.records.known import ClientCard, ContactCard, Known, LetterCard, PersonCard
from mailbot.records.tables import AddressStatus, Role

_LONGEST_WORDS = 200  # of a server's diagnostic in a letter
_SHOWN = 5  # waiting letters whose subjects are named


def the_one_in_charge(known: Known, *roles: Role) -> PersonCard:
    """The first active member of the staff in the first of these roles that anybody has."""
    for role in (*roles, Role.COORDINATOR, Role.MANAGER, Role.ADMIN):
        for person in known.in_role(role):
            return person
    raise OurBug("there is no coordinator, manager or admin on file: import the staff first (people.csv)")


def owner_of(known: Known, on_file: OnFile | None) -> PersonCard:
    """Who looks after the client of an address; where nobody does, the coordinator."""
    owner = on_file.client.owner if on_file and on_file.client else None
    return owner or the_one_in_charge(known)


def ask_about_dead_address(situation: Situation, facts: BounceFacts, days: tuple[date, ...] = ()) -> Send:
    """Tells the owner that an address is dead and asks what to do: a digit, or a digit and an address.

    `days` are those on which letters did not arrive, where it is given up for that.
    """
    letter, failure = proven(facts)
    on_file = facts.on_file
    if on_file is None or on_file.contact is None or on_file.client is None:
        raise OurBug(f"nobody can be asked about {letter.recipient}: it is no contact's address")
    waiting = recalled(situation.known).letters_to(on_file.key)
    moved_to = _named_instead(failure)
    asks, choices = what_now(on_file, letter.ref, moved_to)
    written: dict[str, Plain] = {
        **server_said(failure),
        **waiting_in_words(waiting),
        **choices,
        "client": on_file.client.name,
        "address": on_file.written,
        "since": days[0] if days else situation.today,
        "days": len(days),
        "last_ok": on_file.contact.last_ok,
        "moved_to": moved_to,
    }
    draft = _draft(owner_of(situation.known, on_file), "dead", written, on_file.key, situation.today)
    return Send(replace(draft, about_client=on_file.client.id), asks)


def what_now(on_file: OnFile, about: str, moved_to: str | None = None) -> tuple[Question, dict[str, Plain]]:
    """The question what to do about a dead address, and what the letter says of the answers: who comes next, and the
    address as it was probably meant, where the server names no other."""
    contact, client = on_file.contact, on_file.client
    if contact is None or client is None:
        raise OurBug(f"nobody can be asked about {on_file.written}: it is no contact's address")
    following = next_contact(on_file)
    meant = None if moved_to else slip_in(on_file.written, _domains_beside(contact, client))
    asks = Question(
        duty=NAME,
        kind=DEAD_ADDRESS,
        words=f"{contact.name} ({client.name}): {on_file.written} is dead. What now?",
        context={
            "address_key": on_file.key,
            "letter": about,
            "next_contact_id": following.id if following else None,
            "proposed": moved_to or meant or "",
        },
    )
    return asks, {"contact": contact.name, "following": following.name if following else None, "meant": meant}


def _named_instead(failure: Failure) -> str | None:
    """The address that the server of a mailbox that has moved names instead (RFC 5321 section 3.4, reply 551)."""
    if failure.reason is not Reason.MOVED:
        return None
    others = [each for each in addresses_in(failure.diagnostic) if address_key(each) not in failure.keys]
    return others[0] if len({address_key(each) for each in others}) == 1 else None


def _domains_beside(contact: ContactCard, client: ClientCard) -> tuple[str, ...]:
    """The mail domains at which the other contacts of a client are reached."""
    others = (each for each in client.contacts if each.address_id != contact.address_id)
    return tuple(domain_of(each.address) for each in others if each.address_status is AddressStatus.OK)


def tell_admin_of_staff(situation: Situation, facts: BounceFacts) -> Send:
    """A colleague's own address does not work: nothing is marked, a person looks at it."""
    letter, failure = proven(facts)
    person_id = facts.on_file.person_id if facts.on_file else None
    colleague = next((each for each in situation.known.staff if each.id == person_id), None)
    written: dict[str, Plain] = {
        **server_said(failure),
        "colleague": colleague.name if colleague else letter.recipient,
        "address": letter.recipient,
        "about": letter.subject,
        "since": situation.today,
    }
    to = _anybody_but(colleague, situation.known)
    return Send(_draft(to, "colleague", written, letter.recipient_key, situation.today))


def _anybody_but(colleague: PersonCard | None, known: Known) -> PersonCard:
    """Who is told about a colleague's address: never the colleague at that address, if there is anybody else."""
    in_charge = (person for role in (Role.ADMIN, Role.COORDINATOR, Role.MANAGER) for person in known.in_role(role))
    return next((person for person in in_charge if colleague is None or person.id != colleague.id), None) or (
        the_one_in_charge(known)
    )


def tell_sender(situation: Situation, facts: BounceFacts) -> Send:
    """A letter was refused, and not because its address is dead: whose letter it is has to look at it.

    That is the colleague for whose mail it was written, else the owner of the client, else the coordinator.
    """
    letter, failure = proven(facts)
    on_file = facts.on_file
    written: dict[str, Plain] = {
        **server_said(failure),
        "contact": on_file.contact.name if on_file and on_file.contact else None,
        "client": on_file.client.name if on_file and on_file.client else None,
        "address": letter.recipient,
        "about": letter.subject,
        "letter": letter.ref,
    }
    writer = recalled(situation.known).writer_of(letter.ref)
    to = next((each for each in situation.known.staff if each.id == writer), None)
    return Send(_draft(to or owner_of(situation.known, on_file), "not_delivered", written, letter.ref))


def confirm(situation: Situation, facts: AnswerFacts, waiting: tuple[Unsent, ...]) -> Send:
    """Says what was done with the answer, to the one who gave it."""
    on_file = facts.on_file
    if on_file is None:
        raise OurBug(f"an answer to {facts.question.letter_ref} was acted upon though its address is not on file")
    following = facts.next_contact.name if facts.next_contact else None
    to = asked_person(situation.known, facts)
    chosen = Settled(facts.choice, to, facts.question.letter_ref, facts.address, following)
    return settled(situation, on_file, chosen, waiting)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a colleague chose to do about an address that is off; `about` is the letter, or the mail, that says so."""

    choice: Choice
    by: PersonCard
    about: str
    address: str | None = None
    following: str | None = None


def settled(situation: Situation, on_file: OnFile, chosen: Settled, waiting: tuple[Unsent, ...]) -> Send:
    """Says what was done about an address that is off, to the one who chose that; `waiting` are the letters that go
    elsewhere, or are taken back."""
    if on_file.contact is None or on_file.client is None:
        raise OurBug(f"{on_file.written} was settled though it is on no contact")
    known = {each.letter_id for each in recalled(situation.known).written}
    going = tuple(each for each in waiting if each.id in known)
    written: dict[str, Plain] = {
        **waiting_in_words(going or waiting),
        "going": len(going),
        "left_over": len(waiting) - len(going),
        "choice": chosen.choice.value,
        "contact": on_file.contact.name,
        "client": on_file.client.name,
        "address": on_file.written,
        "new_address": chosen.address,
        "following": chosen.following,
        "phone": on_file.phone,
    }
    draft = _draft(chosen.by, "settled", written, chosen.about)
    return Send(replace(draft, answers=situation.thread, about_client=on_file.client.id))


def asked_person(known: Known, facts: AnswerFacts) -> PersonCard:
    """Who gave the answer: the one who was asked."""
    sender = known.sender.person if known.sender else None
    return sender or owner_of(known, facts.on_file)


def server_said(failure: Failure) -> Mapping[str, Plain]:
    """The reason, and the server's own words; None where it said nothing."""
    words = failure.diagnostic or failure.status
    return {"reason": failure.reason.value, "server_words": one_line(words, _LONGEST_WORDS) or None}


def waiting_in_words(letters: tuple[Unsent, ...]) -> Mapping[str, Plain]:
    """How many letters wait, and the subjects of the first few."""
    subjects = tuple(letter.subject for letter in letters[:_SHOWN])
    return {"waiting": len(letters), "subjects": subjects, "more": max(len(letters) - _SHOWN, 0)}


def _draft(
    to: PersonCard, template: str, written: Mapping[str, Plain], about: str, period: date | None = None
) -> Draft:
    return Draft(
        to=to.recipient,
        template=f"{NAME}/{template}",
        facts=written,
        purpose=_PURPOSES[template],
        object=about,
        period=period.isoformat() if period else "",
    )


_PURPOSES: Mapping[str, str] = {
    "dead": DEAD_ADDRESS,
    "colleague": "dead-colleague",
    "not_delivered": "not-delivered",
    "settled": DEAD_SETTLED,
}


def letter_in_words(letter: LetterCard) -> str:
    """A letter as it is named in a summary."""
    return f'letter {letter.ref} to {letter.recipient} ("{letter.subject}")'
