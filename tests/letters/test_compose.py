from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from mailbot.errors import Never, OurBug
from mailbot.letters import (
    Draft,
    Letter,
    Letterhead,
    Plain,
    Recipient,
    SignedRef,
    Templates,
    Thread,
    compose,
    is_genuine,
)
from tests.letters.conftest import SECRET

Post = Callable[[Draft], Letter]

HEADERS = [
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "MIME-Version",
    "Content-Type",
]
THREADED = [*HEADERS[:6], "In-Reply-To", "References", *HEADERS[6:]]

HOSTILE = [
    "x\r\nBcc: eve@evil.example\r\n\r\nRef n-9999-aaaaaaaaaa",
    "x\n.\nFrom eve",
    "{{ 7*7 }}{% raw %}{# a #}",
    "[click](https://evil.example) ![x](https://evil.example/p.png) <https://evil.example>",
    "<script>alert(1)</script><img src=x onerror=alert(1)></td></table><a href='https://evil.example'>a</a>",
    "&lt;b&gt; &#60;i&#62; \\<b>",
    "# head\n- list\n1. one\n> quote\n| a | b |\n|---|---|\n```\ncode",
    "=1+1",
    "*a* **b** _c_ `d` ~~e~~ \\",
    "invoice\u202efdp.exe \u2066x\u2028y\u2029z\x85",
    "nul\x00 esc\x1b[2J \ud800",
    "x" * 100_000,
    "word " * 20_000,
    "<" * 100_000,
    "a@b.example, eve@evil.example",
    '"quoted\\" name" <eve@evil.example>',
    "=?utf-8?q?a=0D=0ABcc=3A_eve=40evil.example?=",
    "日本語 😀 Ünï",
    "",
    " ",
]


def parsed(letter: Letter) -> EmailMessage:
    return message_from_bytes(letter.content, policy=default)  # type: ignore[return-value]


def part(letter: Letter, subtype: str) -> str:
    body = parsed(letter).get_body((subtype,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")  # type: ignore[attr-defined]


def spoilt(value: Plain, by: str) -> Plain:
    """The same facts with every text replaced, but for the currency, which is ours."""
    match value:
        case str():
            return by
        case tuple():
            return tuple(spoilt(element, by) for element in value)
        case Mapping():
            return {name: element if name == "currency" else spoilt(element, by) for name, element in value.items()}
    return value


def test_dana_reads_what_was_understood(post: Post, draft: Draft) -> None:
    letter = post(draft)
    assert letter.subject == "Re: numbers - booked 3 lines, 15,700.50 USD (week 44)"
    assert letter.text == (
        "Got it, Dana. Booked for week 44 (27 Oct - 2 Nov):\n"
        "\n"
        ' 1  Acme Corp              12,000.00 USD   "acme corp 12k"\n'
        ' 2  Beta Freight            1,350.00 USD   "Beta freight 3 x 450"\n'
        ' 3  North Star Logistics    2,350.50 USD   "North star 2,350.50"\n'
        "    total                  15,700.50 USD\n"
        "\n"
        'Right? Then nothing to do. Wrong? Reply e.g. "2 is 1,500" or "drop 3".\n'
        f"Ref {letter.message_id.partition('@')[0]} (reply WHY or UNDO any time)\n"
    )
    assert part(letter, "plain") == letter.text


def test_jonas_reads_it_in_german(post: Post, draft: Draft) -> None:
    german = replace(draft, to=Recipient("jonas@harbourpine.example", "Jonas Weber", "de"))
    letter = post(german)
    assert letter.subject == "Re: numbers - 3 Zeilen gebucht, 15.700,50 USD (KW 44)"
    assert "Danke, Jonas. Gebucht für KW 44 (27.10. - 2.11.):" in part(letter, "plain")
    assert LexborHTMLParser(part(letter, "html")).css_first("html").attributes["lang"] == "de"


def test_an_answer_has_exactly_these_headers(post: Post, draft: Draft) -> None:
    message = parsed(post(draft))
    signed = str(message["Message-ID"]).partition("@")[0].strip("<")
    assert [name for name, _ in message.items()] == THREADED
    assert {name: str(message[name]) for name in THREADED if name != "Content-Type"} == {
        "From": "Sales Desk <desk@harbourpine.example>",
        "To": "dana@harbourpine.example",
        "Reply-To": f"desk+{signed}@harbourpine.example",
        "Subject": "Re: numbers - booked 3 lines, 15,700.50 USD (week 44)",
        "Date": "Fri, 31 Oct 2025 16:43:00 -0400",
        "Message-ID": f"<{signed}@harbourpine.example>",
        "In-Reply-To": "<5A1C77@iphone.dana>",
        "References": "<5A1C77@iphone.dana>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        "MIME-Version": "1.0",
    }
    assert [child.get_content_type() for child in message.iter_parts()] == ["text/plain", "text/html"]


def test_a_letter_of_our_own_accord_is_generated_and_wants_to_hear_of_absences(post: Post, draft: Draft) -> None:
    message = parsed(post(replace(draft, answers=None)))
    assert [name for name, _ in message.items()] == HEADERS
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "DR, RN, NRN"


def test_bounces_are_never_asked_to_stay_away(post: Post, draft: Draft) -> None:
    for answers in (None, draft.answers):
        suppressed = str(parsed(post(replace(draft, answers=answers)))["X-Auto-Response-Suppress"]).split(", ")
        assert not {"NDR", "All"} & set(suppressed)


def test_the_letter_says_what_its_bytes_say(post: Post, draft: Draft) -> None:
    letter, message = post(draft), parsed(post(draft))
    assert letter.ref == "N-0412"
    assert letter.recipient == message["To"] == "dana@harbourpine.example"
    assert letter.envelope_sender == message["Reply-To"]
    assert message["Message-ID"] == f"<{letter.message_id}>"
    assert (letter.purpose, letter.object, letter.period) == ("booked", "N-0412", "2025-W44")


def test_the_reference_is_signed_for_this_recipient_alone(post: Post, draft: Draft) -> None:
    found = SignedRef.parse(post(draft).message_id.partition("@")[0])
    assert found is not None
    assert is_genuine(SECRET, found, "dana@harbourpine.example")
    assert not is_genuine(SECRET, found, "tom@harbourpine.example")


def test_further_letters_of_a_decision_have_numbers_of_their_own(
    draft: Draft, head: Letterhead, booked: Templates
) -> None:
    first, second = (compose(draft, number, head, booked) for number in (1, 2))
    assert (first.ref, second.ref) == ("N-0412", "N-0412.2")
    assert second.message_id.startswith("n-0412.2-")
    assert second.envelope_sender == f"desk+{second.message_id.partition('@')[0]}@harbourpine.example"
    assert first.message_id != second.message_id


def test_the_same_draft_gives_the_same_bytes(post: Post, draft: Draft) -> None:
    assert post(draft) == post(draft)


def test_the_bytes_are_seven_bit_with_short_lines_and_crlf(post: Post, draft: Draft) -> None:
    content = post(replace(draft, answers=Thread("Größe " * 30, "a" * 890 + "@x", ("b@c",) * 3))).content
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\0" not in content
    assert max(len(line) for line in content.split(b"\r\n")) < 998


def test_references_are_kept_to_the_first_and_the_last(post: Post, draft: Draft) -> None:
    ids = tuple(f"{number}@thread.example" for number in range(100))
    message = parsed(post(replace(draft, answers=Thread("numbers", "last@thread.example", ids))))
    references = str(message["References"]).split()
    assert len(references) == 32
    assert references[0] == "<0@thread.example>"
    assert references[-2:] == ["<99@thread.example>", "<last@thread.example>"]


@pytest.mark.parametrize(
    "unusable",
    ["a\r\nBcc: eve@evil.example", "a\0b", "a b@c", "<a@b>", "a@b>", "a" * 901, "", "ü@x", "a\u2028b", "a\n"],
)
def test_an_id_that_could_break_a_header_is_left_out(post: Post, draft: Draft, unusable: str) -> None:
    message = parsed(post(replace(draft, answers=Thread("numbers", unusable, ("first@x.example", unusable)))))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<first@x.example>"
    alone = parsed(post(replace(draft, answers=Thread("numbers", unusable))))
    assert [name for name, _ in alone.items()] == HEADERS


def test_a_long_id_is_written_as_it_is(post: Post, draft: Draft) -> None:
    long = "a" * 880 + "@x.example"
    content = post(replace(draft, answers=Thread("numbers", long, ("b@c",)))).content
    assert f"\r\nIn-Reply-To: <{long}>\r\n".encode() in content
    assert f"\r\nReferences: <b@c>\r\n <{long}>\r\n".encode() in content


def test_an_international_domain_is_written_in_a_labels(post: Post, draft: Draft) -> None:
    letter = post(replace(draft, to=Recipient("Anja@Müllerbau.example", "Anja", "de")))
    assert letter.recipient == parsed(letter)["To"] == "Anja@xn--mllerbau-65a.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "dana",
        "a@b.example, c@d.example",
        "a@b.example\r\nBcc: c@d.example",
        "Dana <a@b.example>",
        "jürgen@b.example",
        "a b@c.example",
        ".a@b.example",
        "a..b@c.example",
        "a@b.example\0",
        "x" * 65 + "@b.example",
    ],
)
def test_what_is_not_one_plain_address_gets_no_letter(post: Post, draft: Draft, address: str) -> None:
    with pytest.raises(Never, match="it is not one plain address"):
        post(replace(draft, to=Recipient(address, "Dana", "en")))


def test_facts_that_a_template_may_not_have_are_our_bug(post: Post, draft: Draft) -> None:
    with pytest.raises(OurBug, match="a fact may not be called 'company'"):
        post(replace(draft, facts={**draft.facts, "company": "Acme Corp"}))
    with pytest.raises(OurBug, match="the fact 'week' is a float"):
        post(replace(draft, facts={**draft.facts, "week": 44.5}))  # type: ignore[dict-item]
    with pytest.raises(OurBug, match="the fact 'week' is a moment without a time zone"):
        post(replace(draft, facts={**draft.facts, "week": datetime(2025, 10, 31)}))  # noqa: DTZ001 - that is the point
    with pytest.raises(OurBug, match=r"sales/booked\.md:3: 'week_end' is undefined"):
        post(replace(draft, facts={name: fact for name, fact in draft.facts.items() if name != "week_end"}))


def test_moments_are_told_in_the_zone_of_the_desk(draft: Draft, head: Letterhead, booked: Templates) -> None:
    late = datetime.fromisoformat("2025-11-03T03:00:00+00:00")
    letter = compose(
        replace(draft, facts={**draft.facts, "week_start": late, "week_end": date(2025, 11, 9)}), 1, head, booked
    )
    assert "(2 Nov - 9 Nov)" in letter.text


def pictures(letter: Letter) -> set[str | None]:
    """Where the pictures of a letter come from: the letter itself, and nothing else."""
    found = {node.attributes.get("src") for node in LexborHTMLParser(part(letter, "html")).css("img")}
    assert all(each and each.startswith("cid:") and each.endswith("@enclosed") for each in found)
    return found


def assert_harmless(letter: Letter, plain: Letter) -> None:
    """The letter has the headers, the recipient, the lines and the tags that the plain one has."""
    message = parsed(letter)
    assert [name for name, _ in message.items()] == [name for name, _ in parsed(plain).items()]
    assert not message.defects
    assert message["To"].addresses == parsed(plain)["To"].addresses
    assert [str(one.addr_spec) for one in message["From"].addresses] == ["desk@harbourpine.example"]
    assert letter.content.isascii()
    assert max(len(line) for line in letter.content.split(b"\r\n")) < 998
    assert len(letter.content) < 60_000
    assert not any(line.startswith("Ref n-9999") for line in letter.text.splitlines())
    assert not {"\0", "\u202e", "\u2066", "\u2028", "\x1b", "\r"} & set(letter.text + part(letter, "html"))
    loaded = LexborHTMLParser(part(letter, "html")).css(
        "a, img, script, link, iframe, form, input, svg, object, code, h1, h2, h3, hr, [onerror], [href], [src]"
    )
    ours = pictures(plain)
    assert [node for node in loaded if node.attributes.get("src") not in ours] == []


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda value: ascii(value[:24]))
def test_hostile_facts_change_no_header_no_line_and_no_tag(
    draft: Draft, head: Letterhead, booked: Templates, hostile: str
) -> None:
    facts = spoilt(draft.facts, hostile)
    assert isinstance(facts, Mapping)
    for language in ("en", "de"):
        to = Recipient("dana@harbourpine.example", hostile, language)
        spoilt_draft = replace(draft, to=to, facts=facts, answers=Thread(hostile, "5A1C77@iphone.dana"))
        letter = compose(spoilt_draft, 1, replace(head, desk=hostile, company=hostile), booked)
        plain = compose(replace(draft, to=replace(draft.to, language=language)), 1, head, booked)
        assert_harmless(letter, plain)
        assert len(letter.text.splitlines()) == len(plain.text.splitlines())
        tags, plain_tags = (
            [node.tag for node in LexborHTMLParser(part(one, "html")).root.traverse()] for one in (letter, plain)
        )
        assert tags == plain_tags


@pytest.mark.parametrize(
    "literal", ["{{ 7*7 }}", "=1+1", "<script>alert(1)</script>", "[a](https://evil.example)", "a\\*b|c"]
)
def test_hostile_words_are_shown_as_they_were_written(post: Post, draft: Draft, literal: str) -> None:
    facts = spoilt(draft.facts, literal)
    assert isinstance(facts, Mapping)
    letter = post(replace(draft, facts=facts))
    assert literal in letter.text
    cells = [cell.text() for cell in LexborHTMLParser(part(letter, "html")).css(".letter td")]
    assert cells.count(literal) == 3
    assert cells.count(f'"{literal}"') == 3


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda value: ascii(value[:24]))
def test_hostile_facts_in_every_letter_of_the_kernel(kernel: Templates, head: Letterhead, hostile: str) -> None:
    for name in (name for name in kernel.sources.names if name.startswith("desk/")):
        for sample in kernel.sources.samples[name]:
            # A text that a template asks about ("forged") stays: it is ours.
            asked = {key: sample.facts[key] for key in ("reason",) if key in sample.facts}
            facts = spoilt(sample.facts, hostile)
            assert isinstance(facts, Mapping)
            to = Recipient("mara@harbourpine.example", hostile, "de")
            draft = Draft(
                to,
                name,
                {**facts, **asked} if name != "desk/needs_person" else facts,
                "test",
                "1",
                answers=Thread(hostile, None),
            )
            plain = replace(draft, facts=sample.facts, answers=Thread("numbers", None))
            assert_harmless(compose(draft, 1, head, kernel), compose(plain, 1, head, kernel))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(max_size=250))
def test_no_words_break_the_subject_or_the_sender(
    draft: Draft, head: Letterhead, booked: Templates, words: str
) -> None:
    letter = compose(replace(draft, answers=Thread(words, "a@b")), 1, replace(head, desk=words), booked)
    message = parsed(letter)
    assert [name for name, _ in message.items()] == THREADED
    assert [one.addr_spec for one in message["From"].addresses] == ["desk@harbourpine.example"]
    assert " ".join(str(message["Subject"]).split()) == letter.subject
