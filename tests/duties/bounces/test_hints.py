"""What bounces see in the words of a mail where it is read: what they ask the records depends on that alone."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from mailbot.duties.bounces import DUTY
from mailbot.duties.bounces.heard import hint
from mailbot.duties.bounces.recalling import NAME, load
from mailbot.duties.hints import clues_for, hints_of, seen_of
from mailbot.duties.issues import DUTY as ISSUES
from mailbot.message import clues
from mailbot.message.model import Message
from mailbot.records.known import known_beforehand
from mailbot.sorting.authentication import Standing
from mailbot.sorting.automatic import MachineSigns
from mailbot.sorting.machine_headers import auto_submitted_reply
from tests.sorting.world import DANA, DESK, MARA, PASS, STAFF, anja_party, believing, from_staff, known, mail


def test_an_ordinary_mail_gives_no_hint() -> None:
    message = mail(text="see you on Monday at the show")
    assert hint(message, known_beforehand(DESK)) is None
    seen = seen_of(clues_for(message, hints_of((DUTY,), DESK)))
    assert seen is not None
    assert seen.signs == MachineSigns(seen_by=None, if_at_once=False)


@pytest.mark.parametrize(
    "text",
    [
        "the brochures for Acme came back",
        "0171 555 01 17 ist nicht mehr vergeben",
        "Karen quit last week",
        "karen@southstar.example bounced",
        "said 5.1.1 user unknown",
        "Karen's new address is k.lowe@southstar.example",
    ],
)
def test_what_may_tell_of_a_dead_end_is_a_hint(text: str) -> None:
    assert hint(from_staff(DANA, text=text), known_beforehand(DESK))


def test_orders_are_looked_for_only_in_what_can_be_believed() -> None:
    """A mail of which our server proved nothing may say what it likes: the records are asked nothing because of it."""
    said, hints = "Karen quit last week", hints_of((DUTY,), DESK).among(STAFF)
    proven, claimed = from_staff(DANA, text=said), mail(sender=f"{DANA.name} <{DANA.address}>", text=said)
    failed = mail(
        f"{PASS.replace('pass', 'fail')}harbourpine.example", sender=f"{DANA.name} <{DANA.address}>", text=said
    )
    assert NAME in clues_for(proven, hints).hints
    assert NAME not in clues_for(claimed, hints).hints
    assert NAME not in clues_for(failed, hints).hints
    # where the settings believe our own people without a proof, but not against one
    without_proof = hints_of((DUTY,), believing()).among(STAFF)
    assert NAME in clues_for(claimed, without_proof).hints
    assert NAME not in clues_for(failed, without_proof).hints


def test_what_only_a_colleague_can_say_is_looked_for_in_no_other_mail() -> None:
    said, hints = "Karen quit last week", hints_of((DUTY,), DESK)
    assert NAME in clues_for(from_staff(DANA, text=said), hints.among(STAFF)).hints
    assert NAME not in clues_for(from_staff(DANA, text=said), hints.among((MARA,))).hints
    of_a_client = mail(f"{PASS}muellerbau.example", sender="Anja Schmidt <a.schmidt@muellerbau.example>", text=said)
    assert NAME not in clues_for(of_a_client, hints.among(STAFF)).hints
    everybodys = hints_of((ISSUES,), DESK).among(STAFF)
    about_an_issue = mail(
        f"{PASS}muellerbau.example", sender="Anja Schmidt <a.schmidt@muellerbau.example>", text="I-0007"
    )
    assert ISSUES.name in clues_for(about_an_issue, everybodys).hints


@pytest.mark.parametrize(
    ("message", "signs"),
    [
        (mail("Auto-Submitted: auto-replied"), MachineSigns(seen_by=auto_submitted_reply, if_at_once=False)),
        (mail(text="I am on vacation until Friday."), MachineSigns(seen_by=None, if_at_once=True)),
    ],
)
def test_signs_of_a_machine_are_seen_beside_the_hints_of_duties(message: Message, signs: MachineSigns) -> None:
    seen = seen_of(clues_for(message, hints_of((DUTY,), DESK)))
    assert seen is not None
    assert seen.signs == signs
    assert seen.verdict is not None
    assert seen.verdict.standing is Standing.SILENT
    assert seen_of(clues(message)) is None


def test_the_records_are_asked_nothing_about_a_contact_or_a_colleague_without_a_hint() -> None:
    no_records = Session()  # it knows no database: every question to it fails
    left = from_staff(DANA, text="Karen quit last week")
    away = mail("Auto-Submitted: auto-replied", sender="Anja Schmidt <a.schmidt@muellerbau.example>")
    for message, sender in ((left, DANA), (away, anja_party())):
        assert load(no_records, message, clues(message), known(sender)) is None
        with pytest.raises(Exception, match="locate a bind"):
            load(no_records, message, clues_for(message, hints_of((DUTY,), DESK).among(STAFF)), known(sender))
