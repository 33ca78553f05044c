"""What the doctor says about [trust], for each way in which a mail server may write its results, or none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.message.model import Message
from mailbot.records.known import DeskCard
from mailbot.service.believing import of_trust, what_trust_means
from mailbot.service.observation import Observation, Wellness
from tests.sorting.world import DESK, PASS, believing, mail

PROVEN = mail(f"{PASS}client.example")
FAILED = mail("Authentication-Results: mx.harbourpine.example; dmarc=fail header.from=client.example")
BARE = mail()
OTHERS = mail("Authentication-Results: mx.other.example; dmarc=pass header.from=client.example")
NAMELESS = mail("Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=client.example; dmarc=pass")


def told(*mails: Message, desk: DeskCard = DESK) -> list[Observation]:
    return list(of_trust("imap sales", mails, desk))


def test_a_server_that_writes_its_results_is_well_and_it_is_said_how_many_are_believed() -> None:
    (found,) = told(PROVEN, PROVEN, FAILED, BARE)

    assert found.wellness is Wellness.OK
    assert "3 of the newest 4 mails bear the results of 'mx.harbourpine.example'" in found.what
    assert "2 of them name a proven sender, who is believed; of the other 2 nobody is believed" in found.what
    assert found.advice == ""


def test_results_that_prove_nobody_are_told_with_the_reason() -> None:
    below = mail("Received: from x by mx.relay.example; Tue, 4 Nov 2025", f"{PASS}client.example")
    (found,) = told(below, below)

    assert found.wellness is Wellness.WARN
    assert "none of them names a proven sender" in found.what
    assert "2 times: the Authentication-Results stands below a Received of mx.relay.example" in found.what
    assert "above all that comes with a mail" in found.advice


def test_the_name_that_the_server_does_write_is_told_as_it_has_to_be_written() -> None:
    (found,) = told(*[OTHERS] * 19, BARE)

    assert found.wellness is Wellness.FAIL
    assert "none of the newest 20 mails bears the results of 'mx.harbourpine.example'" in found.what
    assert "'mx.other.example' (19 of 20)" in found.what
    assert "no number is booked" in found.what
    assert 'write authserv_id = "mx.other.example" in [trust]' in found.advice
    assert "take out what comes in with its name" in found.advice


@pytest.mark.parametrize(("mails", "is_nameless"), [((BARE, BARE), False), ((NAMELESS,), True)])
def test_a_server_that_names_nobody_means_that_nobody_is_believed_and_each_way_out_has_its_risk(
    mails: tuple[Message, ...], is_nameless: bool
) -> None:
    (found,) = told(*mails)

    assert found.wellness is Wellness.FAIL
    assert "so nobody is believed: no number is booked, no order followed, and every mail stays" in found.what
    assert ("Microsoft 365" in found.what) is is_nameless
    assert "believe_unauthenticated = true in [trust] believes colleagues by their From, which anybody can write" in (
        found.advice
    )


def test_believing_without_proof_is_never_well() -> None:
    (silent,) = told(BARE, desk=believing())
    assert silent.wellness is Wellness.WARN
    assert "whoever writes an address of yours into From is believed to be that colleague" in silent.what

    well, needless = told(PROVEN, desk=believing())
    assert (well.wellness, needless.wellness) == (Wellness.OK, Wellness.WARN)
    assert "take believe_unauthenticated out of [trust]" in needless.advice


def test_another_name_goes_before_believing_without_proof() -> None:
    (found,) = told(OTHERS, desk=believing())
    assert found.wellness is Wellness.FAIL
    assert "mx.other.example" in found.advice


def test_without_any_mail_nothing_is_said_but_how_to_find_out() -> None:
    (found,) = told()
    assert found.wellness is Wellness.WARN
    assert found.advice == "send the desk a mail from outside, and ask again"


@pytest.mark.parametrize("name", ["x" * 5_000, '"mx"; other', "\x1b[31mred", "=", ";", ""])
def test_whatever_stands_in_the_field_of_a_stranger_is_told_short_and_harmless(name: str) -> None:
    (found,) = told(mail(f"Authentication-Results: {name}; dmarc=pass"))
    assert len(found.what) < 500
    assert (found.what + found.advice).isprintable()


def test_the_settings_are_said_in_words_before_any_mail_is_there() -> None:
    assert what_trust_means(DESK).endswith("and nobody without it")
    assert "believe_unauthenticated is on" in what_trust_means(replace(DESK, believe_unauthenticated=True))
