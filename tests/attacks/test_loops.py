"""No robot, list, report or own mail is ever answered; an answer goes to nobody but who is proven to have written."""

from __future__ import annotations

import pytest

from mailbot.duties.issues.tables import Issue
from mailbot.post.sandbox import OUTSIDE
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DESK, MARA, PETE, PROBLEM, TOM, Attack, failed, passed, proven

PETES = proven(PETE)


def of_pete(name: str, *fields: str, body: str = PROBLEM) -> Attack:
    return Attack(name, (*PETES, *fields), body)


def from_(sender: str, name: str = "") -> Attack:
    return Attack(name or sender, proven(sender), PROBLEM)


ROBOTS = (
    of_pete("auto-replied", "Auto-Submitted: auto-replied"),
    of_pete("auto-generated, folded", "Auto-Submitted:\r\n auto-generated"),
    of_pete("no, and then auto-replied", "Auto-Submitted: no", "Auto-Submitted: auto-replied"),
    of_pete("auto-replied behind a comment", "Auto-Submitted: (vacation) auto-replied"),
    of_pete("a word of its own", "Auto-Submitted: x-robot"),
    of_pete("junk", "Precedence: junk"),
    of_pete("the precedence of a responder", "Precedence: auto_reply"),
    of_pete("a way to leave", "List-Unsubscribe: <mailto:leave@globex.example>"),
    of_pete("the manager of a list", "Return-Path: <owner-news@globex.example>"),
    of_pete("a mail system by its name alone", "Return-Path: <MAILER-DAEMON>"),
    of_pete("failed recipients", "X-Failed-Recipients: a@b.example"),
    of_pete("a report about TLS", "TLS-Report-Domain: harbourpine.example"),
    of_pete("an encoded absence", "Subject: =?utf-8?q?Automatische_Antwort=3A_banner?=", body="Bin im Urlaub.\n"),
    of_pete("a French absence", "Subject: R\u00e9ponse automatique : banner", body="Je suis absent.\n"),
    of_pete("a Spanish absence", "Subject: Respuesta autom\u00e1tica: banner", body="Fuera de la oficina.\n"),
    of_pete("a German absence", "Subject: Automatische Antwort: numbers", body="Ich bin bis 5.11. nicht im Hause.\n"),
    of_pete("a list", "List-Id: <x.globex.example>"),
    of_pete("X-Autoreply", "X-Autoreply: yes"),
    of_pete("bulk", "Precedence: bulk"),
    of_pete("our own loop mark", f"X-Loop: {DESK}"),
    of_pete("a hundred hops", *["Received: from a by b.globex.example; Fri, 31 Oct 2025 20:00:00 +0000"] * 100),
    of_pete("a null sender", "Return-Path: <>"),
    of_pete(
        "a calendar's answer", "Content-Type: text/calendar; method=REPLY", body="BEGIN:VCALENDAR\nEND:VCALENDAR\n"
    ),
    of_pete("a DMARC report", "Subject: Report Domain: harbourpine.example Submitter: globex Report-ID: <1>"),
    of_pete("our own Message-ID", "Message-ID: <d-0001-aaaaaaaaaa@harbourpine.example>"),
    from_(DESK),
    from_("desk+x@harbourpine.example"),
    from_("numbers@harbourpine.example"),
    from_("no-reply@globex.example"),
    from_("MAILER-DAEMON@globex.example"),
    from_("postmaster@globex.example"),
    from_("bounces+abc@globex.example"),
    from_("Do-Not-Reply@globex.example"),
    from_("nicht-antworten@globex.example"),
    from_("DESK@HARBOURPINE.EXAMPLE"),
    Attack("a victim who never wrote", (failed("victim.example"), "From: victim@victim.example"), PROBLEM),
    Attack("a victim whom nothing proves", (passed("attacker.example"), "From: victim@victim.example"), PROBLEM),
)


@pytest.mark.parametrize("attack", ROBOTS, ids=lambda attack: attack.name)
def test_what_no_person_is_proven_to_have_written_is_not_answered(siege: Siege, attack: Attack) -> None:
    told = siege.suffers_one(attack)
    assert told.letters == ()
    assert set(told.records) <= ({"whereabouts", "contacts"} if "absence" in attack.name else set())


def test_who_wants_no_answers_gets_none_and_a_person_looks_at_the_mail(siege: Siege) -> None:
    told = siege.suffers_one(of_pete("suppressed", "X-Auto-Response-Suppress: All"))
    assert {letter.recipient for letter in told.letters} == {MARA}
    assert (told.story.folder, told.records) == ("Held", {"tasks": 1})


@pytest.mark.parametrize(
    "field",
    [
        f"Reply-To: {DESK}",
        "Reply-To: victim@victim.example",
        "Reply-To: all: victim@victim.example, other@victim.example;",
        "Mail-Followup-To: victim@victim.example",
        "Return-Receipt-To: victim@victim.example",
        "Disposition-Notification-To: victim@victim.example",
        "Errors-To: victim@victim.example",
        "Sender: victim@victim.example",
        "Cc: " + ", ".join(f"v{number}@victim.example" for number in range(200)),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ],
)
def test_an_answer_goes_to_the_proven_sender_and_nowhere_else(siege: Siege, field: str) -> None:
    sender = f"s{len(siege.desk.all_of(Issue))}@newco.example"
    told = siege.suffers_one(Attack("elsewhere", (*proven(sender), field), PROBLEM))

    assert {letter.recipient for letter in told.letters} == {sender, MARA}
    assert [letter.recipient for letter in siege.desk.letters_to(OUTSIDE)][-1] == sender


def test_a_robot_with_ever_new_addresses_that_answers_our_answers_is_answered_once(siege: Siege) -> None:
    siege.suffers_one(Attack("first", proven("r0@robot.example"), PROBLEM))
    answer = siege.desk.letters_to(OUTSIDE)[-1]
    for number in range(1, 4):
        fields = (*proven(f"r{number}@robot.example"), f"In-Reply-To: {answer.message_id}", f"To: {answer.reply_to}")
        told = siege.suffers_one(Attack("next", fields, f"{PROBLEM}{number}\n"))
        assert {letter.recipient for letter in told.letters} <= {MARA}


def test_a_client_who_writes_all_day_is_acknowledged_once(siege: Siege) -> None:
    told = [siege.suffers_one(of_pete("again", body=f"Banner {number} is broken.\n")) for number in range(4)]
    assert [[letter.recipient for letter in each.letters] for each in told] == [[PETE, TOM], [TOM], [TOM], [TOM]]
