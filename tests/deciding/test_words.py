"""A decision in words for people."""

from __future__ import annotations

from dataclasses import replace

from mailbot.config import Level
from mailbot.deciding.decide import decide_due
from mailbot.deciding.verbs import Due, Plan
from mailbot.deciding.words import explain
from mailbot.letters.model import Letter
from mailbot.message.model import Evidence, Place
from mailbot.records.decision import Send
from tests.deciding.parcels import FINDING, KNOWN, NOW, decided, desk_card, orders


def test_the_whole_road_of_a_mail_is_told() -> None:
    decision = decided(orders())
    send = decision.actions[1]
    assert isinstance(send, Send)
    letter = send.letter
    assert isinstance(letter, Letter)

    assert explain(decision).splitlines() == [
        "P-0412: parcel (parcels), the mail goes to Done",
        "  Jotted 'here'. Answered Pete@globex.example.",
        "  made 2025-11-07 20:30 UTC because of a mail",
        "  believed: T3: dmarc=pass",
        "words it stands on:",
        '  "the parcel" (text 0-10)',
        "duties asked:",
        "  parcels: yes, parcel - the word parcel",
        "  weather: no - no word of rain",
        "rules asked:",
        "  rules/parcels.toml:4 parcels.heavy-parcel: did not apply - not when weight at_least 20.5: weight is nothing",
        "  rules/parcels.toml:20 parcels.parcel-is-here: applied - when kind is 'parcel' and tags contains 'fragile'",
        "done:",
        "  parcels.jot: jot 'here'",
        "  desk.send: write to Pete@globex.example: It is here: P-1",
        "letter P-0412 to Pete@globex.example (goes out):",
        "  Subject: It is here: P-1",
        *(f"  | {line}" if line else "  |" for line in letter.text.splitlines()),
    ]


def test_what_a_level_keeps_back_is_told_apart_from_what_is_done() -> None:
    words = explain(decided(orders(), known=replace(KNOWN, desk=desk_card(parcels=Level.WATCH))))

    assert "the mail stays where it is" in words
    assert "\nnot done, because the level is watch:\n  parcels.jot: jot 'here'\n" in words
    assert "\ndone:" not in words
    assert "(is kept back)" in words
    assert "\nnoted:\n  parcels only watches: nothing of this is done\n" in words


def test_what_fell_due_names_its_job() -> None:
    due = Due("chase", "late since Monday", Plan("Nothing to do.", ()))

    words = explain(decide_due(due, "parcels", "parcels.chase 2025-11-07", KNOWN, orders(), NOW))

    assert words.splitlines() == [
        "P-0412: chase (parcels), no mail to move",
        "  Nothing to do.",
        "  made 2025-11-07 20:30 UTC because of the clock (parcels.chase 2025-11-07)",
        "duties asked:",
        "  parcels: yes, chase - late since Monday",
        "nothing was done",
    ]


def test_words_of_strangers_can_neither_drive_the_terminal_nor_begin_a_line() -> None:
    hostile = Evidence("a\x1b[2J\nrules asked:\r\u202eb", Place("text", 0, 10))

    words = explain(decided(orders(), replace(FINDING, evidence=(hostile,))))

    assert '  "a[2J rules asked: b" (text 0-10)' in words.splitlines()
    assert words.splitlines().count("rules asked:") == 1
