"""A reply that changes booked lines: each entry is superseded, and before and after are told. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales import letters
from mailbot.duties.sales.actions import Supersede
from mailbot.duties.sales.facts.answers import Change, Corrections
from mailbot.duties.sales.grids import totals
from mailbot.duties.sales.talks import handing_on
from mailbot.errors import OurBug
from mailbot.records.decision import Action, Folder
from mailbot.records.known import PersonCard


def correct(s: Situation, _how: NoParameters) -> Plan:
    """Supersedes the entries that a reply names by their line, and says before and after."""
    facts, rep = corrections_of(s), rep_of(s)
    changed, actions = corrected(s, rep, facts.changes)
    summary = f"{rep.name}: {'; '.join(str(each) for each in changed)}."
    is_asked = any(change.client and change.client.owner_id != rep.id for change in facts.changes)
    return Plan(summary, actions, Folder.ASKED if is_asked else Folder.DONE)


def corrected(
    s: Situation, rep: PersonCard, changes: Sequence[Change]
) -> tuple[tuple[Supersede, ...], tuple[Action, ...]]:
    """What supersedes the entries; and all that is done, with the letter that tells it."""
    changed = tuple(superseding(change, rep) for change in changes)
    handed = [
        action
        for position, change in enumerate(changes, start=1)
        for action in handing_on.hand_over(s, rep, change, position)
    ]
    total = totals.checked(s, (), changes)
    settling = totals.settled_by(total, "; ".join(change.evidence.words for change in changes), s.ref)
    return changed, (*changed, *settling, letters.corrected(s, rep, changes, total), *handed)


def superseding(change: Change, rep: PersonCard) -> Supersede:
    """What is another's client is dropped here, and waits for its owner's word."""
    own = change.client if change.client and change.client.owner_id == rep.id else None
    return Supersede(
        entry_id=change.entry.id,
        client_name=change.entry.client_name,
        before=change.entry.price,
        price=change.price if own or not change.client else None,
        line=change.line,
        words=change.evidence.words,
        place=str(change.evidence.place),
        said_on=change.entry.said_on,
        moved_to=(own.id, own.name) if own else None,
        period=change.period,
        day=change.day,
    )


def corrections_of(s: Situation) -> Corrections:
    """The changes that a mail asks for, all of them understood."""
    facts = s.finding.facts
    if not isinstance(facts, Corrections) or facts.unclear or not facts.changes:
        raise OurBug("a correction that was not understood whole was about to be made; the rules must hold it")
    return facts


def rep_of(s: Situation) -> PersonCard:
    """The rep who wrote the mail."""
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a mail of a rep has no rep as its sender")
    return person
