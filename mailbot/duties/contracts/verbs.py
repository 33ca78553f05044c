"""What the rules about contracts may say and ask, and what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from mailbot.deciding.verbs import NoParameters, Plan, Situation, Verb, Vocabulary
from mailbot.duties.contracts import letters
from mailbot.duties.contracts.actions import ChangeDraft, Confirm, DropDraft, KeepDraft
from mailbot.duties.contracts.billing import handed_over
from mailbot.duties.contracts.changes.facts import ChangeAnswer, ChangeMail, UnknownContract
from mailbot.duties.contracts.changes.verbs import VERBS, is_complete
from mailbot.duties.contracts.facts import NAME, DraftAnswer, DraftCard, NamedClient, SignedMail, Term, Value
from mailbot.duties.contracts.intake.comparing import together
from mailbot.duties.contracts.intake.points import lacks, notice_days, notice_on
from mailbot.duties.contracts.letters import Besides
from mailbot.duties.contracts.planning import planned
from mailbot.duties.contracts.reading import KINDS
from mailbot.duties.contracts.settings import settings_of
from mailbot.errors import OurBug
from mailbot.records.decision import Action, Folder
from mailbot.records.known import PersonCard
from mailbot.records.offered_sales import OfferedSale
from mailbot.records.questions import CloseQuestion


def keep_and_ask(s: Situation, _how: NoParameters) -> Plan:
    """Keeps what was read, and asks the owner of the client whether it is right."""
    mail, sender = s.finding.facts, _sender(s)
    if not isinstance(mail, SignedMail):
        raise OurBug("the verb 'keep_and_ask' was asked about a mail that brings no contract")
    client = mail.clients[0] if len(mail.clients) == 1 else None
    asked = _owner(s, client) or sender
    reading = together(mail.in_mail, mail.in_file)
    keep = KeepDraft(
        ref=s.ref,
        client_id=client.id if client else None,
        client=client.name if client else "",
        asked_id=asked.id,
        sent_by_id=sender.id,
        signed_on=mail.signed_on,
        reading=reading,
        in_file=mail.in_file,
        files=mail.files,
    )
    draft = DraftCard(
        id=0,
        ref=s.ref,
        client=client,
        asked_id=asked.id,
        sent_by_id=sender.id,
        signed_on=mail.signed_on,
        reading=reading,
        in_file=mail.in_file,
        choices=mail.clients if client is None else (),
    )
    is_anothers = asked.id != sender.id
    besides = Besides(sent_by=sender if is_anothers else None, unopened=mail.unopened)
    asking = letters.reading_letter(s, draft, asked, besides)
    told: tuple[Action, ...] = (letters.passed_on(s, sender, client, asked),) if is_anothers and client else ()
    name = client.name if client else "a client not known yet"
    return Plan(
        f"{sender.name}: a contract with {name} was read; {asked.name} is asked.", (keep, asking, *told), Folder.ASKED
    )


def change_and_ask(s: Situation, _how: NoParameters) -> Plan:
    """Puts right what was read, and asks again."""
    answer, sender = _answer(s), _sender(s)
    draft = answer.draft
    asked = _owner(s, draft.client) or sender
    draft = replace(draft, asked_id=asked.id)
    change = ChangeDraft(
        draft_id=draft.id,
        ref=draft.ref,
        client_id=draft.client.id if draft.client else None,
        asked_id=asked.id,
        reading=draft.reading,
        said=answer.changed,
    )
    is_anothers = asked.id != sender.id
    besides = Besides(sender if is_anothers else None, answer.changed, answer.unclear)
    asking = letters.reading_letter(s, draft, asked, besides)
    told: tuple[Action, ...] = (
        (letters.passed_on(s, sender, draft.client, asked),) if is_anothers and draft.client else ()
    )
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    summary = f"{sender.name} changed {len(answer.changed)} points of {draft.ref}; {asked.name} is asked again."
    return Plan(summary, (closing, change, asking, *told), Folder.ASKED)


def ask_again(s: Situation, _how: NoParameters) -> Plan:
    """An OK came, but something has to be said first: the question is asked again, with what is missing on top."""
    answer, sender = _answer(s), _sender(s)
    asking = letters.reading_letter(s, answer.draft, sender, Besides(lacking=True))
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    return Plan(
        f"{answer.draft.ref} cannot be confirmed yet; {sender.name} is asked again.", (closing, asking), Folder.ASKED
    )


def confirm(s: Situation, _how: NoParameters) -> Plan:
    """The reading becomes a contract; billing is told, and whether to book it too is asked."""
    answer, sender = _answer(s), _sender(s)
    agreed = _agreed(answer.draft)
    action = _confirming(s, agreed, _owner(s, agreed.client) or sender)
    told: tuple[Action | None, ...] = (
        letters.running(s, answer.draft, sender, action.promised, _sale(action, answer.draft)),
        handed_over(s, action),
    )
    return Plan(
        f"{sender.name} confirmed {action.ref} with {action.client}.",
        (CloseQuestion(answer.question_id, answer.evidence.words), action, *filter(None, told)),
        Folder.ASKED,
    )


@dataclass(frozen=True, slots=True)
class _Agreed:
    """A draft with all that a contract needs."""

    draft: DraftCard
    client: NamedClient
    term: Term
    amount: Decimal
    value: Value


def _agreed(draft: DraftCard) -> _Agreed:
    client, term, value = draft.client, draft.reading.term, draft.reading.value
    if client is None or term is None or value is None or value.amount is None:
        raise OurBug(f"{draft.ref} was about to be confirmed without all it needs; the rules must ask again")
    return _Agreed(draft, client, term, value.amount, value)


def _confirming(s: Situation, agreed: _Agreed, owner: PersonCard) -> Confirm:
    draft, reading, ends_on = agreed.draft, agreed.draft.reading, agreed.term.ends_on
    return Confirm(
        draft_id=draft.id,
        ref=draft.ref,
        client_id=agreed.client.id,
        client=agreed.client.name,
        rep_id=owner.id,
        signed_on=draft.signed_on,
        starts_on=agreed.term.starts_on,
        ends_on=ends_on,
        value=agreed.amount,
        currency=agreed.value.currency,
        renews=bool(reading.renewal and reading.renewal.renews),
        notice_days=notice_days(reading.renewal, ends_on) if reading.renewal else None,
        notice_on=notice_on(reading.renewal, ends_on),
        artwork=reading.artwork,
        promised=planned(reading, settings_of(s.known.desk), s.known.staff),
        words=agreed.value.words,
        follows_id=draft.follows_id,
    )


def _sale(contract: Confirm, draft: DraftCard) -> OfferedSale:
    """The contract as a sale, for the week in which it was signed."""
    return OfferedSale(
        rep_id=contract.rep_id,
        client_id=contract.client_id,
        client_name=contract.client,
        amount=contract.value,
        currency=contract.currency,
        said_on=draft.signed_on,
        source=contract.ref,
        words=contract.words,
    )


def drop(s: Situation, _how: NoParameters) -> Plan:
    """What was read is no contract."""
    answer, sender = _answer(s), _sender(s)
    closing = CloseQuestion(answer.question_id, answer.evidence.words)
    dropping = DropDraft(answer.draft.id, answer.draft.ref)
    return Plan(
        f"{answer.draft.ref} is no contract.", (closing, dropping, letters.dropped(s, sender, answer.draft.ref))
    )


def _answer(s: Situation) -> DraftAnswer:
    if not isinstance(s.finding.facts, DraftAnswer):
        raise OurBug(f"a rule does with a mail of the kind {s.finding.kind!r} what is meant for an answer")
    return s.finding.facts


def _sender(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a contract has no colleague as its sender")
    return person


def _owner(s: Situation, client: NamedClient | None) -> PersonCard | None:
    return s.known.person(client.owner_id) if client else None


def _is_complete(draft: DraftCard) -> bool:
    return draft.client is not None and not lacks(draft.reading)


def _values(s: Situation) -> Mapping[str, object]:
    match s.finding.facts:
        case SignedMail() as mail:
            return {"clients": len(mail.clients), "promises": len(mail.in_mail.promises)}
        case DraftAnswer() as answer:
            return {"complete": _is_complete(answer.draft), "changes": len(answer.changed)}
        case ChangeMail() as change:
            return {"contracts": len(change.card.contracts)}
        case ChangeAnswer() as answered:
            return {
                "contracts": len(answered.card.contracts),
                "complete": is_complete(answered.card),
                "changes": len(answered.changed),
            }
        case UnknownContract():
            return {"contracts": 0}
    raise OurBug(f"the facts of a finding of {NAME} are {type(s.finding.facts).__name__}")


VOCABULARY: Final = Vocabulary(
    duty=NAME,
    kinds=KINDS,
    fields={"clients": int, "promises": int, "complete": bool, "changes": int, "contracts": int},
    values=_values,
    verbs={
        verb.name: verb
        for verb in (
            Verb(
                "keep_and_ask",
                NoParameters,
                keep_and_ask,
                "keeps a contract as it was read, and asks whether it is right",
            ),
            Verb("change_and_ask", NoParameters, change_and_ask, "puts right what was read, and asks again"),
            Verb("ask_again", NoParameters, ask_again, "asks again for what is missing before an OK counts"),
            Verb("confirm", NoParameters, confirm, "makes a contract of what was read, and offers to book it"),
            Verb("drop", NoParameters, drop, "drops what was read: it is no contract"),
            *VERBS,
        )
    },
)
