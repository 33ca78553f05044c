"""What the rules may say of a contract that changes, and what that comes to. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb
from mailbot.duties.contracts import letters as of_drafts
from mailbot.duties.contracts.actions import KeepDraft
from mailbot.duties.contracts.changes import letters
from mailbot.duties.contracts.changes.actions import CorrectChange, KeepChange, SettleChange
from mailbot.duties.contracts.changes.billing import change_handed_over
from mailbot.duties.contracts.changes.facts import ChangeAnswer, ChangeCard, ChangeMail, UnknownContract
from mailbot.duties.contracts.changes.letters import Besides
from mailbot.duties.contracts.changes.planning import change_of
from mailbot.duties.contracts.changes.points import lacks
from mailbot.duties.contracts.changes.renewing import ended_on
from mailbot.duties.contracts.facts import DraftCard, KeptFile
from mailbot.duties.contracts.intake.comparing import together
from mailbot.duties.contracts.tables import DraftState
from mailbot.errors import OurBug
from mailbot.records.contracts.tables import EventKind
from mailbot.records.decision import Action, Folder
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion, OpenTask
from mailbot.records.tables import Role


def keep_change_and_ask(s: Situation, _how: NoParameters) -> Plan:
    """Keeps what was read, and asks which contract is meant, whether it is right, or whether money goes back."""
    mail, sender = _mail(s), _sender(s)
    card = replace(mail.card, ref=s.ref, sent_by_id=sender.id)
    keep = KeepChange(
        ref=s.ref,
        kind=card.kind,
        about=card.contract.ref if card.contract else ", ".join(each.name for each in card.clients),
        contract_id=card.contract.id if card.contract else None,
        contract_ids=tuple(each.id for each in card.contracts),
        sent_by_id=sender.id,
        said_on=card.said_on,
        words=card.words,
        file_text=card.file_text,
        reading=card.reading,
        in_file=card.in_file,
        files=mail.files,
    )
    return Plan(_summary(card, sender), (*_closing(mail), keep, *_asking(s, card)), Folder.ASKED)


def take_contract(s: Situation, _how: NoParameters) -> Plan:
    """It is known which contract is meant: what was said is read against it, and asked."""
    answer, sender = _answer(s), _sender(s)
    card = answer.card
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    if card.contract is None:
        return Plan(
            "It is still open which contract is meant.",
            (closing, letters.which_contract(s, card, sender)),
            Folder.ASKED,
        )
    if card.renewal is not None:
        settled = SettleChange(card.id, card.ref, DraftState.CONFIRMED)
        return Plan(_summary(card, sender), (closing, settled, *_renewing(s, card, ())), Folder.ASKED)
    return Plan(_summary(card, sender), (closing, _correcting(card, answer.changed), *_asking(s, card)), Folder.ASKED)


def correct_change(s: Situation, _how: NoParameters) -> Plan:
    """Puts right what was read of a change, and asks again."""
    answer, sender = _answer(s), _sender(s)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    besides = Besides(changed=answer.changed, unclear=answer.unclear)
    asking = letters.change_letter(s, answer.card, sender, besides)
    summary = f"{sender.name} changed {len(answer.changed)} points of {answer.card.ref}."
    return Plan(summary, (closing, _correcting(answer.card, answer.changed), asking), Folder.ASKED)


def ask_change_again(s: Situation, _how: NoParameters) -> Plan:
    """An OK came, but something has to be said first."""
    answer, sender = _answer(s), _sender(s)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    asking = letters.change_letter(s, answer.card, sender, Besides(lacking=True))
    return Plan(f"{answer.card.ref} cannot hold yet; {sender.name} is asked again.", (closing, asking), Folder.ASKED)


def change_contract(s: Situation, _how: NoParameters) -> Plan:
    """The change holds: billing and the departments hear of it, and what it changes of the money is offered."""
    answer, sender = _answer(s), _sender(s)
    card, contract = answer.card, answer.card.contract
    if contract is None:
        raise OurBug(f"{card.ref} was about to hold before it was known which contract it is about")
    change = change_of(card, s.known)
    rep = s.known.person(change.rep_id) or s.known.person(card.sent_by_id) or sender
    told: list[Action | None] = [
        letters.changed(s, card, change, rep, letters.offered(card, change, rep)),
        letters.changed(s, card, change, sender, None) if rep.id != sender.id else None,
        change_handed_over(s, change, contract.value),
        *letters.to_departments(s, card, change),
    ]
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    summary = f"{sender.name} confirmed: {change}."
    return Plan(summary, (closing, change, *(each for each in told if each is not None)), Folder.ASKED)


def drop_change(s: Situation, _how: NoParameters) -> Plan:
    """Nothing comes of it; who has sent it hears that too."""
    answer, sender = _answer(s), _sender(s)
    card = answer.card
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    dropping = SettleChange(card.id, card.ref, DraftState.DROPPED)
    sent_by = s.known.person(card.sent_by_id)
    hear = {person.id: person for person in (sender, sent_by) if person is not None}
    told = tuple(letters.refused(s, each, card, sender) for each in hear.values())
    return Plan(f"Nothing comes of the change {card.ref}.", (closing, dropping, *told))


def say_unknown(s: Situation, _how: NoParameters) -> Plan:
    """No running contract is known that may be meant; nothing changes."""
    unknown, sender = s.finding.facts, _sender(s)
    if not isinstance(unknown, UnknownContract):
        raise OurBug("the verb 'say_unknown' was asked about a mail whose contract is known")
    return Plan(f"No contract of {unknown.named} runs.", (letters.unknown_contract(s, unknown, sender),), Folder.ASKED)


def renew_and_ask(s: Situation, _how: NoParameters) -> Plan:
    """The contract that follows is drawn up from the one before, and its owner is asked whether it is right."""
    mail, sender = _mail(s), _sender(s)
    card = replace(mail.card, ref=s.ref, sent_by_id=sender.id)
    return Plan(_summary(card, sender), (*_closing(mail), *_renewing(s, card, mail.files)), Folder.ASKED)


# --- who is asked ---


def _asking(s: Situation, card: ChangeCard) -> tuple[Action, ...]:
    sender = _sender(s)
    if card.contract is None:
        return (letters.which_contract(s, card, sender),)
    asked = _asked(s, card)
    if asked is None:
        words = f"Money is to go back by {card.contract.ref}, and nobody who manages is known: {card.words[:200]}"
        return (OpenTask("contracts", "refund", words, None, card.contract.client_id),)
    if asked.id == sender.id:
        return (letters.change_letter(s, card, asked, Besides()),)
    return letters.change_letter(s, card, asked, Besides(sent_by=sender)), letters.waits_for(s, sender, card, asked)


def _asked(s: Situation, card: ChangeCard) -> PersonCard | None:
    """The owner of the client; about money that goes back, who manages, and never a rep."""
    if card.kind is EventKind.REFUNDED:
        sender = _sender(s)
        if sender.role is Role.MANAGER:
            return sender
        return next(iter((*s.known.in_role(Role.MANAGER), *s.known.in_role(Role.COORDINATOR))), None)
    return _owner(s, card) or _sender(s)


def _owner(s: Situation, card: ChangeCard) -> PersonCard | None:
    contract = card.contract
    if contract is None:
        return None
    return s.known.person(card.client_of(contract).owner_id) or s.known.person(contract.rep_id)


def _renewing(s: Situation, card: ChangeCard, files: tuple[KeptFile, ...]) -> tuple[Action, ...]:
    """The contract that follows waits for an OK, as any other that was signed."""
    contract, sender, reading = card.contract, _sender(s), card.renewal
    if contract is None or reading is None:
        raise OurBug(f"{card.ref} was about to be renewed before it was known which contract it is about")
    owner = _owner(s, card) or sender
    in_file = card.renewal_in_file
    draft = DraftCard(
        id=0,
        ref=s.ref,
        client=card.client_of(contract),
        asked_id=owner.id,
        sent_by_id=card.sent_by_id or sender.id,
        signed_on=card.said_on,
        reading=together(reading, in_file),
        in_file=in_file,
        follows_id=contract.id,
        follows=contract.ref,
        follows_ended_on=ended_on(contract),
    )
    keep = KeepDraft(
        ref=draft.ref,
        client_id=contract.client_id,
        client=card.client_of(contract).name,
        asked_id=draft.asked_id,
        sent_by_id=draft.sent_by_id,
        signed_on=draft.signed_on,
        reading=draft.reading,
        in_file=draft.in_file,
        files=files,
        follows_id=contract.id,
    )
    is_anothers = owner.id != sender.id
    besides = of_drafts.Besides(sent_by=sender if is_anothers else None)
    asking = of_drafts.reading_letter(s, draft, owner, besides)
    told = (letters.waits_for(s, sender, card, owner),) if is_anothers else ()
    return keep, asking, *told


def _correcting(card: ChangeCard, said: tuple[str, ...]) -> CorrectChange:
    if card.contract is None:
        raise OurBug(f"{card.ref} was about to be corrected before it was known which contract it is about")
    return CorrectChange(card.id, card.ref, card.contract.id, card.reading, card.in_file, said)


def _closing(mail: ChangeMail) -> tuple[Action, ...]:
    return (CloseQuestion(mail.question_id, mail.evidence[0].words),) if mail.question_id is not None else ()


def _summary(card: ChangeCard, sender: PersonCard) -> str:
    about = card.contract.ref if card.contract else "one of several contracts"
    return f"{sender.name}: {about} is {card.kind.value}; somebody is asked."


def _mail(s: Situation) -> ChangeMail:
    if not isinstance(s.finding.facts, ChangeMail):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for a change of a contract")
    return s.finding.facts


def _answer(s: Situation) -> ChangeAnswer:
    if not isinstance(s.finding.facts, ChangeAnswer):
        raise OurBug(
            f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for an answer about a change"
        )
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a change of a contract has no colleague as its sender")
    return person


def is_complete(card: ChangeCard) -> bool:
    """Whether nothing has to be said before it can hold."""
    contract, reading = card.contract, card.reading
    return contract is not None and (card.renewal is not None or (reading is not None and not lacks(reading, contract)))


VERBS: Final = tuple(
    Verb(each.__name__, NoParameters, each, says)
    for each, says in (
        (keep_change_and_ask, "keeps what is said of a contract, and asks its owner, or who decides about money"),
        (take_contract, "reads what was said against the contract that was chosen, and asks"),
        (correct_change, "puts right what was read of a change, and asks again"),
        (ask_change_again, "asks again for what is missing before an OK counts"),
        (change_contract, "changes the contract; billing and departments hear of it, and its money is offered"),
        (drop_change, "leaves the contract as it is"),
        (say_unknown, "says that no running contract is known"),
        (renew_and_ask, "draws up the contract that follows, and asks whether it is right"),
    )
)
