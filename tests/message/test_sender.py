"""Who wrote: the one mailbox of the one From field, or nobody. Never a forged one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.message import address_key, parse_mailboxes, read

OURS = "dana@harbourpine.example"
EVIL = "evil@attacker.example"


def sender_of(*lines: str) -> str | None:
    message = read(("\n".join(lines) + "\n\nacme 12k\n").encode())
    return message.sender.address if message.sender else None


@pytest.mark.parametrize(
    "field",
    [
        f"Dana Reyes <{OURS}>",
        f'"Reyes, Dana" <{OURS}>',
        f"{OURS} (Dana Reyes)",
        f"<{OURS}>",
        OURS,
        f"=?utf-8?q?Dana_Reyes?= <{OURS}>",
        f'"Dana \\"D\\" Reyes" (at work (Boston)) <{OURS}>',
        f"<@relay.example:{OURS}>",
    ],
)
def test_one_mailbox_is_the_sender(field: str) -> None:
    assert sender_of(f"From: {field}") == OURS


@pytest.mark.parametrize(
    "field",
    [
        f"{OURS} <{EVIL}>",
        f'"{OURS}" <{EVIL}>',
        f"=?utf-8?b?ZGFuYUBoYXJib3VycGluZS5leGFtcGxl?= <{EVIL}>",
        f"({OURS}) {EVIL}",
        f'"<{OURS}>" <{EVIL}>',
    ],
)
def test_an_address_in_the_display_name_is_not_the_sender(field: str) -> None:
    assert sender_of(f"From: {field}") == EVIL


@pytest.mark.parametrize(
    "field",
    [
        f"{OURS}, {EVIL}",
        f"{OURS}; {EVIL}",
        f"<{OURS}> <{EVIL}>",
        f"<{OURS}> {EVIL}",
        f"<{OURS}",
        f"<<{OURS}>>",
        f"{OURS}@attacker.example",
        f"{OURS} @attacker.example",
        f"<@relay.example,@other.example:{OURS}>",
        f"{OURS}\0@attacker.example",
        "dana\0@harbourpine.example",
        f'"{OURS}, <{EVIL}>',
        f"({OURS} <{EVIL}>",
        "=?utf-8?q?dana=40harbourpine.example?=",
        "=?utf-8?q?Dana_=3Cdana=40harbourpine.example=3E?=",
        "Dana Reyes",
        "undisclosed-recipients:;",
        "<>",
        "",
        "dana@",
        "@harbourpine.example",
        "dana@harbourpine..example",
        "dana reyes@harbourpine.example x",
    ],
)
def test_what_is_not_exactly_one_mailbox_is_nobody(field: str) -> None:
    assert sender_of(f"From: {field}") is None


def test_two_from_fields_are_nobody_in_any_order_and_spelling() -> None:
    assert sender_of(f"From: {OURS}", f"From: {EVIL}") is None
    assert sender_of(f"From: {EVIL}", f"From: {OURS}") is None
    assert sender_of(f"From : {EVIL}", f"From: {OURS}") is None
    assert sender_of(f"FROM:{OURS}", f"from\t: {EVIL}") is None
    assert sender_of("Subject: no sender") is None


def test_a_header_that_was_not_read_to_its_end_names_nobody() -> None:
    fields = "\n".join(f"X-{number}: a" for number in range(3_000))

    assert sender_of(f"From: {OURS}", fields, f"From: {EVIL}") is None


def test_the_key_folds_ascii_letters_and_idna_and_nothing_else() -> None:
    assert address_key("Dana@HarbourPine.EXAMPLE") == OURS
    assert address_key("info@MÜLLER.example") == "info@xn--mller-kva.example"
    assert address_key("info@xn--mller-kva.EXAMPLE") == "info@xn--mller-kva.example"


@pytest.mark.parametrize(
    "lookalike",
    ["dаna@harbourpine.example", "ｄana@harbourpine.example", "dana@ｈarbourpine.example", "dana@harbourpine。example",
     "dana@harbourpıne.example", "\u212aana@harbourpine.example", "ſana@harbourpine.example"],
)  # fmt: skip
def test_a_lookalike_has_another_key(lookalike: str) -> None:
    assert address_key(lookalike) not in {OURS, "kana@harbourpine.example", "sana@harbourpine.example"}


def test_recipient_lists_and_groups_are_read_and_capped() -> None:
    boxes, defects = parse_mailboxes('Reps: "Reyes, Dana" <dana@x.example>, tom@x.example;, "J. W." <jonas@x.example>')
    assert [(box.name, box.address) for box in boxes] == [
        ("Reyes, Dana", "dana@x.example"),
        ("", "tom@x.example"),
        ("J. W.", "jonas@x.example"),
    ]
    assert defects == ()

    boxes, defects = parse_mailboxes(", ".join(f"u{number}@x.example" for number in range(150)))
    assert len(boxes) == 100
    assert "more than 100 addresses" in defects[0].what


def test_one_bad_address_does_not_lose_its_neighbours() -> None:
    boxes, defects = parse_mailboxes("dana@x.example, no address, tom@x.example")

    assert [box.address for box in boxes] == ["dana@x.example", "tom@x.example"]
    assert len(defects) == 1


@given(st.text(alphabet='ab@.<>",;:()[]\\ \t=?é\0', max_size=60))
def test_any_value_gives_clean_mailboxes_or_none(value: str) -> None:
    for box in parse_mailboxes(value)[0]:
        assert "@" in box.address
        assert not set(box.address) & set("<>\0\n,;") or box.address.startswith('"')
