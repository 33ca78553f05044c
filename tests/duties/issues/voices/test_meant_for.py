"""Words of a colleague to another colleague, to the desk or to somebody else never reach the client of the issue."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from mailbot.records.decision import Decision
from tests.duties.issues.mails import NEW_YORK, mail
from tests.duties.issues.road import Road

GIL, TOM = "Gil Fox <gil@southstar.example>", "Tom Okafor <tom@harbourpine.example>"
TO_GIL, TO_TOM = "gil@southstar.example", "tom@harbourpine.example"
DESK = "desk@harbourpine.example"
MONDAY = datetime(2025, 11, 3, 9, 0, tzinfo=NEW_YORK)


def answers(road: Road, words: str, *, to: str = DESK, cc: str = "", by: str = TOM, client: str = GIL) -> Decision:
    """`by` answers the letter about an issue of `client`."""
    road.arrives(mail("Our banner link is broken.", client, at=MONDAY), MONDAY)
    letter = next(each for each in reversed(road.letters()) if each.recipient.endswith("@harbourpine.example"))
    at = MONDAY + timedelta(hours=1)
    headers = (("Cc", cc),) if cc else ()
    made = mail(words, by, at=at, subject="Re: banner", to=to, in_reply_to=letter.message_id, headers=headers)
    return road.arrives(made, at)


def stays_inside(road: Road, decision: Decision, by: str = TO_TOM) -> bool:
    """Whether the words are kept with the issue, passed on to nobody, and whoever wrote them knows."""
    written = road.written_to(decision)
    kept = road.messages()[-1]
    return (
        decision.kind == "note"
        and set(written) == {by}
        and "went no further" in written[by]
        and (kept.passed_on, kept.issue_id) == (False, 1)
    )


@pytest.mark.parametrize(
    "words",
    [
        "Hi Mara,\nwhat shall we tell this one? We make 40% margin on them.",
        "hi mara can you decide, your call",
        "Hallo Jonas, kannst du bitte entscheiden, ob wir im Januar kündigen?",
        "Sehr geehrte Frau Nair, haben Sie das gesehen?",
        "Sehr geehrter Herr Dr. Weber, was sagen Sie?",
        "Hello desk, what have they paid us this year?",
        "Dear colleagues, what do you think of this?",
        "Hi team, your views please",
        "Mara, can you look into what this one wants? We make 40% margin.",
        "mara: can you take this one",
        "Priya - is that yours?",
        "Morgen Jonas, kannst du dir das ansehen?",
        "Jonas und Mara, könnt ihr das prüfen? Euer Banner.",
        "@Mara please check, your server is down again",
        "please check this, @mara, your page is down",
        "Can you check your page, Priya?",
        "Hi Gil & Mara, your banner is fine",
        "Hi Gil,\nyour banner is fine.\n\nHi Mara, your page was down, don't tell",
        "you decide.\nMara, do we give you the discount back?",
        "Mara\nwhat do you say?",
        "Hi Ellen, your banner is fine again.",
        "Ellen, your banner is fine again.",
        "Hallo Frau Schmidt, Ihr Banner geht wieder.",
        "What have they paid us this year?",
    ],
)
def test_words_that_name_somebody_else_stay_inside_and_their_writer_knows(road: Road, words: str) -> None:
    assert stays_inside(road, answers(road, words))


@pytest.mark.parametrize(
    ("to", "cc"),
    [
        ("mara@harbourpine.example", DESK),
        (DESK, "Priya Nair <priya@harbourpine.example>"),
        (f"{DESK}, somebody.new@harbourpine.example", ""),
        ("ellen@northstar.example", DESK),
    ],
)
@pytest.mark.parametrize("words", ["Hi,\nwhat shall we tell you know whom?", "Your banner is fine again."])
def test_words_that_went_to_others_too_stay_inside_and_their_writer_knows(
    road: Road, words: str, to: str, cc: str
) -> None:
    assert stays_inside(road, answers(road, words, to=to, cc=cc))


@pytest.mark.parametrize(
    "words",
    [
        "Hi Gil, your banner is fine again.",
        "hi gil your banner is fine again",
        "Hi Gil we have found it.",
        "Hello Gil, Mara Lindqvist has found it: your banner is fine again.",
        "Dear Mr Fox, it works again.",
        "Dear Mr. Fox,\n\nit works again.\n\nLiebe Grüße",
        "Dear Sir or Madam, it works again.",
        "Guten Tag Herr Fox, der Link stimmt wieder.",
        "Sehr geehrte Damen und Herren,\n\nder Link stimmt wieder.",
        "Hello,\n\nit works again. Priya Nair will call you.",
        "Hello South Star team, it works again.",
        "Good morning Gil - it works again.",
        "Gil, your banner is fine again.",
        "Hi there, it works again.",
        "Yes, your banner is fine again.",
        "Sorry, you are right. We look into it.",
        "Unfortunately, your file is too small.",
        "Morgen ist Ihr Banner wieder da, Sie hören von uns.",
        "Which page should it lead to?",
        "Your banner leads to the right page now, says Priya.",
        "Hi Gil, Tom here: it works again.",
    ],
)
def test_words_to_the_client_reach_the_client(road: Road, words: str) -> None:
    decision = answers(road, words)
    assert (decision.kind, set(road.written_to(decision))) == ("answer", {TO_GIL, TO_TOM})


def test_an_answer_that_went_to_the_client_and_to_oneself_too_is_an_answer(road: Road) -> None:
    decision = answers(road, "Hi Gil, it works again.", to=f"{DESK}, {TOM}", cc=TO_GIL)
    assert decision.kind == "answer"


@pytest.mark.parametrize("greeting", ["Hi Robert", "Dear Mr Miller", "Hi Rob", "Dear Mr Lane"])
def test_somebody_on_nobodys_file_is_known_by_address_and_by_title(road: Road, greeting: str) -> None:
    decision = answers(
        road,
        f"{greeting}, it works again.",
        client="robert.miller@kestrel.example",
        by="Mara Lindqvist <mara@harbourpine.example>",
    )
    assert decision.kind == "answer"


def test_done_in_a_mail_to_a_colleague_closes_the_issue_and_quotes_nothing(road: Road) -> None:
    decision = answers(road, "Done, your banner was down because we forgot it.", to="mara@harbourpine.example", cc=DESK)
    assert decision.kind == "done"
    assert "forgot" not in road.written_to(decision)[TO_GIL]
