"""Whole mails through the whole road: a plain issue, two robots (S28), an angry client (S20), and what is no issue."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import update

from mailbot.config import Level
from mailbot.duties.issues.facts import IssuesKnown
from mailbot.duties.issues.tables import IssueState, Severity, Voice
from mailbot.records.decision import Decision, Folder
from mailbot.records.tables import (
    Address,
    AddressStatus,
    LetterRow,
    LetterState,
    QuestionRow,
    QuestionState,
    TaskRow,
    TaskState,
)
from tests.duties.issues import mails
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.road import Road, open_road
from tests.kept import known_at
from tests.schemas import migrated_file

ELLEN = "Ellen Marsh <ellen@northstar.example>"
DANA = "Dana Reyes <dana@harbourpine.example>"
TOM = "Tom Okafor <tom@harbourpine.example>"
PETE = "Pete Grundy <pete@globex.example>"
MONDAY = datetime(2025, 11, 17, 15, 22, 40, tzinfo=NEW_YORK)
ANGRY_DAY = datetime(2025, 11, 3, 17, 51, tzinfo=NEW_YORK)


def report(road: Road, words: str = mails.BROKEN_LINK, at: datetime = MONDAY, sender: str = ELLEN) -> Decision:
    return road.arrives(mail(words, sender, at=at, message_id="em-1@northstar.example"), at)


def letter_id(road: Road, recipient: str) -> str:
    return next(letter.message_id for letter in reversed(road.letters()) if letter.recipient == recipient)


# --- a plain issue ---


def test_a_client_who_reports_a_problem_gets_a_number_and_the_owner_gets_the_words(any_road: Road) -> None:
    decision = report(any_road)

    (issue,) = any_road.issues()
    assert (decision.kind, decision.folder, issue.ref) == ("issue", Folder.DONE, decision.ref)
    assert (issue.severity, issue.state, issue.name) == (Severity.NORMAL, IssueState.OPEN, "Ellen Marsh")
    assert issue.severity_because == 'problem "broken", problem "page not found"'
    (message,) = any_road.messages()
    assert (message.voice, message.sender) == (Voice.CLIENT, "ellen@northstar.example")
    assert message.words.startswith("yes but the banner link is broken")
    assert "STOP" not in message.words  # that stands in the quoted reminder
    written = any_road.written_to(decision)
    assert set(written) == {"ellen@northstar.example", "dana@harbourpine.example"}
    to_ellen, to_dana = written["ellen@northstar.example"], written["dana@harbourpine.example"]
    assert f"Its number is {issue.ref}." in to_ellen
    assert "Dana Reyes has it now" in to_ellen
    assert "Hello Ellen," in to_ellen
    assert "> yes but the banner link is broken" in to_dana
    assert "North Star Logistics" in to_dana
    assert "Reply DONE" in to_dana


def test_what_a_client_is_told_is_short_and_has_no_phrases(road: Road) -> None:
    text = road.written_to(report(road))["ellen@northstar.example"]

    assert len([line for line in text.splitlines() if line]) <= 10
    assert "feedback" not in text.lower()
    assert "valued" not in text.lower()


def test_a_german_client_is_answered_in_german(road: Road) -> None:
    at = MONDAY
    anja = '"Schmidt, Anja" <a.schmidt@muellerbau.example>'
    decision = road.arrives(mail(mails.WRONG_LOGO, anja, at=at, subject="Anzeige November"), at)

    written = road.written_to(decision)
    assert "Guten Tag Anja Schmidt," in written["a.schmidt@muellerbau.example"]
    assert "Damit befasst sich jetzt Jonas Weber" in written["a.schmidt@muellerbau.example"]
    assert "Antworte ERLEDIGT" in written["jonas@harbourpine.example"]


def test_a_client_without_an_owner_is_looked_after_by_the_coordinator(road: Road) -> None:
    at = MONDAY
    decision = road.arrives(mail("Der Link ist kaputt.", "Uwe Hansen <uwe@hansen.example>", at=at), at)

    assert set(road.written_to(decision)) == {"uwe@hansen.example", "mara@harbourpine.example"}


def test_a_proven_stranger_with_a_problem_gets_a_number_and_the_coordinator_the_mail(road: Road) -> None:
    at = MONDAY
    decision = road.arrives(mail("My October issue is missing. Who can help?", "someone@elsewhere.example", at=at), at)

    (issue,) = road.issues()
    assert (issue.client_id, issue.name) == (None, "")
    written = road.written_to(decision)
    assert set(written) == {"someone@elsewhere.example", "mara@harbourpine.example"}
    assert "Hello," in written["someone@elsewhere.example"]
    assert "who is not on file" in written["mara@harbourpine.example"]


def test_a_mail_that_is_not_proven_opens_nothing_and_gets_nothing(road: Road) -> None:
    decision = road.arrives(mail(mails.BROKEN_LINK, ELLEN, at=MONDAY, dmarc="fail"), MONDAY)

    assert decision.kind == "nothing"
    assert road.issues() == []
    assert road.letters() == []


@pytest.mark.parametrize(
    ("words", "sender", "subject"),
    [
        (mails.NO_STOP, "Gil Fox <gil@southstar.example>", "banner"),
        (mails.NO_MORE_REMINDERS, "Uwe Hansen <uwe@hansen.example>", "AW: Ihr Anzeigenplatz"),
        (mails.PRIVATE_NUMBERS, "D Reyes <danareyes1984@gmail.example>", "beta"),
        ("STOP\n", "Ellen Marsh <ellen@northstar.example>", "Re: Reminder"),
        ("Hello,\n\nplease send me no more reminders.\n", "Ellen Marsh <ellen@northstar.example>", "reminders"),
        ("No problem, all fine with us.\n", ELLEN, "banner"),
        ("acme corp 12k\nBeta freight 3 x 450\nIs the wrong total fixed?\n", DANA, "numbers"),
    ],
)
def test_praise_stops_numbers_and_colleagues_are_no_issues(road: Road, words: str, sender: str, subject: str) -> None:
    decision = road.arrives(mail(words, sender, at=MONDAY, subject=subject), MONDAY)

    assert (decision.kind, decision.folder) == ("nothing", Folder.LEAVE)
    assert road.issues() == []
    assert road.letters() == []


@pytest.mark.parametrize(
    "words",
    ["Please send me no more reminders. Please send us the media data.", "No more reminders. The banner is broken."],
)
def test_what_a_client_wants_beside_a_stop_is_an_issue(road: Road, words: str) -> None:
    road.arrives(mail(words, ELLEN, at=MONDAY), MONDAY)

    assert len(road.issues()) == 1


def test_advertising_of_a_stranger_is_left_alone(road: Road) -> None:
    at = MONDAY
    unsubscribe = (("List-Unsubscribe", "<https://ads.example/u>"),)
    raw = mail("Want more leads?", "Ad <hello@ads.example>", at=at, headers=unsubscribe)

    assert road.arrives(raw, at).kind == "nothing"
    assert road.issues() == []


# --- a further mail ---


def test_an_answer_to_our_letter_is_kept_with_its_issue_and_makes_no_second_one(any_road: Road) -> None:
    first = report(any_road)
    at = MONDAY + timedelta(hours=1)
    answer = mail(
        "It should point to www.northstar.example/winter. It is still wrong.",
        ELLEN,
        at=at,
        subject="Re: banner",
        in_reply_to=letter_id(any_road, "ellen@northstar.example"),
    )
    decision = any_road.arrives(answer, at)

    assert decision.kind == "follow-up"
    assert len(any_road.issues()) == 1
    assert [message.voice for message in any_road.messages()] == [Voice.CLIENT, Voice.CLIENT]
    assert set(any_road.written_to(decision)) == {"dana@harbourpine.example"}
    assert f"again about {first.ref}" in any_road.written_to(decision)["dana@harbourpine.example"]


@pytest.mark.parametrize("sender", [ELLEN, "Sam Whitlock <sam@northstar.example>"])
def test_a_mail_in_the_clients_own_thread_is_kept_with_its_issue(road: Road, sender: str) -> None:
    report(road)
    at = MONDAY + timedelta(minutes=20)
    raw = mail(
        "The error is on the phone too.", sender, at=at, subject="Re: banner", in_reply_to="em-1@northstar.example"
    )

    assert road.arrives(raw, at).kind == "follow-up"
    assert len(road.issues()) == 1


def test_a_stranger_who_names_a_thread_or_a_number_gets_no_hold_of_the_issue(road: Road) -> None:
    first = report(road)
    at = MONDAY + timedelta(minutes=20)
    raw = mail(
        f"About {first.ref}: what is wrong there?",
        "someone@elsewhere.example",
        at=at,
        in_reply_to="em-1@northstar.example",
    )

    assert road.arrives(raw, at).kind == "issue"
    assert [issue.address for issue in road.issues()] == ["ellen@northstar.example", "someone@elsewhere.example"]
    assert len([message for message in road.messages() if message.issue_id == road.issues()[0].id]) == 1


def test_the_owner_is_told_once_a_day_and_what_comes_after_waits_as_a_task(road: Road) -> None:
    report(road)
    for minutes in (10, 20, 30):
        at = MONDAY + timedelta(minutes=minutes)
        words = f"Mail number {minutes}: it is broken on the next page as well."
        road.arrives(mail(words, ELLEN, at=at, in_reply_to="em-1@northstar.example"), at)
    tomorrow = MONDAY + timedelta(days=1)
    road.arrives(mail("Still broken.", ELLEN, at=tomorrow, in_reply_to="em-1@northstar.example"), tomorrow)

    told = [letter for letter in road.letters() if letter.purpose == "issue-more"]
    assert [letter.period for letter in told] == ["2025-11-17", "2025-11-18"]
    assert road.count_of(TaskRow) == 2
    assert len(road.messages()) == 5
    assert [letter.purpose for letter in road.letters() if letter.acknowledgement] == ["issue-ack"]


def test_done_settles_the_tasks_of_the_issue_too(road: Road) -> None:
    report(road)
    for minutes in (10, 20):
        at = MONDAY + timedelta(minutes=minutes)
        road.arrives(mail(f"It is broken, number {minutes}.", ELLEN, at=at, in_reply_to="em-1@northstar.example"), at)
    other = MONDAY + timedelta(minutes=30)
    road.arrives(mail("The logo is wrong.", PETE, at=other), other)
    assert [task.state for task in road.tasks()] == [TaskState.OPEN]

    closed(road, MONDAY + timedelta(hours=2))

    assert [task.state for task in road.tasks()] == [TaskState.DONE]
    assert [issue.state for issue in road.issues()] == [IssueState.SOLVED, IssueState.OPEN]


def test_a_client_who_stopped_automatic_letters_is_still_answered(road: Road) -> None:
    with road.database.writing() as session:
        ellen = update(Address).where(Address.key == "ellen@northstar.example")
        session.execute(ellen.values(status=AddressStatus.STOPPED))
    decision = report(road)

    assert "They have heard nothing from me" not in road.written_to(decision)["dana@harbourpine.example"]
    states = {letter.recipient: letter.state for letter in road.letters()}
    assert states["ellen@northstar.example"] is not LetterState.ON_HOLD


def test_thanks_are_kept_and_nobody_is_written_to(road: Road) -> None:
    report(road)
    at = MONDAY + timedelta(hours=1)
    before = len(road.letters())
    decision = road.arrives(mail("thanks, all fine", ELLEN, at=at, in_reply_to="em-1@northstar.example"), at)

    assert decision.rule == "issues.thanks"
    assert len(road.letters()) == before
    assert len(road.messages()) == 2


# --- done ---


def closed(road: Road, at: datetime, words: str = "DONE", sender: str = DANA) -> Decision:
    raw = mail(words, sender, at=at, subject="Re: I-0101", in_reply_to=letter_id(road, "dana@harbourpine.example"))
    return road.arrives(raw, at)


@pytest.mark.parametrize("word", ["DONE", "erledigt!", "Done, thanks\n\nDana"])
def test_the_owner_closes_the_issue_with_one_word(any_road: Road, word: str) -> None:
    report(any_road)
    decision = closed(any_road, MONDAY + timedelta(hours=2), word)

    (issue,) = any_road.issues()
    assert (issue.state, issue.solved_at) == (IssueState.SOLVED, (MONDAY + timedelta(hours=2)))
    assert [question.state for question in any_road.questions()] == [QuestionState.ANSWERED, QuestionState.OPEN]
    letters = any_road.written_to(decision)
    assert set(letters) == {"dana@harbourpine.example", "ellen@northstar.example"}
    assert f"{issue.ref} (Ellen Marsh) is closed" in letters["dana@harbourpine.example"]
    assert "Is it good for you now? Reply YES, or NO" in letters["ellen@northstar.example"]


def test_done_with_the_number_of_the_letter_closes_it_too(road: Road) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), f"done {road.issues()[0].ref}")

    assert (decision.kind, [issue.state for issue in road.issues()]) == ("done", [IssueState.SOLVED])


def test_done_with_another_number_is_said_to_the_desk_and_closes_no_issue(road: Road) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), "done B-0999")

    assert decision.duty == "desk"
    assert [issue.state for issue in road.issues()] == [IssueState.OPEN]


@pytest.mark.parametrize("word", ["done?", "not done yet", "I call her tomorrow", "on it", "NOTE: Hi Ellen"])
def test_other_words_of_the_owner_close_nothing_and_she_hears_that_they_went_no_further(road: Road, word: str) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), word)

    assert road.issues()[0].state is IssueState.OPEN
    assert [message.voice for message in road.messages()] == [Voice.CLIENT, Voice.STAFF]
    assert set(road.written_to(decision)) == {"dana@harbourpine.example"}
    assert "Ellen Marsh has not had it" in road.written_to(decision)["dana@harbourpine.example"]


def test_a_colleague_who_was_not_asked_cannot_close_it(road: Road) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), sender=TOM)

    assert decision.kind == "note"
    assert road.issues()[0].state is IssueState.OPEN


def test_the_coordinator_can_close_it(road: Road) -> None:
    report(road)
    closed(road, MONDAY + timedelta(hours=2), sender="Mara Lindqvist <mara@harbourpine.example>")

    assert road.issues()[0].state is IssueState.SOLVED


def test_a_forged_done_closes_nothing(road: Road) -> None:
    report(road)
    at = MONDAY + timedelta(hours=2)
    raw = mail("DONE", DANA, at=at, dmarc="fail", in_reply_to=letter_id(road, "dana@harbourpine.example"))

    assert road.arrives(raw, at).kind == "nothing"
    assert road.issues()[0].state is IssueState.OPEN


@pytest.mark.parametrize("word", ["UNDO", "why?"])
def test_words_for_the_desk_itself_are_left_to_the_desk(road: Road, word: str) -> None:
    report(road)

    assert closed(road, MONDAY + timedelta(hours=2), word).kind == "nothing"


def test_a_solved_issue_is_opened_again_by_a_new_problem_and_not_by_thanks(road: Road) -> None:
    report(road)
    closed(road, MONDAY + timedelta(hours=2))
    later = MONDAY + timedelta(days=2)
    road.arrives(mail("danke, passt", ELLEN, at=later, in_reply_to="em-1@northstar.example"), later)
    assert road.issues()[0].state is IssueState.SOLVED

    later += timedelta(hours=1)
    decision = road.arrives(mail("It is broken again.", ELLEN, at=later, in_reply_to="em-1@northstar.example"), later)

    assert road.issues()[0].state is IssueState.OPEN
    assert len(road.issues()) == 1
    assert "is open again" in road.written_to(decision)["ellen@northstar.example"]
    assert "It was closed; it is open again" in road.written_to(decision)["dana@harbourpine.example"]


# --- S28: two robots ---


def ticket(road: Road, at: datetime, number: str = "55812", *, named: bool = True) -> bytes:
    return mail(
        mails.TICKET.replace("55812", number),
        "Service Desk <servicedesk@northstar.example>",
        at=at,
        subject=f"[#{number}] banner",
        in_reply_to=letter_id(road, "ellen@northstar.example") if named else "",
        message_id=f"t{number}@northstar.example",
    )


@pytest.mark.parametrize("named", [True, False])
def test_a_ticket_systems_number_is_kept_and_it_is_never_answered(any_road: Road, named: bool) -> None:
    report(any_road)
    at = MONDAY + timedelta(seconds=40)
    before = any_road.count_of(TaskRow), len(any_road.letters())
    decision = any_road.arrives(ticket(any_road, at, named=named), at)

    (issue,) = any_road.issues()
    assert (decision.kind, decision.folder) == ("robot", Folder.DONE)
    assert issue.their_number == "55812"
    assert [message.voice for message in any_road.messages()] == [Voice.CLIENT, Voice.ROBOT]
    assert (any_road.count_of(TaskRow), len(any_road.letters())) == before


def test_two_robots_come_to_rest_however_often_the_other_one_writes(road: Road) -> None:
    report(road)
    letters = len(road.letters())
    for turn in range(1, 8):
        at = MONDAY + timedelta(seconds=40 * turn)
        road.arrives(ticket(road, at, str(55811 + turn)), at)

    assert len(road.letters()) == letters
    assert len(road.issues()) == 1
    assert road.issues()[0].their_number == "55812"
    assert len(road.messages()) == 8


def test_an_absence_note_to_our_letter_is_kept_and_gives_no_number(road: Road) -> None:
    report(road)
    at = MONDAY + timedelta(seconds=3)
    raw = mail(
        "I'm out of the office until Friday, November 21. Your request will wait.",
        ELLEN,
        at=at,
        subject="Automatic reply: banner",
        in_reply_to=letter_id(road, "ellen@northstar.example"),
        headers=(("Auto-Submitted", "auto-replied"),),
    )
    decision = road.arrives(raw, at)

    assert decision.kind == "robot"
    assert road.issues()[0].their_number is None


def test_an_automatic_reply_to_nothing_of_ours_is_left_alone(road: Road) -> None:
    raw = mail(mails.TICKET, "Service Desk <servicedesk@northstar.example>", at=MONDAY)

    assert road.arrives(raw, MONDAY).kind == "nothing"
    assert road.messages() == []


def test_a_second_issue_of_the_day_is_opened_and_not_acknowledged_again(road: Road) -> None:
    report(road)
    at = MONDAY + timedelta(hours=3)
    decision = road.arrives(mail("The invoice is wrong.", ELLEN, at=at, subject="invoice"), at)

    assert len(road.issues()) == 2
    assert set(road.written_to(decision)) == {"dana@harbourpine.example"}
    assert "They have heard nothing from me" in road.written_to(decision)["dana@harbourpine.example"]


# --- S20: an angry client ---


def angry(road: Road) -> Decision:
    return road.arrives(mail(mails.THIRD_TIME, PETE, at=ANGRY_DAY, subject="THIRD TIME!!"), ANGRY_DAY)


def test_an_angry_client_is_answered_by_a_person_and_gets_nothing_automatic(any_road: Road) -> None:
    decision = angry(any_road)

    (issue,) = any_road.issues()
    assert issue.severity is Severity.HIGH
    for sign in ("repeated", "deadline", "refund", "cancel"):
        assert sign in issue.severity_because
    written = any_road.written_to(decision)
    assert set(written) == {f"{name}@harbourpine.example" for name in ("tom", "priya", "mara")}
    assert "Reply DONE" in written["tom@harbourpine.example"]
    assert "Reply YES and I send it" in written["mara@harbourpine.example"]
    assert "I have asked Tom Okafor" in written["priya@harbourpine.example"]
    because = any_road.client("Globex Tools").paused_because
    assert because is not None
    assert because.startswith(f"{issue.ref}:")
    assert any_road.client("North Star Logistics").paused_because is None


def test_the_next_mail_of_a_paused_client_is_not_acknowledged(road: Road) -> None:
    angry(road)
    at = ANGRY_DAY + timedelta(days=3)
    decision = road.arrives(mail("And the invoice is wrong too.", PETE, at=at, subject="invoice"), at)

    assert decision.rule == "issues.paused-client"
    assert set(road.written_to(decision)) == {"tom@harbourpine.example"}


def test_a_follow_up_that_turns_angry_raises_the_alarm_once(road: Road) -> None:
    report(road)
    for hours in (1, 2):
        at = MONDAY + timedelta(hours=hours)
        words = "Again and again the same error. I want my money back."
        road.arrives(mail(words, ELLEN, at=at, in_reply_to="em-1@northstar.example"), at)

    assert road.issues()[0].severity is Severity.HIGH
    alarmed = [letter.recipient for letter in road.letters() if letter.purpose == "issue-alarm"]
    assert sorted(alarmed) == ["dana@harbourpine.example", "priya@harbourpine.example"]
    more = [letter.recipient for letter in road.letters() if letter.purpose == "issue-more"]
    assert more == ["dana@harbourpine.example"]
    assert road.client("North Star Logistics").paused_because is not None


def test_done_ends_the_pause_that_the_issue_began(road: Road) -> None:
    angry(road)
    at = ANGRY_DAY + timedelta(days=1)
    raw = mail("DONE", TOM, at=at, in_reply_to=letter_id(road, "tom@harbourpine.example"))
    decision = road.arrives(raw, at)

    assert road.client("Globex Tools").paused_because is None
    assert "Automatic letters to Globex Tools go out again" in road.written_to(decision)["tom@harbourpine.example"]


# --- taken back ---


def test_an_issue_taken_back_leaves_no_issue_no_pause_and_no_open_question(any_road: Road) -> None:
    decision = angry(any_road)
    any_road.take_back(decision, ANGRY_DAY + timedelta(minutes=5))

    assert any_road.issues() == []
    assert any_road.messages() == []
    assert any_road.questions() == []
    assert any_road.client("Globex Tools").paused_because is None


def test_a_done_taken_back_opens_the_issue_and_its_question_again(any_road: Road) -> None:
    report(any_road)
    decision = closed(any_road, MONDAY + timedelta(hours=2))
    any_road.take_back(decision, MONDAY + timedelta(hours=3))

    (issue,) = any_road.issues()
    assert (issue.state, issue.solved_at) == (IssueState.OPEN, None)
    assert [question.state for question in any_road.questions()] == [QuestionState.OPEN]


# --- watched only, and kept for a replay ---


def test_a_duty_that_only_watches_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    road = open_road(migrated_file(tmp_path / "watched.sqlite"), tmp_path, Level.WATCH)
    decision = report(road)

    assert decision.kind == "issue"
    assert not decision.carried_out
    assert [action.name for action in decision.planned] == ["issues.open", "desk.send", "desk.send"]
    assert decision.folder is Folder.LEAVE
    assert road.issues() == []
    assert road.letters() == []
    road.database.close()


def test_what_was_known_of_the_issue_is_kept_with_the_decision(road: Road) -> None:
    first = report(road)
    at = MONDAY + timedelta(hours=1)
    second = road.arrives(mail("Still wrong.", ELLEN, at=at, in_reply_to="em-1@northstar.example"), at)
    with road.database.reading() as session:
        recalled = known_at(session, second.ref, {"issues": IssuesKnown}).recalled["issues"]

    assert isinstance(recalled, IssuesKnown)
    assert [(card.ref, card.found_by) for card in recalled.issues] == [(first.ref, "thread")]


# --- thanks outside any issue ---

ANJA = "Anja Schmidt <a.schmidt@muellerbau.example>"


@pytest.mark.parametrize(
    ("words", "sender", "subject"),
    [
        ("Thank you, all fine now!", ELLEN, "Thanks"),
        ("Thank you, all fine now!", ELLEN, "Re: your banner on coastalbuilder.example"),
        ("Hi Dana,\n\nthanks a lot for your quick help, everything works now.\n\nBest regards\nEllen", ELLEN, ""),
        ("Great, thanks! The problem is fixed.", ELLEN, "All good"),
        (
            "Many thanks for the quick reply. Have a nice weekend!\n\nEllen Marsh\nNorth Star Logistics",
            ELLEN,
            "thank you",
        ),
        ("Vielen Dank, jetzt passt alles!", ANJA, "Danke"),
        (
            "Hallo Herr Weber,\n\nherzlichen Dank für die schnelle Hilfe.\n\nViele Grüße\nAnja Schmidt",
            ANJA,
            "AW: Anzeige",
        ),
        ("Danke schön, hat alles geklappt. Schönes Wochenende!", ANJA, "Vielen Dank"),
        ("Danke, das Problem ist behoben.", ANJA, ""),
    ],
)
def test_mere_thanks_are_filed_and_nobody_hears_of_them(road: Road, words: str, sender: str, subject: str) -> None:
    decision = road.arrives(mail(words, sender, at=MONDAY, subject=subject), MONDAY)

    assert (decision.kind, decision.rule, decision.folder) == ("thanks", "issues.mere-thanks", Folder.DONE)
    assert "says thanks, and nothing else" in decision.summary
    assert (decision.actions, road.letters(), road.all_of(TaskRow), road.issues()) == ((), [], [], [])


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Thanks, all fine. Could you send me the October numbers?", "Thanks"),
        ("Thanks, but the link is broken", "Thanks"),
        ("Thank you! We take the back page again.", "Thanks"),
        ("Thanks, yes", "Thanks"),
        ("No, thanks", "Thanks"),
        ("Thanks, stop", "Thanks"),
        ("Thank you! 2 more please", "Thanks"),
        ("Thank you! My new number is 617 555 0142", "Thanks"),
        ("Thanks, not fine", "Thanks"),
        ("Thank you!", "No more reminders"),
        ("Thank you!", "New address"),
        ("Thank you!", "Fwd: Cancellation"),
        ("Thanks, all fine?", "Thanks"),
        ("Danke, wir nehmen das Angebot an", "Danke"),
        ("Danke, aber die Anzeige fehlt noch", "Danke"),
        ("Danke, nein", "Danke"),
        ("Danke! Bitte auch an Herrn Klein", "Danke"),
        ("Danke, wie hoch ist die Rechnung?", "Danke"),
        ("Vielen Dank!", "Kündigung"),
    ],
)
def test_thanks_that_say_one_thing_more_are_never_filed_unseen(road: Road, words: str, subject: str) -> None:
    decision = road.arrives(mail(words, ELLEN, at=MONDAY, subject=subject), MONDAY)
    assert decision.kind != "thanks"
    assert not decision.rule.endswith("thanks")


def test_the_owner_reads_the_subject_that_the_client_wrote_and_not_what_letters_put_around_it(road: Road) -> None:
    report(road)
    ours = next(letter for letter in road.letters() if letter.recipient == "ellen@northstar.example")
    at = MONDAY + timedelta(hours=3)
    reply = mail("It is still broken", ELLEN, at=at, subject=f"AW: {ours.subject}", in_reply_to=ours.message_id)
    (told,) = road.letters_of(road.arrives(reply, at))

    assert ours.subject.startswith("Re: banner - ")
    assert told.subject == f"{road.issues()[0].ref}: North Star Logistics wrote again - banner"


@pytest.mark.parametrize("words", ["Thanks!", "ok, thank you\n\nDana", "Super, vielen Dank!"])
def test_a_colleague_who_only_thanks_for_a_letter_is_not_answered_and_the_issue_stays_open(
    road: Road, words: str
) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), words)

    assert (decision.kind, decision.folder, decision.actions) == ("thanks", Folder.DONE, ())
    assert [issue.state for issue in road.issues()] == [IssueState.OPEN]
    assert [question.state for question in road.questions()] == [QuestionState.OPEN]


@pytest.mark.parametrize("words", ["Thanks, I call her", "Thanks, it is fixed now", "Danke, nein"])
def test_a_colleague_who_says_more_than_thanks_is_told_that_it_went_no_further(road: Road, words: str) -> None:
    report(road)
    decision = closed(road, MONDAY + timedelta(hours=2), words)

    assert (decision.kind, [issue.state for issue in road.issues()]) == ("note", [IssueState.OPEN])
    assert set(road.written_to(decision)) == {"dana@harbourpine.example"}


def test_a_colleague_who_only_thanks_for_another_letter_leaves_no_task(road: Road) -> None:
    thanks = road.arrives(mail("Danke dir!", DANA, at=MONDAY, subject="Re: numbers - N-0105 is undone"), MONDAY)
    forged = road.arrives(mail("Danke!", DANA, at=MONDAY, subject="Re: numbers", dmarc="fail"), MONDAY)

    assert (thanks.kind, thanks.folder, road.all_of(TaskRow)) == ("thanks", Folder.DONE, [])
    assert forged.kind != "thanks"


def test_thanks_that_bring_a_file_are_not_filed_unseen(road: Road) -> None:
    made = message_from_bytes(mail("Thank you!", ELLEN, at=MONDAY, subject="Thanks"), policy=policy.default)
    assert isinstance(made, EmailMessage)
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="contract.pdf")
    assert road.arrives(made.as_bytes(), MONDAY).kind != "thanks"


def test_thanks_of_a_stranger_and_of_nobody_who_is_proven_are_left_as_they_are(road: Road) -> None:
    stranger = road.arrives(mail("Thank you!", "kim@elsewhere.example", at=MONDAY, subject="Thanks"), MONDAY)
    forged = road.arrives(mail("Thank you!!", ELLEN, at=MONDAY, subject="Thanks", dmarc="fail"), MONDAY)
    assert (stranger.kind, forged.kind) == ("nothing", "nothing")


def test_thanks_may_be_the_answer_to_an_open_question_so_a_person_reads_them(road: Road) -> None:
    with road.database.writing() as session:
        letter = LetterRow(
            ref="B-0101",
            duty="bounces",
            purpose="ask",
            object="ellen@northstar.example",
            recipient="ellen@northstar.example",
            recipient_key="ellen@northstar.example",
            envelope_sender="desk@harbourpine.example",
            message_id="b-0101@harbourpine.example",
            subject="Your address",
            text="",
            content=b"",
            state=LetterState.SENT,
            created_at=MONDAY,
            try_after=MONDAY,
            sent_at=MONDAY,
        )
        session.add(letter)
        session.add(
            QuestionRow(
                letter_ref="B-0101",
                duty="bounces",
                kind="new-address",
                asked_key="ellen@northstar.example",
                words="Is this your new address?",
                context={},
                asked_at=MONDAY,
            )
        )
    answer = mail("Thanks!", ELLEN, at=MONDAY, subject="Re: Your address", in_reply_to="b-0101@harbourpine.example")
    assert road.arrives(answer, MONDAY).kind != "thanks"
