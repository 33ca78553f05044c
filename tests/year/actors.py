"""Who answers what. Everybody goes by the words of a letter alone, as a person does, and by what they know themselves.

The dice decide whether somebody answers, with what, and after how long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from tests.year.company import Firm, Manner, Member, Reader
from tests.year.diary import Letter, Means

SIGN: Final = "{sign}"  # in words: the postman writes the sign of the mail there


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody will write, so long after they had a letter. `is_automatic`: their mail program writes it."""

    means: Means
    words: str
    after: timedelta
    is_automatic: bool = False


def _asks(letter: Letter, *phrases: str) -> bool:
    return any(phrase in letter.said for phrase in phrases)


# --- clients ---

_NOT_SAID: Final = ("", "", "", " Regards", " Best wishes")
_WRONG: Final = (
    ("the link of our banner {sign} is broken, please fix it.", "der Link in unserem Banner {sign} ist kaputt."),
    ("the ad {sign} shows the wrong phone number.", "in der Anzeige {sign} steht eine falsche Telefonnummer."),
    ("we have not received the proof {sign}.", "wir haben den Korrekturabzug {sign} nicht erhalten."),
)
_ASKED: Final = (
    ("could you tell me when the issue {sign} comes out?", "können Sie mir sagen, wann das Heft {sign} erscheint?"),
    ("would you send us the media data {sign}?", "könnten Sie uns die Mediadaten {sign} schicken?"),
)
_ANGRY: Final = (
    "this is the THIRD time I write about {sign}. Unacceptable! I want my money back.",
    "das ist jetzt das dritte Mal, dass ich wegen {sign} schreibe. Eine Frechheit! Ich will mein Geld zurück.",
)
_STILL: Final = ("no, it is still broken, look at {sign}.", "nein, es ist immer noch kaputt, siehe {sign}.")


def complaint(means: Means, language: str, dice: Random) -> str:
    """What a client writes out of the blue."""
    german = language == "de"
    greeting = "Guten Tag,\n\n" if german else "Hello,\n\n"
    match means:
        case Means.PROBLEM:
            return greeting + dice.choice(_WRONG)[german]
        case Means.QUESTION:
            return greeting + dice.choice(_ASKED)[german]
        case Means.ANGER:
            return greeting + _ANGRY[german]
        case Means.STOP:
            return "Bitte keine Erinnerungen mehr." if german else "Please send me no more reminders."
    return "Vielen Dank!" if german else "Thank you very much!"


def client(reader: Reader, letter: Letter, dice: Random) -> list[Intent]:
    """What somebody at a client does with a letter."""
    if reader.manner is Manner.GONE:
        return [_has_left(reader)]
    if reader.manner is Manner.ROBOT:
        return [_ticket(letter, dice)]
    if dice.random() < 0.05:
        return [_is_away(reader, letter, dice)]
    if reader.manner is Manner.SILENT and dice.random() < 0.9:
        return []
    return _answered(reader, letter, dice)


def _answered(reader: Reader, letter: Letter, dice: Random) -> list[Intent]:
    german = reader.language == "de"
    hours = dice.uniform(1, 30) if reader.manner is Manner.PROMPT else dice.uniform(40, 200)
    after = timedelta(hours=hours)
    if _asks(letter, "Have you used it?", "Have you used them?", "schon genutzt?"):
        return _about_a_benefit(letter, german, after, dice)
    if _asks(letter, "Is it good for you now?", "Ist für Sie jetzt alles gut?"):
        means = dice.choices((Means.GOOD, Means.MORE, Means.THANKS, None), (45, 15, 10, 30))[0]
        words = {
            Means.GOOD: ("YES", "JA"),
            Means.MORE: _STILL,
            Means.THANKS: ("Thank you very much!", "Vielen Dank!"),
        }
        return [Intent(means, words[means][german], after)] if means else []
    if _asks(letter, "from 0 (not at all) to 10", "von 0 (gar nicht) bis 10"):
        score = dice.choices(range(11), (1, 0, 0, 1, 1, 2, 3, 6, 10, 8, 6))[0]
        more = dice.choice(("", "", "\nWe like working with you.")) if not german else ""
        return [Intent(Means.SCORE, f"{score}{more}", after)] if dice.random() < 0.6 else []
    if _asks(letter, "answers you about", "antwortet Ihnen zu"):
        means = dice.choices((Means.THANKS, Means.MORE, None), (35, 10, 55))[0]
        words = {Means.THANKS: ("Thanks!", "Danke!"), Means.MORE: _STILL}
        return [Intent(means, words[means][german], after)] if means else []
    return []


def _about_a_benefit(letter: Letter, german: bool, after: timedelta, dice: Random) -> list[Intent]:
    kinds = (Means.YES, Means.NO, Means.HELP, Means.STOP, Means.PROBLEM, None)
    means = dice.choices(kinds, (30, 8, 8, 4, 7, 43))[0]
    words = {
        Means.YES: ("YES", "JA"),
        Means.NO: ("NO", "NEIN"),
        Means.HELP: ("HELP", "HILFE"),
        Means.STOP: ("STOP", "STOP"),
        Means.PROBLEM: ("yes but the link {sign} is broken", "ja, aber der Link {sign} ist kaputt"),
    }
    return [Intent(means, words[means][german], after)] if means else []


def _has_left(reader: Reader) -> Intent:
    words = (
        f"{reader.name} is no longer with the company.",
        f"{reader.name} ist nicht mehr in unserem Unternehmen tätig.",
    )
    return Intent(Means.AUTOMATIC, words[reader.language == "de"], timedelta(minutes=1), is_automatic=True)


def _ticket(letter: Letter, dice: Random) -> Intent:
    number = dice.randrange(10_000, 99_999)
    words = f"Your request #{number} has been received. We will answer as soon as we can."
    return Intent(Means.AUTOMATIC, words, timedelta(minutes=1), is_automatic=True)


def _is_away(reader: Reader | Member, letter: Letter, dice: Random) -> Intent:
    back = letter.day + timedelta(days=dice.randrange(2, 14))
    words = (
        f"I am out of the office until {back:%d %B %Y}. I will read your mail when I am back.",
        f"Ich bin bis {back:%d.%m.%Y} nicht im Büro und lese Ihre Nachricht danach.",
    )
    return Intent(Means.AUTOMATIC, words[reader.language == "de"], timedelta(minutes=1), is_automatic=True)


# --- colleagues ---


def colleague(member: Member, firms: list[Firm], letter: Letter, dice: Random) -> list[Intent]:
    """What one of the staff does with a letter. Who is away writes when back; the postman sees to that."""
    german = member.language == "de"
    after = timedelta(hours=dice.uniform(0.5, 20))
    if member.is_away(letter.day) and not letter.is_answer and dice.random() < 0.3:
        return [_is_away(member, letter, dice), *_settled(member, firms, letter, german, after, dice)]
    return _settled(member, firms, letter, german, after, dice)


def _settled(
    member: Member, firms: list[Firm], letter: Letter, german: bool, after: timedelta, dice: Random
) -> list[Intent]:
    if _asks(letter, "Reply with your numbers, or ZERO", "Antworte mit deinen Zahlen, mit NULL"):
        return [Intent(Means.NUMBERS, numbers(firms, german, dice), after)] if dice.random() < 0.9 else []
    if _asks(letter, "Reply RENEW, TALKING or LOST", "Antworte VERLÄNGERT, GESPRÄCHE oder VERLOREN"):
        said = dice.choices((0, 1, 2, 3), (45, 20, 15, 20))[0]
        words = (("RENEW", "TALKING\nthey wait for a budget", "LOST"), ("VERLÄNGERT", "GESPRÄCHE", "VERLOREN"))
        return [Intent(Means.STANDING, words[german][said], after)] if said < 3 else []
    if _asks(letter, 'Then reply "called: "', "Antworte danach „angerufen:“"):
        called = ("called: we talked, it will be put right", "angerufen: haben gesprochen, wird in Ordnung gebracht")
        done = Intent(Means.DONE, _done(german), after + timedelta(days=dice.uniform(1, 4)))
        return [Intent(Means.CALLED, called[german], after), done]
    if _asks(letter, "and I pass it on", "dann gebe ich sie weiter", "dann gebe ich es weiter"):
        return _about_an_issue(german, after, dice)
    if _asks(letter, "Reply DONE, with the link", "Antworte ERLEDIGT mit dem Link", *_BY_NUMBER):
        return _about_deliveries(letter, german, after, dice)
    for cue, means, words, chance in _ONE_WORD:
        if _asks(letter, cue[german]) and dice.random() < chance:
            return [Intent(means, words[german], after)]
    return []


# What a letter says in both languages, what one word says to it, and how likely somebody says it.
_ONE_WORD: Final = (
    (("Reply YES and I send it", "Antworte JA, dann schicke ich sie"), Means.CHOICE, ("YES", "JA"), 1.0),
    (("What now? Reply with one digit", "Wie weiter? Eine Ziffer"), Means.CHOICE, ("3", "3"), 0.8),
    (("CALL = I make you a call task", "ANRUF = du bekommst"), Means.CHOICE, ("CALL", "ANRUF"), 0.8),
    (("Settled? Reply DONE.", "Erledigt? Antworte FERTIG."), Means.DONE, ("DONE", "FERTIG"), 1.0),
)


def _done(german: bool) -> str:
    return "ERLEDIGT" if german else "DONE"


def _about_an_issue(german: bool, after: timedelta, dice: Random) -> list[Intent]:
    """Some answer the client and close it later, some only close it, a few never do anything."""
    answer = (
        "Hello,\n\nwe have looked into it and corrected it, {sign}.",
        "Guten Tag,\n\nwir haben es geprüft und korrigiert, {sign}.",
    )
    done = Intent(Means.DONE, _done(german), after + timedelta(days=dice.uniform(0.5, 6)))
    match dice.choices(("both", "answers", "closes", "nothing"), (60, 12, 20, 8))[0]:
        case "both":
            return [Intent(Means.ANSWER, answer[german], after), done]
        case "answers":
            return [Intent(Means.ANSWER, answer[german], after)]
        case "closes":
            return [done]
    return []


_BY_NUMBER: Final = ("Reply by number", "Antworte mit den Nummern")
_PAGES: Final = "https://coastalbuilder.example/"  # of what stands on the web


def _about_deliveries(letter: Letter, german: bool, after: timedelta, dice: Random) -> list[Intent]:
    """A department has done some of what it is asked for, and says of a little that something is in the way."""
    things = letter.things
    is_order = _asks(letter, "Your part of the contract", "Dein Teil des Vertrags")
    after += timedelta(days=dice.uniform(1, 20) if is_order else 0)
    chance = 0.35 if is_order else 0.45
    said = [
        f"{f'{number} ' if _asks(letter, *_BY_NUMBER) else ''}{_how_it_stands(thing, german, dice)}"
        for number, thing in enumerate(things, start=1)
        if dice.random() < chance
    ]
    if not said:
        return []
    words = "\n".join(said)
    means = Means.DELIVERED if _PAGES in words else Means.HINDERED
    return [Intent(means, words, after)]


def _how_it_stands(thing: str, german: bool, dice: Random) -> str:
    if dice.random() < 0.06:
        return "PROBLEM: Vorlage fehlt" if german else "PROBLEM: artwork missing"
    return f"{_done(german)} {_PAGES}{thing.lower()}"


def numbers(firms: list[Firm], german: bool, dice: Random) -> str:
    """The sales of a week, or that there were none."""
    if dice.random() < 0.2 or not firms:
        return "NULL" if german else "ZERO"
    lines = []
    for firm in dice.sample(firms, min(len(firms), dice.randrange(1, 4))):
        amount = f"{dice.randrange(200, 9_000):,}.00"
        written = amount.translate(str.maketrans(",.", ".,")) + " EUR" if german else amount
        lines.append(f"{firm.name} {written}")
    return "\n".join(lines)
