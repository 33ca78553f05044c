"""The sender's new words, told from quotes, signatures and furniture; every passage knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.message import Body, read
from mailbot.message.phrases import GREETINGS, THANKS
from mailbot.message.trimmer import trim
from tests.message.samples import FOLDER, mail, situation


def new(text: str, sender: str = "") -> str:
    return trim(text, sender_name=sender).for_people.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("S01-in-1", "Hey\nacme corp 12k\nBeta freight 3 x 450\nNorth star 2,350.50"),
        ("S04-in-1", "Anbei KW44. Zeile Hansen bitte ignorieren, kommt erst nächste Woche."),
        ("S05-in-1", "Acme 4.800 €, heute unterschrieben"),
        ("S05-in-2", "1"),
        ("S06-in-1", "sorry, Acme was 12,500 not 15,200. typed it from memory on friday"),
        (
            "S10-in-1",
            "Nice one everybody!!! Beers on Dana ;-)\nbtw globex is 1,975.50 not 975.50, typo in my sheet",
        ),
        (
            "S15-in-1",
            (
                "see below. also the mailing to blue ridge dental came back from the post office\n"
                '("moved, left no address") and their 802 555 0177 is disconnected'
            ),
        ),
        (
            "S18-in-1",
            (
                "yes but the banner link is broken, it lands on a page not found. Also could you send me\n"
                "the click numbers for october?"
            ),
        ),
        ("S19-in-1", "STOP"),
        ("S21-in-1", "nothing this week, all pushed to next. blue ridge maybe 2k on tue"),
        ("S21-in-3", "will send tonight, in the car"),
    ],
)
def test_the_new_words_of_the_situations(name: str, words: str) -> None:
    assert read(situation(name)).body.for_people.text == words


def test_the_german_numbers_end_before_the_closing_words() -> None:
    body = read(situation("S02-in-1")).body

    assert body.for_people.text.endswith("Acme Medical, noch nicht sicher!")
    assert "HRB 118 442" in body.cut.text
    assert "118" not in body.for_people.text


@pytest.mark.parametrize("name", ["S07-in-1", "S09-in-1", "S16-in-1", "S20-in-1", "S22-in-1", "S23-in-1", "S26-in-1"])
def test_a_mail_without_quote_and_signature_is_new_as_a_whole(name: str) -> None:
    body = read(situation(name)).body

    assert body.for_people.text == body.original.strip()
    assert body.cut.text == ""


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote 3 offers",
        "On this day\n\nI wrote something\n\nwhich was very interesting.",
        "From: Boston\nTo: New York, 3 crates",
        "From 12 to 15 it was 3 x 450",
        "Re 2025: acme 12k",
        "KW 44\n---\nMüller Bau 1.234,56\n---\nHansen 3.000",
        "Sent via DHL on Monday, 38 tshirts",
        "Von meinem Kunden kommt noch 3.000",
        "- Acme 12k\n- Beta 450",
        "Thanks\nSTOP",
        "Danke!\n\nJA",
        "thanks a lot, acme is 12k",
    ],
)
def test_ordinary_words_are_not_taken_for_furniture(text: str) -> None:
    assert new(text) == text


def test_answers_below_and_between_quotes_are_new() -> None:
    text = (
        "On Mon, Nov 3, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:\n"
        "> Have you used it?\n\nyes\n\n> Is the link right?\n\nno, it is broken\n"
    )

    assert new(text) == "yes\nno, it is broken"


@pytest.mark.parametrize(
    "ending",
    [
        "Sent from my iPhone",
        "Get Outlook for Android",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für Android",
        "Best regards,\nTom",
        "Best regards, Tom",
        "Viele Grüße\nJonas Weber",
        "Mit freundlichen Grüßen\n\nJonas Weber\nHarbour & Pine Media GmbH\nTel. +49 40 555 01-17",
        "LG Lena",
        "thx\n\nDana Reyes\nSenior Account Executive\nT 617 555 0142 x15",
        "-- \nTom Okafor\n555 0142",
        "--\nTom Okafor\n555 0142",
        "Cheers,\nTom\n\nSent from my iPhone",
        "This email and any attachments are confidential.\nIf you are not the recipient, delete it.",
        "_______________________________\nreps mailing list\nhttps://lists.example/reps",
    ],
)
def test_endings_are_cut_and_kept(ending: str) -> None:
    body = trim(f"acme corp 12k\n\n{ending}\n")

    assert body.for_people.text == "acme corp 12k"
    assert body.cut.text.split() == ending.split()


def test_the_senders_own_name_at_the_end_is_a_signature_and_another_name_is_not() -> None:
    assert new("acme corp 12k\n\nDana", "Dana Reyes") == "acme corp 12k"
    assert new("acme corp 12k\nthx dana", "Dana Reyes") == "acme corp 12k"
    assert new("this belongs to\n\nLena", "Dana Reyes") == "this belongs to\n\nLena"


@pytest.mark.parametrize("number", ["617 555 0199", "Tel. +49 40 555 01-17", "M: (617) 555-0199", "0171/5550199"])
def test_a_first_name_with_a_telephone_number_below_it_is_a_signature(number: str) -> None:
    assert new(f"2\n\nDana\n{number}", "Dana Reyes") == "2"


@pytest.mark.parametrize("line", ["12 500 000", "1.250.000", "12500", "12,500 - 200", "acme 12 500 0000"])
def test_a_first_name_with_what_may_be_an_amount_below_it_is_none(line: str) -> None:
    assert line in new(f"sold by\n\nDana\n{line}", "Dana Reyes")


def test_a_mail_that_is_only_a_greeting_keeps_it() -> None:
    assert new("Gruß Jonas") == "Gruß Jonas"


def test_a_postscript_below_the_signature_is_not_lost() -> None:
    assert "PS acme is 13k" in new("acme corp 12k\n\nBest regards,\nTom\n\nPS acme is 13k")


def test_the_warning_of_the_mail_server_is_furniture() -> None:
    text = "CAUTION: This email originated from outside\nof the organization.\n\nacme corp 12k"

    assert new(text) == "acme corp 12k"


def test_text_beyond_the_cap_is_kept_but_not_read() -> None:
    body = read(b"From: d@x.example\n\n" + b"acme corp 12k\n" * 40_000).body

    assert len(body.original) > 500_000
    assert len(body.for_people.text) <= 200_000
    assert body.cut.passages[-1].start == 200_000


LINES = st.sampled_from(
    ["yes", "acme corp 12k", "", "  ", "> old", ">> older", "--", "-- ", "Tom Okafor", "Best regards,", "thx",
     "On Mon, Nov 3, 2025 at 9:00 AM Desk <desk@x.example> wrote:", "From: Desk <desk@x.example>", "LG Lena",
     "Sent: Monday, November 3, 2025", "To: Tom", "Subject: banner", "____________", "-----Original Message-----",
     "Sent from my iPhone", "PS more", "This email and any attachments", "wrote:", "2025-11-03 <a@x.example>:",
     "\u2003x"]
)  # fmt: skip


def assert_whole(body: Body) -> None:
    for words in (body.for_people, body.for_figures, body.cut):
        for passage in words.passages:
            assert passage.text
            assert body.original[passage.start : passage.start + len(passage.text)] == passage.text
        starts = [passage.start for passage in words.passages]
        assert starts == sorted(starts)


@given(st.lists(LINES, max_size=25))
def test_every_filled_line_is_new_or_cut_and_never_both(lines: list[str]) -> None:
    body = trim("\n".join(lines), sender_name="Tom Okafor")

    assert_whole(body)
    kept = [line for line in body.for_people.text.split("\n") if line.strip()]
    cut = [line for line in body.cut.text.split("\n") if line.strip()]
    assert sorted(line.strip() for line in kept + cut) == sorted(line.strip() for line in lines if line.strip())


@given(st.lists(LINES, max_size=25), st.booleans())
def test_both_texts_are_lines_of_the_mail_in_their_order(lines: list[str], is_proven: bool) -> None:
    body = trim("\n".join(lines), is_proven=is_proven)

    for words in (body.for_people, body.for_figures):
        left = iter(line.strip() for line in lines)
        assert all(line.strip() in left for line in words.text.split("\n") if line.strip())


PARAGRAPHS = st.lists(
    st.sampled_from(["yes", "acme corp 12k\nbeta 3 x 450", "Please call me on Monday.", "- Acme 12k\n- Beta 450"]),
    min_size=1,
    max_size=4,
)
ENDINGS = st.sampled_from(
    ["", "Best regards,\nTom Okafor", "-- \nTom Okafor\n555 0142", "Sent from my iPhone", "LG Lena"]
)
HEADERS = st.sampled_from(
    ["On Mon, Nov 3, 2025 at 9:00 AM Desk <desk@x.example> wrote:", "-----Original Message-----", "",
     "From: Desk <desk@x.example>\nSent: Monday, November 3, 2025\nTo: Tom"]
)  # fmt: skip
QUOTES = st.sampled_from(["", "> old\n> older", "> old\n\n>> older", "old, unmarked"])


@given(PARAGRAPHS, ENDINGS, HEADERS, QUOTES)
def test_trimming_again_what_a_person_wrote_changes_nothing(
    paragraphs: list[str], ending: str, header: str, quote: str
) -> None:
    own = "\n\n".join(paragraphs)
    body = trim(f"{own}\n\n{ending}\n\n{header}\n\n{quote}")
    once = body.for_people.text, body.for_figures.text

    assert once[0].startswith(own)
    assert trim(once[0]).for_people.text == once[0]
    assert trim(once[1]).for_figures.text == once[1]


@given(st.text(max_size=400))
def test_any_text_is_trimmed_with_right_places(text: str) -> None:
    assert_whole(trim(text))


SIGNS = st.text(alphabet=">|<:-_*=~#@.,( \n\t\xa0\u200b\ufeff\u202eOn wrote 2025 Von:Re", max_size=120)


@given(st.lists(SIGNS | LINES, max_size=12), st.booleans())
def test_any_text_of_the_signs_that_mails_are_told_apart_by_is_trimmed(pieces: list[str], is_proven: bool) -> None:
    assert_whole(trim("\n".join(pieces), sender_name=pieces[0] if pieces else "", is_proven=is_proven))


@given(st.lists(LINES, max_size=25))
def test_figures_are_what_people_see_and_the_endings_and_never_a_quote(lines: list[str]) -> None:
    body = trim("\n".join(lines))
    figures = [line.strip() for line in body.for_figures.text.split("\n")]
    cut = [line.strip() for line in body.cut.text.split("\n")]

    assert not any(line.startswith(">") for line in figures)
    assert all(line.strip() in figures for line in body.for_people.text.split("\n") if line.strip())
    assert all(line in figures or line in cut for line in map(str.strip, lines) if line)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.eml")), ids=lambda path: path.stem)
def test_trimming_the_new_words_again_changes_nothing(path: object) -> None:
    first = read(FOLDER.joinpath(str(path)).read_bytes())
    name = first.sender.name if first.sender else ""

    assert new(first.body.for_people.text, name) == first.body.for_people.text


def test_marked_lines_without_a_reply_header_are_a_citation_in_a_mail_that_answers_nothing() -> None:
    text = "> acme corp 12k\n\nsee above, is that right?\n"
    fresh, answer = read(mail(text)).body, read(mail(text, In_Reply_To="<a@x.example>")).body

    assert fresh.for_people.text == text.strip()
    assert fresh.for_figures.text == "see above, is that right?"
    assert answer.for_people.text == answer.for_figures.text == "see above, is that right?"
    assert answer.cut.text == "> acme corp 12k"


@pytest.mark.parametrize(
    "quote",
    [
        "Tom Okafor wrote:\n> acme corp 12k",
        "> From: Tom\n> Sent: Monday, November 3, 2025 9:00 AM\n> To: Dana\n> Subject: a\n>\n> acme corp 12k",
        "> On 3 Nov 2025 9:00, Tom wrote:\n>> acme corp 12k",
    ],
)
def test_marked_lines_with_a_reply_header_are_a_quote_in_any_mail(quote: str) -> None:
    body = read(mail(f"see below\n\n{quote}\n")).body

    assert body.for_people.text == body.for_figures.text == "see below"


def test_marks_that_a_program_put_into_html_are_a_quote_in_any_mail() -> None:
    html = "<p>see below</p><blockquote type=cite>acme corp 12k</blockquote>"

    assert read(mail(html, Content_Type="text/html")).body.for_people.text == "see below"


def test_figures_are_read_below_the_closing_words_too_and_never_in_a_quote() -> None:
    body = trim("acme corp 12k\n\nBest regards,\nTom\n\nSent from my iPhone\n\n> beta 450")

    assert body.for_people.text == "acme corp 12k"
    assert body.for_figures.text == "acme corp 12k\n\nBest regards,\nTom\n\nSent from my iPhone"
    assert body.cut.text == "Best regards,\nTom\n\nSent from my iPhone\n\n> beta 450"


def test_evidence_points_at_the_words() -> None:
    body = read(situation("S18-in-1")).body
    at = body.for_people.text.index("link is broken")
    evidence = body.for_people.evidence(at, at + len("link is broken"))

    assert body.original[evidence.place.start : evidence.place.end] == "link is broken" == evidence.words


@pytest.mark.parametrize("closing", [*GREETINGS, *THANKS])
def test_every_closing_ends_a_mail_where_a_name_stands_below_it_and_none_inside_of_a_sentence(closing: str) -> None:
    text = "The banner on your page is still not there."
    for written in (closing, f"{closing},", closing.capitalize(), f"*{closing}*"):
        assert new(f"{text}\n\n{written}\nDana Reyes", "Dana Reyes") == text
    assert new(f"{text}\n\nits {closing} and more of it\nDana Reyes", "Dana Reyes").startswith(f"{text}\n\nits ")
