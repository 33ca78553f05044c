"""A mail from an address that was given up: it works after all, and what waited for it goes out."""

from __future__ import annotations

from dataclasses import replace

from mailbot.config import Level
from mailbot.deciding.verbs import Plan, Situation
from mailbot.duties.bounces import letters
from mailbot.duties.bounces.actions import HealAddress
from mailbot.duties.bounces.recalling import NAME, recalled
from mailbot.letters.model import Draft, Plain
from mailbot.records.decision import Folder, Send
from mailbot.records.known import ClientCard, ContactCard, Party
from mailbot.records.questions import CloseQuestion
from mailbot.records.tables import AddressStatus
from mailbot.sorting.model import Trust


def heal(situation: Situation) -> Plan | None:
    """The address of a contact who writes to us is in order again; None where it is, or where nobody is proven.

    That of somebody who has left heals by a person's mail alone: the mailbox answers for whoever had it.
    """
    sender = situation.known.sender
    if sender is None or sender.contact is None or sender.client is None or not _is_alive(situation, sender):
        return None
    written = sender.contact.address
    what = "an automatic reply" if situation.sorted.automatic else "a mail"
    closed = recalled(situation.known).open_about(sender.key)
    actions = (
        HealAddress(sender.address_id, written, f"{what} came from there ({situation.ref})"),
        *(CloseQuestion(each, f"{what} came from {written}") for each in closed),
        _tell_owner(situation, sender, sender.contact, sender.client),
    )
    return Plan(f"{written} works again: {what} came from there.", actions, Folder.LEAVE, acts_from=Level.WATCH)


def _is_alive(situation: Situation, sender: Party) -> bool:
    if situation.sorted.trust.trust is not Trust.T2:
        return False
    if sender.status is AddressStatus.LEFT:
        return situation.sorted.automatic is None
    return sender.status is AddressStatus.UNDELIVERABLE


def _tell_owner(situation: Situation, sender: Party, contact: ContactCard, client: ClientCard) -> Send:
    waiting = [each for each in recalled(situation.known).letters_to(sender.key) if each.on_hold]
    written: dict[str, Plain] = {
        **letters.waiting_in_words(tuple(waiting)),
        "contact": contact.name,
        "client": client.name,
        "address": contact.address,
        "had_left": sender.status is AddressStatus.LEFT,
    }
    to = client.owner or letters.the_one_in_charge(situation.known)
    draft = Draft(to.recipient, f"{NAME}/healed", written, purpose="healed", object=situation.ref)
    return Send(replace(draft, about_client=client.id))
