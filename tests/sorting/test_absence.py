"""What automatic replies say of their senders: away, or gone. Notes in the words of real programs and people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailbot.message.model import Message
from mailbot.message.reading import read
from mailbot.sorting.automatic import automatic
from mailbot.sorting.model import Absence, AutomaticKind, Departure, NamedDay, StandIn
from tests.sorting.world import known, mail

MAILS = Path(__file__).parent.parent / "message" / "mails"
ELLEN = "Ellen Marsh <ellen@northstar.example>"
ANJA = '"Schmidt, Anja" <a.schmidt@muellerbau.example>'
SENT = "Tue, 04 Nov 2025 11:30:02 +0100"
NOTHING = (None, None, None)


def reply(text: str, sender: str = ELLEN, subject: str = "Automatic reply: Your banner", sent: str = SENT) -> Message:
    return mail("Auto-Submitted: auto-replied", f"Subject: {subject}", f"Date: {sent}", text=text, sender=sender)


def absence(message: Message) -> Absence | None:
    found = automatic(message, known())
    return found.absence if found else None


def departure(message: Message) -> Departure | None:
    found = automatic(message, known())
    return found.departure if found else None


def day(named: NamedDay | None) -> str | None:
    return f"{named.day:%Y-%m-%d}" if named else None


def days(found: Absence | None) -> tuple[str | None, str | None, str | None]:
    assert found is not None, "it says nothing of an absence"
    return day(found.first), day(found.until), day(found.back_on)


def person(found: StandIn | None) -> tuple[str, str, str]:
    return (found.name, found.address, found.phone) if found else ("", "", "")


def test_a_note_that_she_has_left_names_the_day_and_the_successor() -> None:
    message = read((MAILS / "S16-in-1.eml").read_bytes())
    found = automatic(message, known())
    assert found is not None
    assert found.absence is None
    assert found.departure is not None
    assert found.departure.evidence.words == "nicht mehr für unser Unternehmen tätig"
    assert found.departure.since is not None
    assert found.departure.since.day == date(2025, 10, 31)
    assert found.departure.since.evidence.words == "31.10.2025"
    assert person(found.departure.successor) == ("Peter Vogel", "p.vogel@muellerbau.example", "040 555 7731")
    assert found.departure.successor is not None
    assert not found.departure.successor.only_urgent
    place = found.departure.evidence.place
    assert message.body.original[place.start : place.end] == found.departure.evidence.words
    assert "left 31 Oct 2025" in found.why


def test_an_absence_with_a_deputy_for_urgent_things_is_no_departure() -> None:
    found = automatic(read((MAILS / "S17-in-1.eml").read_bytes()), known())
    assert found is not None
    assert found.departure is None
    assert days(found.absence) == (None, "2025-11-14", None)
    assert found.absence is not None
    assert found.absence.until is not None
    assert found.absence.until.evidence.words == "Friday, November 14"
    assert found.absence.evidence.words == "out of the office"
    assert person(found.absence.deputy) == ("Sam Whitlock", "sam@northstar.example", "")
    assert found.absence.deputy is not None
    assert found.absence.deputy.only_urgent
    assert "away until 14 Nov 2025" in found.why


def test_a_reps_short_note_names_the_last_day_and_the_deputy() -> None:
    found = automatic(read((MAILS / "S21-in-2.eml").read_bytes()), known())
    assert found is not None
    assert found.departure is None
    assert days(found.absence) == (None, "2025-11-14", None)
    assert found.absence is not None
    assert person(found.absence.deputy) == ("Jonas Weber", "", "")
    assert found.absence.deputy is not None
    assert not found.absence.deputy.only_urgent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm out of the office until Friday, November 14.", (None, "2025-11-14", None)),
        ("I'm out of\nthe office until Friday,\nNovember 14 with no access to email.", (None, "2025-11-14", None)),
        ("I am out of the office through 11/14.", (None, "2025-11-14", None)),
        ("I am out of the office until March 2, 2026. I never work on Fridays.", (None, "2026-03-02", None)),
        (
            "I am on annual leave from 3 November to 14 November and will be back on Monday 17 November.",
            ("2025-11-03", "2025-11-14", "2025-11-17"),
        ),
        (
            "I will be out of the office starting 11/03/2025 and will not return until 11/14/2025.",
            ("2025-11-03", None, "2025-11-14"),
        ),
        ("I'm away Nov 3-14.", ("2025-11-03", "2025-11-14", None)),
        ("Thank you for your email. I am away and return on Monday.", (None, None, "2025-11-10")),
        ("I will be back on Monday, November 17.", (None, None, "2025-11-17")),
        ("I am on holiday. On November 17 I will be back in the office.", (None, None, "2025-11-17")),
        ("I'm currently on parental leave until 2 March.", (None, "2026-03-02", None)),
        ("I'm on maternity leave, returning in March 2026.", (None, None, "2026-03-01")),
        ("I'm away until January.", (None, None, "2026-01-01")),
        ("I am on vacation this week.", ("2025-11-04", "2025-11-09", None)),
        ("I'm on vacation next week.", ("2025-11-10", "2025-11-16", None)),
        ("I'm out of office today, back tomorrow.", ("2025-11-04", "2025-11-04", "2025-11-05")),
        ("Our offices are closed from December 24 through January 2.", ("2025-12-24", "2026-01-02", None)),
        ("I am out of the office until 31 October 2025.", (None, "2025-10-31", None)),
        ("I am out of the office until October 31.", (None, "2025-10-31", None)),
        ("I'm travelling with limited access to email.", NOTHING),
        ("I am on sick leave.", NOTHING),
        ("Thanks for your mail of 3 November. I'm on leave.", NOTHING),
        ("I'm on holiday! Until 14 November please contact Sam Whitlock.", (None, "2025-11-14", None)),
        ("I'm on leave and will answer your mail after November 14.", (None, "2025-11-14", None)),
        ("I'm away until the end of November.", (None, "2025-11-30", None)),
        ("I'm on leave until 14/11/2025.", (None, "2025-11-14", None)),
        ("I am away from the office until the 17th.", (None, "2025-11-17", None)),
        ("I am out of the office for two weeks.", NOTHING),
        ("I'm OOO 11/5 - 11/12, returning Thursday 11/13.", ("2025-11-05", "2025-11-12", "2025-11-13")),
        (
            "I'm out of the office on Friday, November 7th and Monday, November 10th.",
            ("2025-11-07", "2025-11-10", None),
        ),
    ],
)
def test_english_notes_of_absence(text: str, expected: tuple[str | None, ...]) -> None:
    message = reply(text)
    assert days(absence(message)) == expected
    assert departure(message) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ich bin bis einschließlich 14.11. im Urlaub.", (None, "2025-11-14", None)),
        ("Ich bin bis zum 2.3.2026 nicht im Haus. Freitags arbeite ich nie.", (None, "2026-03-02", None)),
        ("Ich bin bis zum 14. November nicht erreichbar.", (None, "2025-11-14", None)),
        ("Ich bin im Urlaub und zurück am 17.11.", (None, None, "2025-11-17")),
        ("Ich bin nicht im Büro und ab dem 17.11. wieder erreichbar.", (None, None, "2025-11-17")),
        ("Ab Montag, 17.11., bin ich wieder für Sie da.", (None, None, "2025-11-17")),
        ("Am 17.11. kehre ich zurück.", (None, None, "2025-11-17")),
        ("Ich bin vom 03.11.2025 bis 14.11.2025 abwesend.", ("2025-11-03", "2025-11-14", None)),
        ("Abwesend vom 3.11.-14.11.", ("2025-11-03", "2025-11-14", None)),
        (
            "Ich bin vom 3. bis 14. November nicht im Haus und werde Ihre E-Mail nach meiner Rückkehr am 17.11. lesen.",
            ("2025-11-03", "2025-11-14", "2025-11-17"),
        ),
        ("Ich bin derzeit in Elternzeit bis zum 2. März.", (None, "2026-03-02", None)),
        ("Ich bin heute nicht im Büro.", ("2025-11-04", "2025-11-04", None)),
        ("Diese Woche habe ich Urlaub.", ("2025-11-04", "2025-11-09", None)),
        ("Ich bin im Urlaub und ab nächster Woche wieder da.", (None, None, "2025-11-10")),
        ("Ich bin ab 10.11. im Urlaub und danach wieder erreichbar.", ("2025-11-10", None, None)),
        ("Unser Büro bleibt vom 22.12. bis 6.1. geschlossen.", ("2025-12-22", "2026-01-06", None)),
        ("Ich bin bis Ende November auf Dienstreise.", (None, "2025-11-30", None)),
        ("Ich bin bis 31.10.2025 im Urlaub.", (None, "2025-10-31", None)),
        ("Ich bin bis KW 46 im Urlaub.", (None, "2025-11-16", None)),
        ("Frau Schmidt ist bis zum 3/12 abwesend und am 4/12 wieder im Büro.", (None, "2025-12-03", "2025-12-04")),
        ("Ich bin bis zum 14.11. im Urlaub, ab dem 17. bin ich wieder da.", (None, "2025-11-14", "2025-11-17")),
        ("Sie erreichen mich wieder ab Montag, dem 17. November 2025.", (None, None, "2025-11-17")),
        ("Ich bin seit dem 1.11. in Elternzeit und kehre im Mai 2026 zurück.", ("2025-11-01", None, "2026-05-01")),
        ("Ich bin außer Haus.", NOTHING),
        ("Ich bin krank.", NOTHING),
        ("Ich bin abwesend. Ihre Nachricht vom 3.11.2025 wird nicht weitergeleitet.", NOTHING),
        ("Ich bin im Urlaub. Tel. 040 555 7731", NOTHING),
        ("Ich bin im Urlaub, mobil erreichen Sie mich unter +49 170 12.11.25 44.", NOTHING),
    ],
)
def test_german_notes_of_absence(text: str, expected: tuple[str | None, ...]) -> None:
    message = reply(text, ANJA)
    assert days(absence(message)) == expected
    assert departure(message) is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Ellen Marsh is no longer with the company.", None),
        ("Ellen Marsh is no longer employed here. Your email will not be forwarded.", None),
        ("Ellen Marsh is no longer with Northstar.", None),
        ("Ellen Marsh has left Northstar Logistics.", None),
        ("Please note that Ellen has left the company.", None),
        ("I have left the company as of October 31.", "2025-10-31"),
        ("As of 31 October 2025 I no longer work for Northstar.", "2025-10-31"),
        ("I left the company on June 30.", "2025-06-30"),
        ("My last day at the company was 31 October.", "2025-10-31"),
        ("Ellen has retired.", None),
        ("I am leaving Northstar effective November 28.", "2025-11-28"),
        ("I have moved on from Northstar.", None),
    ],
)
def test_english_notes_of_departure(text: str, since: str | None) -> None:
    message = reply(text)
    found = departure(message)
    assert found is not None
    assert day(found.since) == since
    assert absence(message) is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("Zum 31.12.2025 verlasse ich die Müller Bau GmbH.", "2025-12-31"),
        ("Frau Schmidt ist nicht mehr bei uns beschäftigt.", None),
        ("Anja Schmidt ist zum 31.10.2025 aus unserem Unternehmen ausgeschieden.", "2025-10-31"),
        ("Ich habe das Unternehmen zum 30.9. verlassen.", "2025-09-30"),
        ("Ich arbeite nicht mehr bei Müller Bau.", None),
        ("Ich bin nicht mehr bei Müller Bau.", None),
        ("Frau Schmidt arbeitet seit dem 1. Oktober nicht mehr für unser Haus.", "2025-10-01"),
        ("Frau Schmidt ist in den Ruhestand gegangen.", None),
        ("Frau Schmidt hat unser Haus verlassen.", None),
        ("Mein letzter Arbeitstag war der 31.10.", "2025-10-31"),
        ("Frau Schmidt ist für die Müller Bau GmbH nicht länger tätig.", None),
    ],
)
def test_german_notes_of_departure(text: str, since: str | None) -> None:
    message = reply(text, ANJA)
    found = departure(message)
    assert found is not None
    assert day(found.since) == since
    assert absence(message) is None


@pytest.mark.parametrize(
    "text",
    [
        "I no longer work on Wednesdays.",
        "I'm not in the office on Fridays.",
        "I no longer work in the marketing department, please write to info@northstar.example.",
        "Our colleague Peter Vogel has left the company.",
        "Ellen has left the office for today.",
        "I have left instructions with the team.",
        "Your request #55812 has been received. We will get back to you by Friday.",
        "If I'm not available, call 617 555 0142.",
        "The offer is valid until 30 November.",
        "Thanks for your mail of 3 November. We are working on it.",
        "Phone 617 555 0142",
        "We will be at BuildExpo from 12 to 14 March.",
    ],
)
def test_what_is_neither_away_nor_gone_in_english(text: str) -> None:
    assert absence(reply(text)) is None
    assert departure(reply(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Ich arbeite mittwochs nicht mehr.",
        "Ich bin freitags nicht im Büro.",
        "Frau Schmidt ist nicht mehr für diesen Bereich tätig.",
        "Herr Peter Vogel ist nicht mehr für unser Unternehmen tätig.",
        "Ihre Anfrage vom 3.11.2025 ist eingegangen.",
        "Wir melden uns bis Freitag bei Ihnen zurück.",
        "Falls ich nicht erreichbar bin, rufen Sie 040 555 7731 an.",
        "Anmeldung zur Messe bis 30.11.",
        "Tel. 040 555 7731",
        "Ich bin nicht mehr für Ihre Anzeigen zuständig.",
        "Wenn Sie das Haus verlassen, schließen Sie bitte ab.",
    ],
)
def test_what_is_neither_away_nor_gone_in_german(text: str) -> None:
    assert absence(reply(text, ANJA)) is None
    assert departure(reply(text, ANJA)) is None


@pytest.mark.parametrize(
    ("text", "expected", "only_urgent"),
    [
        (
            "For anything urgent please contact Sam Whitlock (sam@northstar.example, +1 617 555 0142).",
            ("Sam Whitlock", "sam@northstar.example", "+1 617 555 0142"),
            True,
        ),
        ("Jane Doe is covering for me.", ("Jane Doe", "", ""), False),
        ("Please contact my colleague Sam.", ("Sam", "", ""), False),
        (
            "In urgent cases please contact:\n\nSam Whitlock\nHead of Sales\nsam@northstar.example\n617-555-0142",
            ("Sam Whitlock", "sam@northstar.example", "617-555-0142"),
            True,
        ),
        (
            "My deputy is Sam Whitlock. You can reach him at sam@northstar.example.",
            ("Sam Whitlock", "sam@northstar.example", ""),
            False,
        ),
        ("Please write to sales@northstar.example instead.", ("", "sales@northstar.example", ""), False),
        ("For urgent matters, please call me on my mobile +1 617 555 0199.", ("", "", ""), False),
        ("Please contact me at ellen@northstar.example when I am back.", ("", "", ""), False),
        ("Your mail to desk@harbourpine.example will help us.", ("", "", ""), False),
        ("Please contact us again next week.", ("", "", ""), False),
    ],
)
def test_who_stands_in_in_english(text: str, expected: tuple[str, str, str], only_urgent: bool) -> None:
    found = absence(reply(f"I'm out of the office. {text}"))
    assert found is not None
    assert person(found.deputy) == expected
    assert (found.deputy is not None and found.deputy.only_urgent) is only_urgent


@pytest.mark.parametrize(
    ("text", "expected", "only_urgent"),
    [
        (
            "In dringenden Fällen wenden Sie sich bitte an Jonas Weber (jonas@muellerbau.example, Tel. 040 555 7731).",
            ("Jonas Weber", "jonas@muellerbau.example", "040 555 7731"),
            True,
        ),
        ("Vertretung: Lena Brandt.", ("Lena Brandt", "", ""), False),
        ("Vertretung:\nLena Brandt\nVertrieb Nord\nTel.: 040 555 7731", ("Lena Brandt", "", "040 555 7731"), False),
        ("Ihre Ansprechpartnerin ist ab sofort Frau Lena Brandt.", ("Lena Brandt", "", ""), False),
        ("Bitte richten Sie Ihre Anfragen an Peter Vogel.", ("Peter Vogel", "", ""), False),
        ("Es vertritt mich Herr Vogel.", ("Vogel", "", ""), False),
        ("Ihr Ansprechpartner ist Herr Dr. Peter von Vogel.", ("Peter von Vogel", "", ""), False),
        (
            "Meine Vertretung übernimmt Frau Lena Brandt, lena@muellerbau.example.",
            ("Lena Brandt", "lena@muellerbau.example", ""),
            False,
        ),
        (
            "Sie erreichen in dieser Zeit meinen Kollegen Peter Vogel unter p.vogel@muellerbau.example.",
            ("Peter Vogel", "p.vogel@muellerbau.example", ""),
            False,
        ),
        ("Bitte wenden Sie sich an vertrieb@muellerbau.example.", ("", "vertrieb@muellerbau.example", ""), False),
        ("Bitte wenden Sie sich an unsere Zentrale.", ("", "", ""), False),
        ("In dringenden Fällen erreichen Sie mich unter 0170 555 7731.", ("", "", ""), False),
        ("Ihre Nachricht wird nicht weitergeleitet.", ("", "", ""), False),
    ],
)
def test_who_stands_in_in_german(text: str, expected: tuple[str, str, str], only_urgent: bool) -> None:
    found = absence(reply(f"Ich bin im Urlaub. {text}", ANJA))
    assert found is not None
    assert person(found.deputy) == expected
    assert (found.deputy is not None and found.deputy.only_urgent) is only_urgent


def test_a_departure_ahead_is_read_beside_the_absence() -> None:
    message = reply("Ich bin bis 14.11. im Urlaub. Mein letzter Arbeitstag ist der 31.12.2025.", ANJA)
    found = departure(message)
    assert found is not None
    assert day(found.since) == "2025-12-31"
    assert days(absence(message)) == (None, "2025-11-14", None)


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("Out of office - back on Monday, November 17", (None, None, "2025-11-17")),
        ("AUTO: Ellen Marsh is out of the office (returning 11/14/2025)", (None, None, "2025-11-14")),
        ("Abwesend bis 14.11.: Your banner until 30 November", (None, "2025-11-14", None)),
    ],
)
def test_the_subject_counts_where_the_text_is_silent(subject: str, expected: tuple[str | None, ...]) -> None:
    found = absence(reply("Thanks for your mail!", subject=subject))
    assert days(found) == expected
    assert found is not None
    assert found.evidence.place.part == "subject"


def test_our_own_subject_behind_the_colon_is_not_theirs() -> None:
    message = reply("Thanks, we have it.", subject="Automatic reply: Are you out of the office until 14 November?")
    assert absence(message) is None


def test_our_own_quoted_letter_is_not_theirs() -> None:
    quoted = (
        "Thanks, we have it.\n\nOn Mon, Nov 3, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:\n"
        "> I am on vacation until 14 November and Ellen has left the company. Please contact Dana Reyes."
    )
    assert absence(reply(quoted)) is None
    assert departure(reply(quoted)) is None


def test_a_note_written_by_hand_is_not_read() -> None:
    assert automatic(mail(text="I'm on vacation until 14 November, then let us talk."), known()) is None


def test_a_machine_that_speaks_as_one_who_is_away_is_read() -> None:
    text = "Thank you for your mail. I am out of the office until November 14. In urgent cases call Sam Whitlock."
    found = automatic(mail("Precedence: bulk", f"Date: {SENT}", text=text, sender=ELLEN), known())
    assert found is not None
    assert found.kind is AutomaticKind.MACHINE
    assert days(found.absence) == (None, "2025-11-14", None)


@pytest.mark.parametrize("field", ["List-Id: <trade.lists.example>", "X-Failed-Recipients: karen@southstar.example"])
def test_lists_and_bounces_are_not_read(field: str) -> None:
    found = automatic(mail(field, text="I'm out of the office until November 14."), known())
    assert found is not None
    assert (found.absence, found.departure) == (None, None)


def test_without_a_date_of_its_own_a_note_has_no_days() -> None:
    found = absence(reply("I'm out of the office until November 14.", sent="someday"))
    assert found is not None
    assert days(found) == NOTHING


def test_the_day_of_the_note_is_that_of_the_desk() -> None:
    late = reply("I'm out of office today.", sent="Tue, 04 Nov 2025 23:30:00 +0000")  # past midnight in Berlin
    assert days(absence(late)) == ("2025-11-05", "2025-11-05", None)


_PIECES = st.sampled_from(
    [
        "I am out of the office", "Ich bin im Urlaub", "until", "bis zum", "14.11.", "31.2.", "November 31", "Monday",
        "nicht mehr bei", "has left", "Müller Bau GmbH", "please contact", "Vertretung:", "Sam Whitlock", "Herr", "@",
        "sam@northstar.example", "Tel. 040 555 7731", "+49", "12.11.25", "\n\n", "\n", ".", "?", "(", "back on", "ab",
        "wieder", "next week", "KW 53", "-", "/", "’", "ß", "\ufffc", "İ", "",
    ]
)  # fmt: skip


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.one_of(st.text(max_size=120), st.lists(_PIECES, max_size=20).map(" ".join)),
    st.one_of(st.text(max_size=30), st.sampled_from(["Out of office", "Abwesend bis 14.11."])),
    st.one_of(st.none(), st.datetimes(timezones=st.just(UTC)), st.just(datetime(2025, 11, 4, tzinfo=UTC))),
)
def test_reading_a_note_never_raises_and_quotes_what_stands_there(
    text: str, subject: str, sent: datetime | None
) -> None:
    written = sent.strftime("%a, %d %b %Y %H:%M:%S +0000") if sent else "never"
    message = reply(text, subject=" ".join(subject.split()), sent=written)
    found = automatic(message, known())
    assert found is not None
    for said in (found.absence, found.departure):
        if said is not None and said.evidence.place.part == "text":
            place = said.evidence.place
            assert message.body.original[place.start : place.end] == said.evidence.words
