"""An address is marked only by a report that proves a letter of ours to that very address."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.cli.demo.mails import Received
from mailbot.duties.bounces.tables import Bounce
from mailbot.records.tables import Address, Pause
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, EVIL, GIL, MARA, PROBLEM, VIKTOR, Attack, bounce, proven
from tests.schemas import migrated_file
from tests.situations.desk import played_desk

RAJ, ELLEN = "raj@delphiwindows.example", "ellen@northstar.example"  # Dana's clients

UNKNOWN = "<i-9999-aaaaaaaaaa@harbourpine.example>"
FEEDBACK = "--r\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: {to}\n\n--r--\n"
RECEIPT = "--r\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822;{to}\n\n--r--\n"


@pytest.fixture(scope="module")
def letter(siege: Siege) -> Received:
    """A letter that Raj has got, with all its marks."""
    siege.suffers_one(Attack("honest", (*proven(RAJ), "Subject: banner"), PROBLEM))
    return siege.desk.letters_to(RAJ)[-1]


def attacks(letter: Received) -> dict[str, Attack]:
    """Reports that must mark nobody; some carry the marks of Raj's letter."""
    to, mid = letter.envelope_sender, letter.message_id
    kind = "Content-Type: multipart/report; report-type={}; boundary=r"
    made = (
        bounce("no letter at all", (RAJ,)),
        bounce("a signature that is made up", (RAJ,), to="desk+i-0001-aaaaaaaaaa@harbourpine.example"),
        bounce("a letter that never was", (RAJ,), original=UNKNOWN),
        bounce("a thousand recipients", (*(f"c{number}@client.example" for number in range(1_000)), RAJ, GIL)),
        bounce("the letter of somebody else", (GIL,), to=to, original=mid),
        bounce("the letter of somebody else, and a crowd", (GIL, "rosa@betafreight.example"), original=mid),
        bounce("the address with a part of its own", ("raj+x@delphiwindows.example",), to=to, original=mid),
        bounce("a domain that looks like it", ("raj@delphiwind\u043ews.example",), to=to, original=mid),
        bounce("handed on", (RAJ,), to=to, original=mid, action="relayed"),
        bounce("sent to a list", (RAJ,), to=to, original=mid, action="expanded"),
        bounce("a server that says all is well", (RAJ,), to=to, original=mid, said="250 2.1.5 Ok"),
        bounce("words that contradict the code", (RAJ,), to=to, original=mid, said="452 4.2.2 mailbox full"),
        bounce("two letters at once", (RAJ,), to="desk+i-0001-aaaaaaaaaa@harbourpine.example", original=UNKNOWN),
        bounce("a delay", (RAJ,), to=to, original=mid, action="delayed", status="4.4.1", said="451 later"),
        bounce("a delivery", (RAJ,), to=to, original=mid, action="delivered"),
        bounce("a report that contradicts itself", (RAJ,), to=to, status="2.0.0", said="452 4.2.2 mailbox full"),
        bounce("our own fault", (RAJ,), to=to, status="5.7.1", said="550 5.7.1 blocked: http://attacker.example/"),
        Attack(
            "a complaint",
            (*proven(EVIL), f"To: {to}", kind.format("feedback-report")),
            FEEDBACK.format(to=RAJ),
        ),
        Attack(
            "a read receipt",
            (*proven(RAJ), f"To: {to}", kind.format("disposition-notification")),
            RECEIPT.format(to=RAJ),
        ),
        Attack(
            "a broken report",
            (*proven("MAILER-DAEMON@attacker.example"), f"To: {to}", kind.format("delivery-status")),
            "--r\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n!!!\n",
        ),
    )
    return {attack.name: attack for attack in made}


NAMES = tuple(attacks(Received("", "", "", "", "", "", "", "", "")))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_that_proves_nothing_or_tells_of_no_death_marks_nobody(
    siege: Siege, letter: Received, name: str
) -> None:
    told = siege.suffers_one(attacks(letter)[name])

    assert siege.desk.addresses_that_are_not_ok() == {}
    assert set(told.records) <= {"bounces", "tasks"}
    assert {written.recipient for written in told.letters} <= {MARA, VIKTOR, DANA}, "Raj is a client of Dana's"


@pytest.mark.parametrize("sender", [MARA, "MAILER-DAEMON@harbourpine.example"])
def test_an_address_of_our_own_people_is_never_marked(siege: Siege, sender: str) -> None:
    letter = siege.desk.letters_to(DANA)[0]
    true = bounce("of Dana", (DANA,), to=letter.envelope_sender, original=letter.message_id)
    told = siege.suffers_one(Attack("of Dana", (*proven(sender), *true.fields[2:]), true.body))

    assert siege.desk.addresses_that_are_not_ok() == {}
    assert {written.recipient for written in told.letters} <= {MARA, VIKTOR}


def test_the_true_report_marks_the_one_address_it_is_about(siege: Siege) -> None:
    siege.takes_in(Attack("honest", (*proven(ELLEN), "Subject: banner"), PROBLEM))
    letter = siege.desk.letters_to(ELLEN)[-1]
    siege.suffers_one(bounce("true", (ELLEN,), to=letter.envelope_sender, original=letter.message_id))

    assert siege.desk.addresses_that_are_not_ok() == {ELLEN: "undeliverable"}


def test_five_hundred_forged_bounces_that_name_every_client_change_no_record(tmp_path: Path) -> None:
    """Without a signed reference, with one that is made up, and with that of somebody else's letter. On a desk of its
    own: so many mails of strangers are braked, and that would hide what other attacks do."""
    with played_desk(tmp_path, migrated_file(tmp_path / "desk.sqlite")) as desk:
        siege = Siege(desk)
        siege.suffers_one(Attack("honest", (*proven(RAJ), "Subject: banner"), PROBLEM))
        letter = desk.letters_to(RAJ)[-1]
        everybody = tuple(address.written for address in desk.all_of(Address) if address.contact_id is not None)
        others = tuple(address for address in everybody if address != RAJ)
        before = [(each.key, each.status, each.status_since, each.status_because) for each in desk.all_of(Address)]
        forged = [
            (
                bounce(f"forged {number}", everybody),
                bounce(f"forged {number}", everybody, to="desk+i-0001-aaaaaaaaaa@harbourpine.example"),
                bounce(f"forged {number}", others, to=letter.envelope_sender, original=letter.message_id),
                bounce(
                    f"forged {number}", others, original=letter.message_id, status="5.7.1", said="550 5.7.1 blocked"
                ),
            )[number % 4]
            for number in range(500)
        ]
        told = siege.suffers(*forged)

        after = [(each.key, each.status, each.status_since, each.status_because) for each in desk.all_of(Address)]
        assert after == before
        assert {each.story.kind for each in told} <= {"unplaced", "duplicate"}
        assert {table for each in told for table in each.records} <= {"tasks"}
        assert desk.all_of(Bounce) == desk.all_of(Pause) == []
