"""What strangers write is words: never a header, a link, a tag, a template, a recipient, or an order to a terminal."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

import pytest
from selectolax.lexbor import LexborHTMLParser

from mailbot.cli.demo.told import Told
from mailbot.post.sandbox import OUTSIDE
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, KAREN, MARA, PROBLEM, VIKTOR, Attack, failed, passed, proven

LENA = "lena@harbourpine.example"
NASTY = (
    "[click](http://attacker.example) ![i](http://attacker.example/x.png) <b>x</b> <script>alert(1)</script> "
    "<http://attacker.example> {{7*7}} {% raw %} ${x} %s {0} | # * `c` &lt;img src=x&gt; \x1b[31mred\x07 \u202egnp.exe"
)
OUR_FIELDS = (
    "from", "to", "reply-to", "subject", "date", "message-id", "in-reply-to", "references", "auto-submitted",
    "x-auto-response-suppress", "list-unsubscribe", "mime-version", "content-type",
)  # fmt: skip
ADDED_ON_THE_WAY = {"return-path", "delivered-to", "received", "authentication-results"}
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
NOT_OURS = {"a", "b", "base", "form", "iframe", "img", "input", "link", "object", "script", "svg"}
FROM_NEWCO = passed("newco.example")


def of_newco(name: str, *fields: str | bytes) -> Attack:
    sender = f"From: {name.replace(' ', '.')}@newco.example"
    given = any((field if isinstance(field, str) else field.decode("latin-1")).startswith("From") for field in fields)
    return Attack(name, (FROM_NEWCO, *(() if given else (sender,)), *fields), f"{PROBLEM}{NASTY}\n")


ATTACKS = (
    of_newco("a line break in the name", "From: =?utf-8?q?x=0D=0ABcc:_v=40v.example?= <a1@newco.example>"),
    of_newco("a line break in the subject", "Subject: =?utf-8?q?banner=0D=0ABcc:_v=40v.example=0D=0A=0D=0Abody?="),
    of_newco("an encoded word in an encoded word", "Subject: =?utf-8?q?=3D=3Futf-8=3Fq=3Fx=3D0D=3D0ABcc=3A_v=3F=3D?="),
    of_newco("an encoded word in two halves", "Subject: =\u200b?utf-8?q?x=0ABcc:v?="),
    of_newco("all at once in the subject", f"Subject: {NASTY}"),
    of_newco("separators of lines", "Subject: a\u2028b\u0085c\x0b\x0cd\x1c"),
    of_newco("marks of direction", "Subject: banner \u202e\u2066abc\u200b\ufeff"),
    of_newco("half characters", "Subject: banner =?utf-16?b?2D0=?= =?utf-8?b?7aC9?="),
    of_newco("a long subject", "Subject: " + "banner " * 5_000),
    of_newco("bytes of no charset", b"Subject: banner \xff\xfe\x80"),
    of_newco(
        "a broken Message-ID", "Message-ID: <a\rBcc: v@v.example\0 b@x>", "References: <a b@x> <c\rX: y@x> <ok@x>"
    ),
    of_newco("a Message-ID for a search", 'Message-ID: <a"b\\c{10}\r\n {3}@x>'),
    of_newco("a long Message-ID", f"Message-ID: <{'a' * 10_000}@x>"),
    of_newco("many references", "References: " + " ".join(f"<r{number}@x>" for number in range(2_000))),
    of_newco("a local part like an option", "From: -oProxy@newco.example"),
    Attack("a client", (*proven(KAREN), f"Subject: {NASTY}"), f"{NASTY} is broken\n"),
    Attack("a rep", (*proven(DANA), f"Subject: {NASTY}"), f"acme corp 12k {NASTY}\n=cmd 3k\n"),
    Attack(
        "a forger", (failed("harbourpine.example"), f"From: =?utf-8?q?=3Cb=3E?= <{LENA}>", f"Subject: {NASTY}"), NASTY
    ),
)


def letters_of(siege: Siege, told: Told) -> list[Message]:
    """The letters of a decision, as they lie in the mailboxes of those they went to."""
    accounts = [each.recipient if each.recipient in siege.desk.accounts else OUTSIDE for each in told.letters]
    found = [message_from_bytes(siege.desk.box.messages(account=account)[-1]) for account in accounts]
    assert all(told.story.ref.lower() in str(letter["Message-ID"]) for letter in found)
    return found


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_words_stay_words_in_every_letter_that_they_cause(siege: Siege, attack: Attack) -> None:
    told = siege.suffers_one(attack)

    assert told.letters
    for letter in letters_of(siege, told):
        only_our_fields(letter)
        nothing_to_obey(letter)


def only_our_fields(letter: Message) -> None:
    names = [name.lower() for name in letter if name.lower() not in ADDED_ON_THE_WAY]
    assert len(names) == len(set(names))
    assert set(names) <= set(OUR_FIELDS)
    assert re.fullmatch(r"[^\s,<>]+@[^\s,<>]+", str(letter["To"]))
    for name in names:
        assert not re.search("\r(?!\n)|\n(?![ \t])|[\x00\x1b]", str(letter[name]))


def nothing_to_obey(letter: Message) -> None:
    parts = {
        part.get_content_type(): part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()
    }
    assert set(parts) == {"text/plain", "text/html"}
    text, html = (bytes(parts[kind]).decode() for kind in ("text/plain", "text/html"))
    assert not OBEYED.search(text.replace("\r\n", "\n"))
    assert not OBEYED.search(html.replace("\r\n", "\n"))
    tags = LexborHTMLParser(html).css("*")
    assert not {tag.tag for tag in tags} & NOT_OURS
    assert not {name for tag in tags for name in tag.attributes if name in ("href", "src") or name.startswith("on")}


def test_what_looks_like_a_template_is_told_letter_by_letter(siege: Siege) -> None:
    sum_asked, sum_told = "7777*7777", "60481729"  # no reference in a letter has these digits by chance
    asked = f"{{{{{sum_asked}}}}} ${{{sum_asked}}} #{{{sum_asked}}} <%= {sum_asked} %>"
    asked += " {% for x in y %} {{ config }} %(asctime)s {0.__class__} $name \\x41"
    sender = "template@newco.example"
    name = f"From: =?utf-8?q?{{{{{sum_asked}}}}}?= <{sender}>"
    told = siege.suffers_one(Attack("template", (FROM_NEWCO, name, f"Subject: banner {asked}"), f"{PROBLEM}{asked}\n"))

    assert [letter.recipient for letter in told.letters] == [sender, MARA]
    (to_mara,) = (letter for letter in told.letters if letter.recipient == MARA)
    assert asked in " ".join(to_mara.text.split())
    assert not any(sum_told in letter.text for letter in told.letters)


@pytest.mark.parametrize(
    "sender", ['"a b\\"\r\n c"@newco.example', '"x> NOTIFY=NEVER"@newco.example', "m\u00fcller@newco.example"]
)
def test_an_address_that_no_letter_can_be_written_to_is_left_to_a_person(siege: Siege, sender: str) -> None:
    told = siege.suffers_one(Attack("odd", (FROM_NEWCO, f"From: {sender}"), PROBLEM))
    assert (told.story.folder, told.records) == ("Held", {"tasks": 1})
    assert [letter.recipient for letter in told.letters] == [MARA]


def test_nobody_but_the_people_of_this_story_ever_got_a_letter(siege: Siege) -> None:
    outside = {letter.recipient.rpartition("@")[2] for letter in siege.desk.letters_to(OUTSIDE)}
    assert outside <= {"newco.example", "robot.example"}
    assert siege.desk.letters_to(VIKTOR)
