"""A colleague whose mail is left to a person is told at once what was not settled, who has it, and what to write."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from mailbot.config import Level
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import Address, AddressStatus, Client, Contact, LetterRow, TaskRow, TaskState
from tests.clerk import DANA, DESIGN, JONAS, MARA, PRIYA, Desk, card, mail

HELD = "held"


def told(desk: Desk, decision: Decision) -> list[str]:
    """Whom a decision wrote, and to what end."""
    return [f"{letter.recipient.partition('@')[0]} {letter.purpose}" for letter in desk.letters_of(decision)]


def with_files(raw: bytes, *names: str) -> bytes:
    """The mail with these files beside its words."""
    made = message_from_bytes(raw, policy=default)
    assert isinstance(made, EmailMessage)
    for name in names:
        made.add_attachment(b"PK\x03\x04", maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


@pytest.mark.parametrize("sender", [DANA, DESIGN, PRIYA])
def test_every_colleague_hears_what_was_not_settled_and_who_has_it_now(desk: Desk, sender: str) -> None:
    held = desk.says("the green one, as we said on the boat", sender)

    assert told(desk, held) == ["mara needs-person", f"{sender.partition('@')[0]} held"]
    letter = desk.letter_to(held, sender)
    assert "> the green one, as we said on the boat" in letter.text
    assert "Mara Lindqvist has it now" in letter.text
    assert '"why", "undo" or "done"' in " ".join(letter.text.split())
    assert len(letter.text.splitlines()) <= 15
    assert (held.folder, len(desk.all_of(TaskRow))) == (Folder.HELD, 1)


def test_a_rep_is_told_how_numbers_are_written_and_others_are_not(desk: Desk) -> None:
    reps, designs = (desk.says("the green one", sender) for sender in (DANA, DESIGN))

    assert "Acme Corp 12,000" in desk.letter_to(reps, DANA).text
    assert "Acme Corp 12,000" not in desk.letter_to(designs, DESIGN).text


def test_it_is_said_in_the_language_of_the_colleague(desk: Desk) -> None:
    letter = desk.letter_to(desk.says("das grüne, wie besprochen", JONAS), JONAS)

    assert "damit komme ich allein nicht weiter" in letter.text
    assert "Mara Lindqvist sieht es sich an" in letter.subject


def test_the_task_says_who_wrote_and_the_subject_of_the_thread(desk: Desk) -> None:
    held = desk.says("the green one, as we said on the boat", JONAS)
    desk.answers(desk.letter_to(held, JONAS), "das grüne eben")

    assert [task.words.partition(": ")[2] for task in desk.all_of(TaskRow)] == [
        'Jonas Weber, "numbers": nothing in it that I can settle by myself'
    ] * 2


def test_an_empty_mail_is_called_empty(desk: Desk) -> None:
    letter = desk.letter_to(desk.says("", DANA), DANA)

    assert "your mail was empty" in letter.text
    assert "> " not in letter.text


def test_files_are_named_to_the_sender_and_to_the_coordinator_with_clean_names(desk: Desk) -> None:
    raw = with_files(mail("", DANA), "KW44\u202exslx.exe", "../../etc/plan.pdf", "a\tb.csv", *"12345")

    held = desk.arrives(raw)

    assert told(desk, held) == ["mara needs-person", "dana held"], held.trace
    for address in (DANA, MARA):
        text = " ".join(desk.letter_to(held, address).text.split())
        assert "plan.pdf" in text
        assert "and 3 more" in text
        assert "\u202e" not in text
        assert "../" not in text
    assert "no words that I can read" in desk.letter_to(held, DANA).text


def test_a_mail_without_files_speaks_of_none(desk: Desk) -> None:
    held = desk.says("the green one", DANA)

    assert not any("Attached" in letter.text for letter in desk.letters_of(held))


def test_an_answer_that_is_none_is_told_which_letter_it_was_to(desk: Desk) -> None:
    asked = desk.letter_of(desk.says("open Kestrel?", DANA))
    desk.sends()

    held = desk.answers(asked, "the green one")

    assert f"It answers {asked.ref}, but not in a way that I can act on" in " ".join(
        desk.letter_to(held, DANA).text.split()
    )


def test_each_new_mail_of_a_colleague_is_answered_on_one_day(desk: Desk) -> None:
    held = [desk.says(f"the green one, no. {number} of ours", DANA) for number in range(8)]

    assert [told(desk, each) for each in held] == [["mara needs-person", "dana held"]] * 8


@pytest.mark.parametrize("sender", [DANA, MARA])
def test_a_program_that_answers_for_ever_is_told_so_often_and_no_more_and_the_coordinator_hears_of_it(
    desk: Desk, sender: str
) -> None:
    decisions = [desk.says("I have your mail and am on my way", sender)]
    for _ in range(24):
        desk.sends()
        letters = [letter for letter in desk.letters_of(decisions[-1]) if letter.recipient == sender]
        if not letters:
            break
        desk.now = desk.now.replace(hour=15)
        decisions.append(desk.answers(letters[0], "I have your mail and am on my way"))

    assert [letter.recipient for letter in desk.all_of(LetterRow) if letter.purpose == HELD] == [sender] * 20
    assert f"{sender.partition('@')[0]} held" not in told(desk, decisions[-1])
    (brake,) = (letter for letter in desk.all_of(LetterRow) if letter.purpose == "brake")
    assert brake.recipient == MARA
    assert "The limit is 20" in brake.text


def test_what_a_busy_coordinator_is_told_of_others_is_not_counted_against_her(desk: Desk) -> None:
    for number in range(25):
        desk.arrives(mail(f"the green one, no. {number}", PRIYA))
        desk.now = desk.now.replace(hour=15)

    assert told(desk, desk.says("the green one", MARA)) == ["mara held"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (mail("the green one", "ellen@northstar.example"), "a stranger"),
        (mail("the green one", DANA, dmarc="fail"), "unproven"),
        (b"Auto-Submitted: auto-replied\n" + mail("the green one", DANA), "a machine"),
        (b"List-Id: <sales.harbourpine.example>\n" + mail("the green one", DANA), "a list"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nobody_else_is_told(desk: Desk, raw: bytes, why: str) -> None:
    decision = desk.arrives(raw)

    assert HELD not in [letter.purpose for letter in desk.all_of(LetterRow)], why
    assert DANA not in [letter.recipient for letter in desk.letters_of(decision)]


def test_the_coordinator_is_written_one_letter_about_a_mail_of_hers(desk: Desk) -> None:
    held = desk.says("the green one", MARA)

    assert told(desk, held) == ["mara held"]
    assert "It is your own" in desk.letter_of(held).text
    assert "answer the sender" not in desk.letter_of(held).text


def test_where_the_desk_only_watches_nobody_is_told(desk: Desk) -> None:
    desk.card = card(desk=Level.WATCH, clerk=Level.WATCH)

    assert told(desk, desk.says("the green one", DANA)) == []


def test_a_mail_over_which_a_duty_breaks_is_told_like_any_other(desk: Desk) -> None:
    held = desk.says("fail", DANA)

    assert told(desk, held) == ["mara needs-person", "dana held"]


def test_undo_takes_the_held_mail_off_the_list(desk: Desk) -> None:
    held = desk.says("the green one", DANA)
    desk.sends()

    desk.answers(desk.letter_to(held, DANA), "undo")

    assert desk.all_of(TaskRow) == []


PETE = "pete@globex.example"


def writes_as_a_contact(desk: Desk, words: str) -> Decision:
    """A mail of Pete, who is on file as a contact of Globex Tools."""
    with desk.database.writing() as session:
        client = Client(name="Globex Tools", name_key="globex tools", language="en")
        session.add(client)
        session.flush()
        contact = Contact(client_id=client.id, name="Pete Marsh")
        session.add(contact)
        session.flush()
        session.add(Address(key=PETE, written=PETE, contact_id=contact.id))
    return desk.arrives(mail(words, PETE))


def status_of_pete(desk: Desk) -> AddressStatus:
    return next(each.status for each in desk.all_of(Address) if each.key == PETE)


@pytest.mark.parametrize("word", ["STOP", "Stopp, bitte", "stop\nMara"])
def test_the_coordinator_stops_the_letters_to_who_asked_for_it_in_a_new_mail(desk: Desk, word: str) -> None:
    held = writes_as_a_contact(desk, "STOP")
    letter = desk.letter_to(held, MARA)
    assert "They want no more automatic mail? Reply STOP." in " ".join(letter.text.split())
    desk.sends()

    done = desk.answers(letter, word)

    assert status_of_pete(desk) is AddressStatus.STOPPED
    assert [task.state for task in desk.all_of(TaskRow)] == [TaskState.DONE]
    assert f"{PETE} gets no more letters of my own accord" in " ".join(desk.letter_to(done, MARA).text.split())
    desk.sends()
    desk.answers(desk.letter_to(done, MARA), "undo")
    assert status_of_pete(desk) is AddressStatus.OK


def test_done_leaves_the_address_as_it_is(desk: Desk) -> None:
    held = writes_as_a_contact(desk, "STOP")
    desk.sends()

    desk.answers(desk.letter_to(held, MARA), "done")

    assert status_of_pete(desk) is AddressStatus.OK


def test_a_stop_to_the_mail_of_a_colleague_stops_nothing_and_is_left_to_a_person(desk: Desk) -> None:
    held = desk.says("the green one, as we said on the boat")
    letter = desk.letter_to(held, MARA)
    assert "Reply STOP" not in letter.text
    desk.sends()

    answered = desk.answers(letter, "STOP")

    assert answered.folder is Folder.HELD
    assert all(each.status is AddressStatus.OK for each in desk.all_of(Address))
