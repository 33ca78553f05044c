"""Which kinds of letters a client stops in words of their own, and which words stop nothing."""

from __future__ import annotations

import pytest

from mailbot.letters.model import LetterKind
from mailbot.sorting.model import Automatic, AutomaticKind, Sorted, Trust, TrustFound
from mailbot.sorting.stopped_kinds import KindsStopped, kinds_stopped
from tests.sorting.world import ANJA, JONAS, PASS, anja_party, known, mail, staff_party

REMINDER, MAILING = LetterKind.REMINDER, LetterKind.MAILING
INVOICE, PROOF = LetterKind.INVOICE, LetterKind.PROOF
UWE = (
    "Bitte keine Erinnerungen mehr, die nerven. Rechnungen und Druckfreigaben natürlich\nweiterhin an mich.\n\n"
    "Anja Schmidt"
)


def read(
    text: str, trust: Trust = Trust.T2, *, automatic: bool = False, staff: bool = False, stranger: bool = False
) -> KindsStopped | None:
    message = mail(f"{PASS}muellerbau.example", f"From: {ANJA.address}", "Subject: AW: Ihr Anzeigenplatz", text=text)
    machine = Automatic(AutomaticKind.MACHINE, "a test says so") if automatic else None
    party = None if stranger else staff_party(JONAS) if staff else anja_party()
    return kinds_stopped(message, known(party), Sorted(TrustFound(trust, "a test says so"), machine, None, "de"))


def stopped(text: str) -> set[LetterKind]:
    found = read(text)
    return set(found.kinds) if found else set()


def test_the_words_of_s19_stop_reminders_and_keep_what_they_name() -> None:
    found = read(UWE)

    assert found is not None
    assert (set(found.kinds), set(found.kept)) == ({REMINDER}, {INVOICE, PROOF})
    assert found.words.words.startswith("Bitte keine Erinnerungen mehr, die nerven.")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Bitte schicken Sie mir keine weiteren Erinnerungen.", {REMINDER}),
        ("Bitte keine Erinnerungen mehr, danke", {REMINDER}),
        ("Bitte keine Erinnerungen mehr\nAnja Schmidt", {REMINDER}),
        ("Ich möchte keine Werbung mehr bekommen.", {MAILING}),
        ("Hallo, bitte keine Newsletter mehr!", {MAILING}),
        ("Keine Mails mehr außer Rechnungen", {REMINDER, MAILING}),
        ("Please don\u2019t send me any more reminders, thanks", {REMINDER}),
        ("No more reminders please", {REMINDER}),
        ("Please send me no more reminders.", {REMINDER}),
        ("Could you send us no further reminders, please", {REMINDER}),
        ("We don't want any more newsletters", {MAILING}),
        ("Bitte senden Sie uns keine Erinnerungen mehr.", {REMINDER}),
        ("Stop sending me reminders and newsletters. Invoices still to me.", {REMINDER, MAILING}),
        ("please no more mails except for invoices", {REMINDER, MAILING}),
    ],
)
def test_the_kinds_that_are_named_are_stopped(text: str, kinds: set[LetterKind]) -> None:
    assert stopped(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Please don't stop the reminders",
        "No more reminders about the banner please",
        "No more reminders until January",
        "Please send me no more reminders about the banner",
        "They send us no more reminders",
        "No more reminders, until we are back",
        "Bitte keine Erinnerungen mehr bis Januar",
        "Bitte keine Erinnerungen mehr an Herrn Klein",
        "Warum bekomme ich keine Erinnerungen mehr?",
        "Ich bekomme keine Erinnerungen mehr",
        "No more reminders?",
        "No more reminders, but keep the reminders for Sam",
        "Stop the banner",
        "One stop shop, we love the reminders",
        "Bitte keine Rechnungen mehr",
        "No more invoices please",
        "the last newsletter was wrong",
        f"Bitte keine Erinnerungen mehr. {'Und noch etwas. ' * 50}",
        "",
    ],
)
def test_what_is_not_wholly_understood_or_has_to_come_stops_nothing(text: str) -> None:
    assert read(text) is None


def test_only_a_proven_contact_stops_anything() -> None:
    assert read(UWE) is not None
    assert read(UWE, Trust.T0) is None
    assert read(UWE, Trust.T1) is None
    assert read(UWE, automatic=True) is None
    assert read(UWE, Trust.T3, staff=True) is None
    assert read(UWE, stranger=True) is None
