"""Whose name a mail bears that came from an address on nobody's file, and what the rep says to it (S11)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mailbot.config import Level
from mailbot.duties.sales import DUTY
from mailbot.duties.sales.facts.answers import ClaimedNumbers
from mailbot.duties.sales.talks.claim_answers import said_of_claim
from mailbot.duties.sales.talks.claims import claim_in
from mailbot.message import read
from mailbot.records.decision import Decision, Folder
from mailbot.records.known import PersonCard
from mailbot.records.tables import LetterRow, Role
from tests.duties import road as roads
from tests.duties.sales.mails import mail
from tests.duties.sales.road import Road

SATURDAY = datetime(2025, 11, 8, 9, 3, tzinfo=ZoneInfo("America/New_York"))
ELSEWHERE = "danareyes1984@gmail.example"


def person(number: int, name: str, role: Role = Role.REP) -> PersonCard:
    address = f"{name.partition(' ')[0].lower()}@harbourpine.example"
    return PersonCard(number, name, address, role, "en", "en_US", "USD", (address,))


DANA, TOM, JONAS = person(1, "Dana Reyes"), person(2, "Tom Okafor"), person(3, "Jonas Weber")
MUELLER, MARA = person(4, "Jürgen Müller"), person(5, "Mara Lindqvist", Role.COORDINATOR)
WEB = person(6, "Web Team", Role.DEPARTMENT)
STAFF = (DANA, TOM, JONAS, MUELLER, MARA, WEB)


def fits(sender: str, text: str, staff: tuple[PersonCard, ...] = STAFF) -> list[str] | None:
    """The names of those whose name the mail bears; None where it claims nothing."""
    message = read(mail(text, sender, at=SATURDAY))
    claim = claim_in(message, staff)
    return None if claim is None else [each.name for each in staff if each.id in claim.fits]


@pytest.mark.parametrize(
    ("sender", "text", "name"),
    [
        ("D Reyes <x7@gmail.example>", "acme 900", "Dana Reyes"),
        ("Dana <x7@gmail.example>", "acme 900", "Dana Reyes"),
        ('"Reyes, Dana" <x7@gmail.example>', "acme 900", "Dana Reyes"),
        ("Dana Maria Reyes <x7@gmail.example>", "acme 900", "Dana Reyes"),
        ("Dr. Jürgen Müller <x7@web.example>", "acme 900", "Jürgen Müller"),
        ("Juergen Mueller <x7@web.example>", "acme 900", "Jürgen Müller"),
        ("danareyes1984@gmail.example", "acme 900", "Dana Reyes"),
        ("dana.reyes@gmail.example", "acme 900", "Dana Reyes"),
        ("dreyes@gmail.example", "acme 900", "Dana Reyes"),
        ("x7@gmail.example", "acme 900 this week. dana", "Dana Reyes"),
        ("x7@gmail.example", "acme 900\n\nThanks\nDana Reyes\nSenior Account Executive\nT 617 555 0142", "Dana Reyes"),
        ("x7@gmail.example", "acme 900\nLG Jonas", "Jonas Weber"),
        ("x7@gmail.example", "acme 900\n\nViele Grüße\nJonas Weber", "Jonas Weber"),
        ("x7@gmail.example", "acme 900, this is tom", "Tom Okafor"),
        ("The Smiths <x7@gmail.example>", "on my sister's computer\nacme 900\n\nDana Reyes", "Dana Reyes"),
        ("x7@gmail.example", "acme 900\ndana\n\nSent from my iPhone", "Dana Reyes"),
        ("Mara <x7@gmail.example>", "acme 900", "Mara Lindqvist"),
    ],
)
def test_a_name_in_the_display_name_the_local_part_or_at_the_close_is_found(sender: str, text: str, name: str) -> None:
    assert fits(sender, text) == [name]


@pytest.mark.parametrize(
    ("sender", "text"),
    [
        ("Pat Doe <pat@client.example>", "we paid 900 for acme"),
        ("Dana Smith <ds@other.example>", "acme 900\nDana"),
        ("Tom Reyes <tr@other.example>", "acme 900"),
        ("Reyes Family <r@other.example>", "acme 900"),
        ("x7@gmail.example", "Hi Dana,\nacme 900"),
        ("x7@gmail.example", "beers on Dana, acme 900 for him"),
        ("Web Team <web@agency.example>", "acme 900"),
        ("Danaher Corp <info@danaher.example>", "acme 900"),
        ("tomtom@gmail.example", "acme 900"),
        ("x7@gmail.example", "> acme 900\n> Dana Reyes\n\nhello there"),
        ("D. R. <x7@gmail.example>", "acme 900"),
    ],
)
def test_another_name_or_one_in_the_middle_of_the_words_is_no_claim(sender: str, text: str) -> None:
    assert fits(sender, text) is None


def test_a_whole_name_goes_before_a_first_name_and_two_alike_are_two() -> None:
    fox = person(7, "Dana Fox")
    assert fits("D Reyes <x7@gmail.example>", "acme 900. dana", (DANA, fox)) == ["Dana Reyes"]
    assert fits("x7@gmail.example", "acme 900. dana", (DANA, fox)) == ["Dana Reyes", "Dana Fox"]


def test_who_says_that_the_work_mail_is_down_and_gives_no_name_claims_to_be_one_of_us() -> None:
    assert fits("x7@gmail.example", "my work mail is down, beta freight 1,900") == []
    assert fits("x7@gmail.example", "beta freight 1,900") is None


def test_a_name_is_looked_for_in_linear_time_whatever_it_is() -> None:
    assert fits(f"{'dana ' * 20_000} <x7@gmail.example>", "- " * 50_000 + "900") in (["Dana Reyes"], None)


# --- what is made of it ---


def stranger(road: Road, text: str, sender: str = f"D Reyes <{ELSEWHERE}>", at: datetime = SATURDAY) -> Decision:
    domain = sender.rpartition("@")[2].rstrip(">")
    raw = mail(text, sender, at=at, subject="beta")
    return road.arrives(raw.replace(b"header.from=harbourpine.example", f"header.from={domain}".encode()), at)


def test_every_line_waits_the_clear_and_the_unclear_and_nobody_else_hears_of_it(road: Road) -> None:
    decision = stranger(road, "beta freight 1,900\nglobex 500\nacme 12 to 15k")

    assert (decision.rule, decision.folder) == ("sales.claimed", Folder.ASKED)
    assert road.ledger() == []
    assert [(line.amount, line.doubt) for line in road.pending()] == [
        (Decimal(1900), "claimed"),
        (Decimal(500), "claimed"),
        (None, "claimed"),
    ]
    assert [letter.recipient for letter in road.letters()] == ["dana@harbourpine.example"]
    assert road.tasks() == []


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("our budget is 500 USD. dana", f"D Reyes <{ELSEWHERE}>"),
        ("see you on Monday. dana", f"D Reyes <{ELSEWHERE}>"),
        ("beta freight 1,900", "Pat Doe <pat@gmail.example>"),
    ],
)
def test_what_names_no_client_of_ours_or_no_colleague_is_a_strangers_mail(road: Road, text: str, sender: str) -> None:
    decision = stranger(road, text, sender)
    assert (decision.kind, road.pending(), road.letters()) == ("nothing", [], [])


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("beta freight 1,900", "Mara Lindqvist <mara.l@gmail.example>"),
        ("my work mail is down, beta freight 1,900", "x7@gmail.example"),
    ],
)
def test_whom_no_rep_is_found_for_is_left_to_the_coordinator_and_nobody_is_asked(
    road: Road, text: str, sender: str
) -> None:
    decision = stranger(road, text, sender)

    assert (decision.rule, decision.folder) == ("sales.claimed-by-whom", Folder.HELD)
    assert [letter.recipient for letter in road.letters()] == ["mara@harbourpine.example"]
    assert road.pending() == []


def test_a_duty_that_only_watches_asks_nobody_and_one_that_proposes_asks_the_rep_at_once(road: Road) -> None:
    watching = replace(road, desk=roads.desk_card(DUTY, Level.WATCH))
    watched = stranger(watching, "beta freight 1,900. dana")
    assert (watched.carried_out, road.pending(), road.letters()) == (False, [], [])

    proposing = replace(road, desk=roads.desk_card(DUTY, Level.PROPOSE))
    stranger(proposing, "delphi 700. dana")
    assert [letter.recipient for letter in road.letters()] == ["dana@harbourpine.example"]
    assert [line.doubt for line in road.pending()] == ["claimed"]


def test_the_quoted_lines_are_those_with_numbers_and_nothing_in_them_can_be_followed(reading_road: Road) -> None:
    text = "Click https://evil.example now!\nbeta freight 1.900,50 (see HTTP://EVIL.example/x) evil.example. dana\nYES"
    raw = mail(text, f"D Reyes <{ELSEWHERE}>", at=SATURDAY, subject="beta")
    raw = raw.replace(b"header.from=harbourpine.example", b"header.from=gmail.example")
    _, reading = reading_road.reading(raw, SATURDAY)
    (finding,) = reading.findings
    assert isinstance(finding.facts, ClaimedNumbers)
    assert finding.facts.quoted == ("beta freight 1.900,50 (see [...] [...] dana",)


# --- the setting: one neutral line, once ever ---


def with_a_neutral_line(road: Road, folder: Path) -> Road:
    """The same road, with rules that answer the address the mail came from."""
    orders = roads.standing_orders(DUTY, folder)
    rules = folder / "sales.toml"
    said = rules.read_text(encoding="utf-8")
    assert said.count("answer_sender = false") == 1
    rules.write_text(said.replace("answer_sender = false", "answer_sender = true"), encoding="utf-8")
    book = type(orders.book).load(folder, (roads.DESK, DUTY.vocabulary))
    return replace(road, orders=replace(orders, book=book))


def test_by_the_rule_the_sender_is_told_once_ever_that_the_mail_arrived_and_no_more(road: Road, tmp_path: Path) -> None:
    answering = with_a_neutral_line(road, tmp_path / "rules")
    stranger(answering, "beta freight 1,900. dana")
    stranger(answering, "delphi 700. dana", at=SATURDAY.replace(day=10))
    stranger(answering, "delphi 800. dana", at=SATURDAY.replace(day=12))

    neutral: list[LetterRow] = [letter for letter in answering.letters() if letter.recipient == ELSEWHERE]
    assert [letter.text.splitlines()[0] for letter in neutral] == [
        "Thank you, your mail has arrived. A person will look at it."
    ]
    for data in ("1,900", "Beta", "Dana", "Reyes", "harbourpine"):
        assert data not in neutral[0].text
    assert len([letter for letter in answering.letters() if letter.recipient == "dana@harbourpine.example"]) == 3


# --- what the rep says ---


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("YES", "yes"),
        ("yes, this once", "yes"),
        ("Yes, that was me. Thanks!\n\nDana", "yes"),
        ("JA", "yes"),
        ("Ja, nur diesmal", "yes"),
        ("ja das war ich", "yes"),
        ("It was me", "yes"),
        ("ok", "yes"),
        ("ADD", "add"),
        ("add it", "add"),
        ("Yes, always", "add"),
        ("yes and add it", "add"),
        ("always accept this address please", "add"),
        ("IMMER", "add"),
        ("Ja, immer", "add"),
        ("Diese Adresse immer annehmen, danke!", "add"),
        ("bitte dauerhaft aufnehmen", "add"),
        ("NO", "no"),
        ("No, that wasn’t me!", "no"),
        ("not me", "no"),
        ("Nein, das war ich nicht", "no"),
        ("NEIN!\n\nDa schreibt jemand unter meinem Namen, was ist da los bei euch?", "no"),
    ],
)
def test_the_three_answers_are_read_in_english_and_german(text: str, said: str) -> None:
    assert said_of_claim(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ja, aber nicht immer",
        "not always, only this once",
        "yes or no?",
        "maybe",
        "yes, but it was 1,950",
        "yes\n\nthe amount is 1,950 and it belongs to Tom, please change that",
        "add 500 to it",
        "keine Ahnung",
        "yes no",
    ],
)
def test_what_is_none_of_the_three_or_says_more_is_none(text: str) -> None:
    assert said_of_claim(text) == ""
