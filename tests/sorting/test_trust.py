from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.records.known import Party, PersonCard
from mailbot.sorting.authentication import aligned
from mailbot.sorting.lookalike import lookalike_of, mixes_scripts, unicode_domain
from mailbot.sorting.model import Trust
from mailbot.sorting.trust import judge
from tests.sorting.world import (
    DANA,
    DESK,
    JONAS,
    MARA,
    PASS,
    PRIYA,
    VIKTOR,
    WEB,
    anja_party,
    believing,
    from_staff,
    known,
    mail,
)

OURS = "Authentication-Results: mx.harbourpine.example; "
RECEIVED = "Received: from mail.client.example ([192.0.2.10]) by mx.harbourpine.example (Postfix) id 4A; Tue, 4 Nov"
DANA_FROM = "Dana Reyes <dana@harbourpine.example>"


@pytest.mark.parametrize(
    ("who", "trust"),
    [(DANA, Trust.T3), (WEB, Trust.T3), (MARA, Trust.T4), (PRIYA, Trust.T4), (VIKTOR, Trust.T4)],
    ids=lambda value: value.role.value if isinstance(value, PersonCard) else "",
)
def test_a_proven_member_of_the_staff_is_trusted_by_role(who: PersonCard, trust: Trust) -> None:
    found = judge(from_staff(who), known(who))
    assert (found.trust, found.forged) == (trust, False)
    assert who.name in found.why
    assert "dmarc=pass" in found.why


def test_a_proven_contact_is_trusted_with_what_is_his() -> None:
    message = mail(f"{PASS}muellerbau.example", sender="Anja Schmidt <a.schmidt@muellerbau.example>")
    found = judge(message, known(anja_party()))
    assert found.trust is Trust.T2
    assert "Müller Bau GmbH" in found.why


def test_a_proven_stranger_is_a_stranger() -> None:
    found = judge(mail(f"{PASS}client.example"), known())
    assert (found.trust, found.forged) == (Trust.T1, False)


def test_a_name_from_the_records_in_a_strangers_display_name_adds_nothing_but_is_told() -> None:
    message = mail(f"{PASS}gmail.example", sender="Dana Reyes <dana1984@gmail.example>")
    found = judge(message, known())
    assert (found.trust, found.forged) == (Trust.T1, False)
    assert "dana@harbourpine.example" in found.why


def test_reply_to_counts_for_nothing() -> None:
    message = mail(f"{PASS}client.example", f"Reply-To: {DANA_FROM}")
    assert judge(message, known()).trust is Trust.T1


def test_a_card_of_somebody_else_is_not_the_senders() -> None:
    assert judge(mail(f"{PASS}client.example"), known(DANA)).trust is Trust.T1


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=fail header.from=harbourpine.example",
        "spf=fail; dkim=none; dmarc=fail header.from=harbourpine.example",
        "dkim=pass header.d=attacker.example; dmarc=fail header.from=harbourpine.example",
        "dmarc=pass header.from=attacker.example",
        "dmarc=pass header.from=harbourpine.example; dmarc=fail header.from=harbourpine.example",
        "dmarc=pass",
        "dmarc=temperror header.from=harbourpine.example",
        "dkim=pass header.d=attacker.example",
        "dkim=fail header.d=harbourpine.example",
        "dkim=pass header.d=example",
        "spf=pass smtp.mailfrom=attacker.example",
        "spf=softfail smtp.mailfrom=dana@harbourpine.example",
        "iprev=pass policy.iprev=192.0.2.1",
        "none",
        ";;;===",
        "(" * 4000,
        "dmarc=pass header.from=harbourpine.example " + "x" * 9000,
        "",
    ],
)
def test_what_our_server_did_not_prove_has_no_effect_and_is_called_forged(results: str) -> None:
    found = judge(mail(OURS + results, sender=DANA_FROM), known(DANA))
    assert (found.trust, found.forged) == (Trust.T0, True)


@pytest.mark.parametrize(
    "results",
    [
        "dmarc=pass (p=reject dis=none) header.from=harbourpine.example",
        "DMARC=PASS header.from=HarbourPine.example;",
        "dmarc=pass action=none header.from=harbourpine.example",
        "dkim=pass header.d=harbourpine.example header.b=abc",
        "dkim=pass header.i=@mail.harbourpine.example",
        "dkim=fail header.d=lists.example; dkim=pass header.d=harbourpine.example",
        "spf=pass smtp.mailfrom=dana@harbourpine.example",
        "spf=pass smtp.mailfrom=bounces.harbourpine.example; dmarc=none header.from=harbourpine.example",
    ],
)
def test_what_our_server_proved_is_believed(results: str) -> None:
    assert judge(mail(OURS + results, sender=DANA_FROM), known(DANA)).trust is Trust.T3


@pytest.mark.parametrize(
    "name",
    [
        "=?utf-8?q?mx=2Eharbourpine=2Eexample?=",
        "mx.harbourpine.example\0",
        "mx.harbourpine.example\x01",
        "\0mx.harbourpine.example",
        "mx.harbour\x7fpine.example",
        "mx.harbourpine.example.",
    ],
)
def test_a_name_that_our_server_would_not_take_for_its_own_is_not_its_name(name: str) -> None:
    field = f"Authentication-Results: {name}; dmarc=pass header.from=harbourpine.example"
    assert judge(mail(field, sender=DANA_FROM), known(DANA)).trust is Trust.T0


def test_a_server_name_is_compared_without_folding_beyond_ascii() -> None:
    kiosk = replace(known(DANA), desk=replace(DESK, authserv_id="mx.kiosk.example"))
    results = "dmarc=pass header.from=harbourpine.example"
    for name, trust in (("MX.Kiosk.example", Trust.T3), ("mx.\u212aiosk.example", Trust.T0)):
        found = judge(mail(f"Authentication-Results: {name}; {results}", sender=DANA_FROM), kiosk)
        assert found.trust is trust


def test_spf_alone_does_not_stand_against_a_failed_dmarc() -> None:
    results = "spf=pass smtp.mailfrom=dana@harbourpine.example; dmarc=fail header.from=harbourpine.example"
    assert judge(mail(OURS + results, sender=DANA_FROM), known(DANA)).trust is Trust.T0


@pytest.mark.parametrize(
    "fields",
    [
        (RECEIVED, f"{PASS}harbourpine.example"),
        (f"{PASS}harbourpine.example", RECEIVED),
        ("Received: from mx by mailstore with LMTP; Tue, 4 Nov 2025", RECEIVED, f"{PASS}harbourpine.example"),
        ("Received: by 2001:db8::5 with SMTP id x; Tue, 4 Nov 2025", RECEIVED, f"{PASS}harbourpine.example"),
        (f"{PASS}harbourpine.example", "Received: from a by mail.attacker.example; Tue, 4 Nov 2025"),
        ("Authentication-Results: MX.HarbourPine.example 1; dmarc=pass header.from=harbourpine.example",),
        ("Authentication-Results: (ours) mx.harbourpine.example; dmarc=pass header.from=harbourpine.example",),
    ],
)
def test_the_topmost_field_of_our_own_server_counts(fields: tuple[str, ...]) -> None:
    assert judge(mail(*fields, sender=DANA_FROM), known(DANA)).trust is Trust.T3


@pytest.mark.parametrize(
    "fields",
    [
        ("Authentication-Results: mx.attacker.example; dmarc=pass header.from=harbourpine.example",),
        ("Authentication-Results: mx.harbourpine.example.x.example; dmarc=pass header.from=harbourpine.example",),
        (f"{OURS}dmarc=fail header.from=harbourpine.example", f"{PASS}harbourpine.example"),
        ("Authentication-Results: mx.attacker.example; dmarc=pass header.from=x.example", f"{PASS}harbourpine.example"),
        (RECEIVED, "Received: from a by mail.relay.example; Tue, 4 Nov 2025", f"{PASS}harbourpine.example"),
        ("Received: from by (by mx.harbourpine.example) by mail.relay.example; Tue", f"{PASS}harbourpine.example"),
        ("Received: nonsense", f"{PASS}harbourpine.example"),
        (RECEIVED, "DKIM-Signature: v=1; d=harbourpine.example; s=x; h=from; bh=AA; b=AA"),
    ],
)
def test_a_field_that_anybody_can_write_proves_nothing(fields: tuple[str, ...]) -> None:
    assert judge(mail(*fields, sender=DANA_FROM), known(DANA)).trust is Trust.T0


@pytest.mark.parametrize(
    "sender",
    [
        "Dana <dana@harbourpine.example>, x@attacker.example",
        "dana@harbourpine.example <dana@harbourpine.example> <x@attacker.example>",
    ],
)
def test_a_mail_from_two_is_from_nobody(sender: str) -> None:
    found = judge(mail(f"{PASS}harbourpine.example", sender=sender), known())
    assert (found.trust, found.forged) == (Trust.T0, True)


def test_two_from_fields_are_nobody() -> None:
    message = mail(f"{PASS}harbourpine.example", f"From: {DANA_FROM}", "From: x@attacker.example")
    assert judge(message, known(DANA)).trust is Trust.T0


def test_without_any_results_our_people_are_believed_only_where_the_settings_say_so() -> None:
    message = mail(sender=DANA_FROM)
    strict, lenient = judge(message, known(DANA)), judge(message, known(DANA, desk=believing()))
    assert (strict.trust, strict.forged) == (Trust.T0, False)
    assert lenient.trust is Trust.T3
    assert "settings" in lenient.why


@pytest.mark.parametrize(
    "fields",
    [
        (f"{OURS}dmarc=fail header.from=harbourpine.example",),
        ("Received: from a by mail.relay.example; Tue, 4 Nov 2025", f"{PASS}harbourpine.example"),
    ],
)
def test_a_failed_proof_is_never_believed_whatever_the_settings_say(fields: tuple[str, ...]) -> None:
    assert judge(mail(*fields, sender=DANA_FROM), known(DANA, desk=believing())).trust is Trust.T0


def test_the_lenient_setting_does_not_reach_strangers_and_contacts() -> None:
    contact = mail(sender="a.schmidt@muellerbau.example")
    assert judge(mail(), known(desk=believing())).trust is Trust.T0
    assert judge(contact, known(anja_party(), desk=believing())).trust is Trust.T0


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("Dana <dana@harbourpіne.example>", "xn--harbourpne-63h.example"),  # Cyrillic і
        ("dana@harbourplne.example", "harbourplne.example"),
        ("dana@harbour-pine.example", "harbour-pine.example"),
        ("dana@harbourpine.example.attacker.example", "harbourpine.example.attacker.example"),
        ("dana@harbourpine.example <x@attacker.example>", "attacker.example"),
        ('"dana@harbourpine.example" <x@attacker.example>', "attacker.example"),
        ("=?utf-8?q?dana=40harbourpine=2Eexample?= <x@attacker.example>", "attacker.example"),
    ],
)
def test_an_authenticated_stranger_who_dresses_up_as_one_of_us_is_forged(sender: str, domain: str) -> None:
    found = judge(mail(f"{PASS}{domain}", sender=sender), known())
    assert (found.trust, found.forged) == (Trust.T0, True)


def test_a_domain_that_looks_like_a_clients_is_told_and_no_more() -> None:
    found = judge(mail(f"{PASS}muel1erbau.example", sender="x@muel1erbau.example"), known())
    assert (found.trust, found.forged) == (Trust.T1, False)
    assert "muellerbau.example" in found.why


def test_an_address_of_mixed_alphabets_is_told() -> None:
    message = mail(f"{PASS}client.example", sender="pаt@client.example")  # Cyrillic а
    assert "mixes alphabets" in judge(message, known()).why
    assert "mixes alphabets" not in judge(mail(f"{PASS}client.example"), known()).why


def test_another_sender_with_the_same_card_is_not_confused_by_case() -> None:
    message = mail(f"{PASS}harbourpine.example", sender="JONAS@HarbourPine.example")
    assert judge(message, known(JONAS)).trust is Trust.T3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("client.example", "client.example", True),
        ("mail.client.example", "client.example", True),
        ("client.example", "mail.client.example", True),
        ("notclient.example", "client.example", False),
        ("client.co.uk", "co.uk", False),
        ("client.example", "example", False),
        ("", "", False),
        ("client.example", "", False),
    ],
)
def test_alignment_is_relaxed_but_knows_no_registries(one: str, other: str, expected: bool) -> None:
    assert aligned(one, other) is expected


def test_our_own_subdomains_are_no_lookalikes() -> None:
    own = {"harbourpine.example"}
    assert lookalike_of("harbourpine.example", own) is None
    assert lookalike_of("mail.harbourpine.example", own) is None
    assert lookalike_of("globex.example", own) is None
    assert lookalike_of("harb0urpine.example", own) == "harbourpine.example"


def test_broken_a_labels_are_shown_as_they_are() -> None:
    assert unicode_domain("xn--99999999999.example") == "xn--99999999999.example"
    assert unicode_domain("xn--mllerbau-65a.example") == "müllerbau.example"
    assert mixes_scripts("pat@müllerbau.example") is False


def test_a_party_that_is_neither_staff_nor_contact_is_a_stranger() -> None:
    party = Party("pat@client.example", 7, anja_party().status)
    assert judge(mail(f"{PASS}client.example"), known(party)).trust is Trust.T1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Date", "Thu, 30 Oct 2025 12:00:00 +0000"),
        ("Subject", "another"),
        ("Message-ID", "<2@attacker.example>"),
        ("In-Reply-To", "<n-0001-aaaaaaaaaa@harbourpine.example>"),
        ("References", "<n-0001-aaaaaaaaaa@harbourpine.example>"),
        ("Content-Type", "text/html"),
        ("Content-Transfer-Encoding", "quoted-printable"),
    ],
)
def test_a_mail_with_a_second_field_of_its_own_above_the_signed_one_is_not_believed(name: str, value: str) -> None:
    passed = f"{OURS}dmarc=pass header.from=harbourpine.example"
    once = mail(passed, f"{name}: {value}", sender=DANA_FROM)
    twice = mail(passed, f"{name}: {value}", f"{name.lower()}: {value}", sender=DANA_FROM)

    assert judge(once, known(DANA)).trust is Trust.T3
    found = judge(twice, known(DANA))
    assert (found.trust, found.forged) == (Trust.T0, True)
    assert f"more than one {name}" in found.why


def test_a_pass_that_names_two_domains_speaks_for_neither() -> None:
    two = f"{OURS}dmarc=pass header.from=harbourpine.example header.from=attacker.example"
    assert judge(mail(two, sender=DANA_FROM), known(DANA)).trust is Trust.T0
