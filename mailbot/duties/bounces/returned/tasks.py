"""The tasks that this duty leaves to colleagues, in the words of their own language."""

from __future__ import annotations

from mailbot.duties.bounces.actions import WithdrawLetters
from mailbot.duties.bounces.recalling import NAME
from mailbot.duties.bounces.returned.on_file import OnFile, Unsent
from mailbot.duties.bounces.whereabouts.calls import CALL
from mailbot.errors import OurBug
from mailbot.letters.wording import Wording
from mailbot.records.decision import Action
from mailbot.records.in_words import Words
from mailbot.records.known import PersonCard
from mailbot.records.questions import OpenTask


def withdrawn(waiting: tuple[Unsent, ...], to: str, keeper: PersonCard, client_id: int | None) -> tuple[Action, ...]:
    """Letters that wait for `to` are taken back, with a task for this colleague that lists them."""
    if not waiting:
        return ()
    quoted = Wording(keeper.language).quoted
    listed = "; ".join(f"{letter.ref} {quoted(letter.subject)}" for letter in waiting)
    words = Words(
        f"These letters to {to} were taken back; write what is still needed: {listed}",
        f"Diese Mails an {to} sind zurückgezogen; schreib, was davon noch gebraucht wird: {listed}",
    )
    return (
        WithdrawLetters(tuple(each.id for each in waiting), tuple(each.ref for each in waiting)),
        OpenTask(NAME, "withdrawn-letters", words.to(keeper.language), keeper.id, client_id),
    )


def call_about_address(on_file: OnFile, keeper: PersonCard) -> OpenTask:
    """A task to call the contact: which address is right?"""
    if on_file.contact is None or on_file.client is None:
        raise OurBug(f"there is nobody to call about {on_file.written}")
    number = _number(on_file)
    words = Words(
        f"Call {on_file.contact.name}, {on_file.client.name}, {number.en}: mail to {on_file.written} does not arrive. "
        "Ask: which address is right? If the person has left: who takes over, at which address?",
        f"{on_file.contact.name}, {on_file.client.name}, anrufen {number.de}: Mails an {on_file.written} kommen "
        "zurück. Frag: Welche Adresse stimmt? Und falls die Person nicht mehr da ist: Wer übernimmt, unter welcher "
        "Adresse?",
    )
    return OpenTask(NAME, CALL, words.to(keeper.language), keeper.id, on_file.client.id)


def call_about_successor(on_file: OnFile, keeper: PersonCard) -> OpenTask:
    """A task to call the client of a contact who has left: who takes over?"""
    if on_file.client is None:
        raise OurBug(f"there is no client to call about {on_file.written}")
    who = on_file.contact.name if on_file.contact else on_file.written
    number = _number(on_file)
    words = Words(
        f"Call {on_file.client.name} {number.en}: {who} has left. Ask: who takes over, at which address and number?",
        f"{on_file.client.name} anrufen {number.de}: {who} ist nicht mehr da. Frag: Wer übernimmt, unter welcher "
        "Adresse und Nummer?",
    )
    return OpenTask(NAME, CALL, words.to(keeper.language), keeper.id, on_file.client.id)


def _number(on_file: OnFile) -> Words:
    if on_file.phone:
        return Words(f"at {on_file.phone}", f"unter {on_file.phone}")
    return Words("(no number that works is on file)", "(keine Nummer gespeichert, die stimmt)")
