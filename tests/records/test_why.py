"""Why a decision was made: the chain of decisions that wrote the same records, with the words each stands on."""

from __future__ import annotations

from itertools import pairwise

from mailbot.records import why
from mailbot.records.tables import LetterState
from tests.clerk import DANA, JONAS, PRIYA, Desk, mail


def test_the_chain_is_told_from_its_beginning_with_the_words_each_step_stands_on(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    renamed = desk.says("rename Kestrel to Osprey")
    desk.says("open Heron")

    asked = desk.says(f"why {renamed.ref}")

    text = desk.letter_of(asked).text
    assert text.index("> open Kestrel") < text.index("> rename Kestrel to Osprey")
    assert "client Osprey: name Kestrel → name Osprey" in text
    assert "mail from Dana Reyes" in text
    assert "Rule: clerk.all\nBelieved because our mail server says: dmarc=pass" in text
    assert opened.ref in text
    assert "Heron" not in text


def test_a_reference_of_a_letter_names_its_decision(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    with desk.database.reading() as session:
        assert [story.ref for story in why.tell(session, f"{opened.ref.lower()}.2")] == [opened.ref]
        assert why.tell(session, "N-9999") == ()


def test_what_was_taken_back_says_so(desk: Desk) -> None:
    opened = desk.says("open Kestrel")
    taken_back = desk.says(f"undo {opened.ref}")
    with desk.database.reading() as session:
        first, second = why.tell(session, opened.ref)
    assert (first.ref, first.undone_by, second.ref) == (opened.ref, taken_back.ref, taken_back.ref)
    assert first.letters[0].state == LetterState.WITHDRAWN.value
    assert "(undone since)" in desk.letter_of(desk.says(f"why {opened.ref}")).text


def test_a_chain_is_cut_to_the_decisions_nearest_to_the_one_asked_about(desk: Desk) -> None:
    desk.says("open Aa")
    names = [f"{letter}a" for letter in "ABCDEFGHIJKLMN"]
    renamed = [desk.says(f"rename {old} to {new}") for old, new in pairwise(names)]
    with desk.database.reading() as session:
        told = [story.ref for story in why.tell(session, renamed[6].ref)]
    assert (len(told), renamed[6].ref in told) == (10, True)


# --- who may ---


def test_a_manager_is_told_anything(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)
    assert "> open Kestrel" in desk.letter_of(desk.says(f"why {opened.ref}", PRIYA)).text


def test_a_rep_is_not_told_what_came_of_a_colleagues_mail(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)

    asked = desk.says(f"warum {opened.ref}", JONAS)

    letter = desk.letter_of(asked)
    assert letter.recipient == JONAS
    assert "Kestrel" not in letter.text


def test_a_rep_is_told_their_own_steps_of_a_chain_and_no_colleagues(desk: Desk) -> None:
    desk.says("open Kestrel", DANA)
    renamed = desk.says("rename Kestrel to Osprey", JONAS)

    text = desk.letter_of(desk.says(f"why {renamed.ref}", JONAS)).text

    assert "> rename Kestrel to Osprey" in text
    assert "> open Kestrel" not in text
    assert DANA not in text
    assert "Dana" not in text


def test_a_letter_to_oneself_may_be_asked_about(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)
    desk.redirects(desk.letter_of(opened), JONAS)

    assert "> open Kestrel" in desk.letter_of(desk.says(f"Warum {opened.ref}?\n\nJonas", JONAS)).text


def test_a_colleague_who_is_not_proven_is_told_nothing(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)

    forged = desk.arrives(mail(f"why {opened.ref}", DANA, dmarc="fail"))

    assert forged.kind == "forged"
    assert DANA not in {letter.recipient for letter in desk.letters_of(forged)}


def test_a_client_is_told_nothing(desk: Desk) -> None:
    opened = desk.says("open Kestrel", DANA)

    asked = desk.arrives(mail(f"why {opened.ref}", "pete@globex.example"))

    assert (asked.kind, desk.letters_of(asked)) == ("nothing", [])
