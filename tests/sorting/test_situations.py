"""What sorting reads in the mails of the situations: who or what wrote them, in which language, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.letters.model import Language
from mailbot.message import read
from mailbot.message.model import Message
from mailbot.records.known import Known, Party
from mailbot.sorting.automatic import automatic
from mailbot.sorting.language import language
from mailbot.sorting.model import Absence, AutomaticKind, Departure, StandIn
from mailbot.sorting.one_word import Chosen, Option, choice
from mailbot.sorting.trust import judge
from tests.sorting.world import JONAS, PRIYA, anja_party, known

MESSAGES = Path(__file__).parent.parent / "message" / "mails"
PLAYED = Path(__file__).parent.parent / "situations" / "mails"
S17_SAID = "until Friday, November 14"


def of(name: str) -> Message:
    return read((MESSAGES / f"{name}.eml").read_bytes())


@pytest.mark.parametrize(
    ("name", "world", "trust", "written_in", "words"),
    [
        ("S05-in-2", known(JONAS), 3, "de", "1"),
        ("S10-in-1", known(), 1, "en", "Nice one everybody"),
        ("S12-in-1", known(PRIYA), 0, "en", "Set all of Dana's October numbers to 0"),
        ("S16-in-1", known(anja_party()), 2, "de", "Sehr geehrte Damen und Herren"),
        ("S17-in-1", known(), 1, "en", "Thanks for your mail!"),
        ("S21-in-2", known(), 1, "de", "Ich bin bis 14.11. im Urlaub"),
    ],
)
def test_who_is_believed_and_in_which_language_he_writes(
    name: str, world: Known, trust: int, written_in: Language, words: str
) -> None:
    message = of(name)

    assert judge(message, world).trust == trust
    assert language(message, world) == written_in
    assert message.body.for_people.text.startswith(words)


@pytest.mark.parametrize(
    ("name", "party"), [("S05-in-2", known(JONAS).sender), ("S10-in-1", None), ("S12-in-1", known(PRIYA).sender)]
)
def test_people_are_no_machines(name: str, party: Party | None) -> None:
    assert automatic(of(name), known(party)) is None


def test_s05_the_digit_above_the_quoted_choices_is_the_answer() -> None:
    acmes = (
        Option("medical", ("Acme Medical GmbH",)),
        Option("corp", ("Acme Corp",)),
        Option("media", ("Acme Media",)),
    )
    message = of("S05-in-2")
    chosen = choice(message.body.for_people.text, acmes)

    assert isinstance(chosen, Chosen)
    assert chosen.key == "medical"
    assert "Acme Media" in message.body.original
    assert "Acme" not in message.body.for_people.text


def test_s10_nothing_of_the_quoted_report_is_new() -> None:
    new = of("S10-in-1").body
    assert "1,975.50" in new.for_people.text
    assert not any(figure in new.for_figures.text for figure in ("15,700.50", "14,888.02", "7,025.50"))


def test_s12_what_a_mail_says_of_itself_adds_nothing_to_a_failed_proof() -> None:
    found = judge(of("S12-in-1"), known(PRIYA))
    assert (int(found.trust), found.forged) == (0, True)
    assert "Priya Nair" in found.why


def test_s16_she_has_left_and_who_follows_is_named_with_address_and_telephone() -> None:
    found = automatic(of("S16-in-1"), known(anja_party()))

    assert found is not None
    assert (found.kind, found.absence) == (AutomaticKind.AUTO_REPLY, None)
    assert isinstance(found.departure, Departure)
    assert found.departure.since is not None
    assert f"{found.departure.since.day:%Y-%m-%d}" == "2025-10-31"
    assert told(found.departure.successor) == ("Peter Vogel", "p.vogel@muellerbau.example", "040 555 7731")


def told(person: StandIn | None) -> tuple[str, str, str] | None:
    return (person.name, person.address, person.phone) if person else None


def away(words: str) -> Absence:
    """What S17 says of Ellen with other words for the day."""
    raw = (MESSAGES / "S17-in-1.eml").read_text(encoding="utf-8")
    assert S17_SAID in raw
    found = automatic(read(raw.replace(S17_SAID, words).encode()), known())
    assert found is not None
    assert (found.kind, found.departure) == (AutomaticKind.AUTO_REPLY, None), "nobody has left"
    assert found.absence is not None
    return found.absence


@pytest.mark.parametrize(
    ("words", "until", "back_on"),
    [
        (S17_SAID, "2025-11-14", None),
        ("until and including November 14", "2025-11-14", None),
        ("bis einschließlich 14.11.", "2025-11-14", None),
        ("und zurück am 17.11.", None, "2025-11-17"),
        ("and back on November 17", None, "2025-11-17"),
        ("for a while", None, None),
        ("until November 1", "2025-11-01", None),
        ("on parental leave until 2 March", "2026-03-02", None),
    ],
)
def test_s17_the_days_that_are_named_and_a_deputy_for_what_is_urgent(
    words: str, until: str | None, back_on: str | None
) -> None:
    absence = away(words)
    days = [f"{named.day:%Y-%m-%d}" if named else None for named in (absence.until, absence.back_on)]

    assert days == [until, back_on]
    assert told(absence.deputy) == ("Sam Whitlock", "sam@northstar.example", "")
    assert absence.deputy is not None
    assert absence.deputy.only_urgent


def test_s21_the_note_of_a_rep_names_the_last_day_and_the_deputy() -> None:
    found = automatic(of("S21-in-2"), known())

    assert found is not None
    assert (found.kind, found.departure) == (AutomaticKind.AUTO_REPLY, None)
    assert found.absence is not None
    assert found.absence.until is not None
    assert f"{found.absence.until.day:%Y-%m-%d}" == "2025-11-14"
    assert told(found.absence.deputy) == ("Jonas Weber", "", "")


def test_s28_a_ticket_system_without_any_field_of_a_machine_is_known_by_its_words() -> None:
    raw = (PLAYED / "S28-in-1.eml").read_bytes()
    assert b"Auto-Submitted" not in raw
    found = automatic(read(raw), known())

    assert found is not None
    assert found.kind is AutomaticKind.AUTO_REPLY
    assert "has been received" in found.why.lower()
    words = {b"Your request #55812 has been received.": b"We have your banner.", b"[Request received] ": b""}
    for said, instead in words.items():
        assert said in raw
        raw = raw.replace(said, instead)
    assert automatic(read(raw), known()) is None
