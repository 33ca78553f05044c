"""Forty replies from twelve mail programs, with ever fewer traces of the letter they answer, reach the right issue."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailbot.cli.demo.mails import Received
from mailbot.duties.issues.tables import Voice
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.programs import PROGRAMS, Keeps
from tests.duties.issues.road import Road

ELLEN, SAM, PETE = (
    "Ellen Marsh <ellen@northstar.example>", "Sam Whitlock <sam@northstar.example>", "Pete Grundy <pete@globex.example>"
)  # fmt: skip
DANA = "Dana Reyes <dana@harbourpine.example>"
DESK_ADDRESS = "desk@harbourpine.example"
MONDAY = datetime(2025, 11, 3, 9, 20, tzinfo=NEW_YORK)
# Two clients, two people of one of them, and two issues with one subject.
REPORTS = (
    (ELLEN, "banner", "The banner link is broken."),
    (ELLEN, "our ad", "The phone number in our ad is wrong."),
    (ELLEN, "banner", "The colours of the banner are wrong."),
    (SAM, "invoice", "The October invoice is missing."),
    (PETE, "banner", "Our banner is missing on the site."),
)
# What is left of the letter: all that the program keeps, then one trace after the other alone.
TRACES = (None, Keeps.ADDRESS, Keeps.IN_REPLY_TO | Keeps.SUBJECT, Keeps.REFERENCES, Keeps.SUBJECT)


def opened(road: Road) -> list[tuple[int, str, Received]]:
    """The issues: each with its client's writer, and the letter that the client answers."""
    found = []
    for number, (writer, subject, words) in enumerate(REPORTS):
        at = MONDAY + timedelta(days=number)
        decision = road.arrives(mail(words, writer, at=at, subject=subject), at)
        letters = {row.recipient: row for row in road.letters_of(decision)}
        address = writer.partition("<")[2].rstrip(">")
        found.append((road.issues()[-1].id, writer, Received.parse(letters[address].content)))
    return found


def test_forty_replies_from_twelve_programs_reach_the_right_issue_with_their_new_words_alone(road: Road) -> None:
    issues = opened(road)
    wrong: list[str] = []
    for number in range(40):
        program, trace = PROGRAMS[number % len(PROGRAMS)], TRACES[number % len(TRACES)]
        issue, writer, letter = issues[(number * 3 + number // 7) % len(issues)]
        words = f"It is the one with {number + 100} dots on it."
        at = MONDAY + timedelta(days=6, minutes=7 * number)
        decision = road.arrives(program.answers(letter, words, writer, at, trace), at)
        kept = road.messages()[-1]
        if (kept.issue_id, decision.kind) != (issue, "follow-up") or not kept.words.startswith(words):
            wrong.append(
                f"{number} {program.name} {trace}: {decision.kind}, issue {kept.issue_id} for {issue}: {kept.words!r}"
            )
        elif "Its number is" in kept.words or "wrote:" in kept.words or DESK_ADDRESS in kept.words:
            wrong.append(f"{number} {program.name}: quotes {kept.words!r}")
    assert wrong == []
    assert len(road.issues()) == len(REPORTS)
    assert len(road.messages()) == len(REPORTS) + 40


def test_what_a_colleague_answers_with_any_program_reaches_the_right_client_without_the_quotation(road: Road) -> None:
    opened(road)
    told = {row.object: row for row in road.letters() if row.recipient == "dana@harbourpine.example"}
    wrong: list[str] = []
    for number, program in enumerate(PROGRAMS):
        issue = road.issues()[number % 4]
        letter = Received.parse(road.content_of(told[issue.ref]))
        at = MONDAY + timedelta(days=7, hours=number)
        words = f"Hello {issue.name.split()[0]}, your page has {number + 100} dots now."
        decision = road.arrives(program.answers(letter, words, DANA, at), at)
        said = {row.recipient: row.text for row in road.letters_of(decision)}.get(issue.address, "")
        if f"> {words}" not in said or "Solved?" in said or "dana@" in said:
            wrong.append(f"{program.name}: {decision.kind} {said!r}")
    assert wrong == []
    assert {each.voice for each in road.messages()} == {Voice.CLIENT, Voice.STAFF}
