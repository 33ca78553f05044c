"""Nobody books, changes or orders anything under a name that is not proven to be his."""

from __future__ import annotations

import pytest

from mailbot.cli.demo.told import Told
from mailbot.duties.sales.tables import SalesEntry
from tests.attacks.conftest import Siege
from tests.attacks.hostile import DANA, EVIL, MARA, NUMBERS, SERVER, VIKTOR, Attack, failed, passed, proven
from tests.schemas import migrated_file
from tests.situations.desk import played_desk

LENA = "lena@harbourpine.example"  # no other attack of this siege is made in her name so often that a brake holds
HOUSE, AWAY = passed("harbourpine.example"), passed("attacker.example")
PASS = "dmarc=pass header.from=harbourpine.example"
AS_DANA = f"From: Dana Reyes <{DANA}>"
ENCODED = "=?utf-8?q?mx=2Eharbourpine=2Eexample?="
ENCODED_WHOLE = "=?utf-8?q?mx=2Eharbourpine=2Eexample=3B_dmarc=3Dpass_header=2Efrom=3Dharbourpine=2Eexample?="

PRETENDERS = (
    # the From field
    Attack("our address as a bare display name", (AWAY, f"From: {DANA} <{EVIL}>")),
    Attack("our address as a quoted display name", (AWAY, f'From: "{DANA}" <{EVIL}>')),
    Attack("our address in an encoded word", (AWAY, f"From: =?utf-8?q?dana=40harbourpine=2Eexample=2C?= <{EVIL}>")),
    Attack("our address in UTF-7", (AWAY, f"From: =?utf-7?q?dana+AEA-harbourpine.example?= <{EVIL}>")),
    Attack("our address as a comment", (HOUSE, f"From: {EVIL} ({DANA})")),
    Attack("two From fields", (AWAY, f"From: {EVIL}", AS_DANA)),
    Attack("two From fields, ours first", (HOUSE, AS_DANA, f"From: {EVIL}")),
    Attack("two mailboxes", (HOUSE, f"From: {DANA}, {EVIL}")),
    Attack("two mailboxes, folded", (HOUSE, f"From: {DANA},\r\n {EVIL}")),
    Attack("a blank before the colon", (HOUSE, f"From : {EVIL}", AS_DANA)),
    Attack("two addresses in angle brackets", (HOUSE, f"From: <{DANA}> <{EVIL}>")),
    Attack("a group", (HOUSE, f"From: colleagues: {DANA};")),
    Attack("a route", (AWAY, f"From: <@harbourpine.example:{EVIL}>")),
    Attack("a dot behind the domain", (HOUSE, f"From: {DANA}.")),
    Attack("a NUL", (HOUSE, "From: dana\0@harbourpine.example")),
    Attack("a bare carriage return", (AWAY, f"From: {EVIL}\r{AS_DANA}")),
    Attack("a plus-part", (HOUSE, "From: dana+x@harbourpine.example")),
    Attack("another address of our domain", (HOUSE, "From: ghost@harbourpine.example")),
    Attack("other fields with our address", (AWAY, f"From: {EVIL}", f"Sender: {DANA}", f"Resent-From: {DANA}")),
    Attack("Reply-To with our address", (AWAY, f"From: {EVIL}", f"Reply-To: {DANA}")),
    Attack("no address", (HOUSE, "From:")),
    Attack("no address in angle brackets", (HOUSE, "From: Dana Reyes <>")),
    Attack("a name alone", (HOUSE, "From: Dana Reyes")),
    Attack("a group in a group", (HOUSE, f"From: a:b:{DANA};;")),
    Attack("a group of strangers with our name", (AWAY, f"From: {DANA}: {EVIL};")),
    Attack("a semicolon between two", (HOUSE, f"From: {DANA}; {EVIL}")),
    Attack("two at signs", (HOUSE, "From: dana@attacker.example@harbourpine.example")),
    Attack("a comment inside of the address", (HOUSE, "From: dana(@attacker.example)@harbourpine.example")),
    Attack("a comment behind another address", (AWAY, f"From: {EVIL}(x) <{DANA}>")),
    Attack("our address as an encoded word alone", (HOUSE, "From: =?utf-8?b?ZGFuYUBoYXJib3VycGluZS5leGFtcGxl?=")),
    Attack("an encoded local part", (HOUSE, "From: <=?utf-8?q?dana?=@harbourpine.example>")),
    Attack("encoded angle brackets", (AWAY, f"From: =?utf-8?q?=3Cdana=40harbourpine=2Eexample=3E?= <{EVIL}>")),
    Attack("an old route", (HOUSE, "From: dana%attacker.example@harbourpine.example")),
    Attack("an older route", (HOUSE, "From: harbourpine.example!dana@attacker.example")),
    Attack("a local part of seventy kilobytes", (HOUSE, f"From: {'d' * 70_000}@harbourpine.example")),
    Attack("blanks around the at sign", (HOUSE, "From: dana @ harbourpine.example")),
    Attack("a fold inside of the address", (HOUSE, "From: dana@\r\n harbourpine.example")),
    Attack("a name of the field in capitals", (AWAY, f"FROM: {EVIL}", AS_DANA)),
    Attack("a Cyrillic letter in the name of the field", (AWAY, f"From: {EVIL}", f"Fr\u043em: {DANA}")),
    Attack("where the mail came from before", (AWAY, f"From: {EVIL}", f"X-Original-From: {DANA}")),
    Attack("the domain of no domain", (passed("[127.0.0.1]"), "From: dana@[127.0.0.1]")),
    # letters that look like others
    Attack(
        "a Cyrillic letter in the domain", (passed("xn--harbourpne-6fh.example"), "From: dana@harbourp\u0456ne.example")
    ),
    Attack("a Cyrillic letter in the local part", (HOUSE, "From: d\u0430na@harbourpine.example")),
    Attack("a fullwidth letter", (HOUSE, "From: \uff44ana@harbourpine.example")),
    Attack("a long s", (HOUSE, "From: jona\u017f@harbourpine.example")),
    Attack("a zero-width space", (HOUSE, "From: da\u200bna@harbourpine.example")),
    Attack("a soft hyphen", (HOUSE, "From: dana@harbour\u00adpine.example")),
    Attack("an ideographic full stop", (HOUSE, "From: dana@harbourpine\u3002example")),
    Attack("a fullwidth at sign", (HOUSE, "From: dana\uff20harbourpine.example")),
    Attack("letters like ours in Latin", (passed("harbourpine.exarnple"), "From: dana@harbourpine.exarnple")),
    Attack("a dash in our domain", (passed("harbour-pine.example"), "From: dana@harbour-pine.example")),
    Attack("our domain after the A-label mark", (HOUSE, "From: dana@xn--harbourpine-.example")),
    Attack("our address written backwards", (AWAY, f"From: \u202eelpmaxe.enipruobrah@anad <{EVIL}>")),
    Attack("a Kelvin sign", (HOUSE, "From: dana@\u212aarbourpine.example")),
    Attack(
        "our domain as a subdomain",
        (passed("harbourpine.example.attacker.example"), "From: dana@harbourpine.example.attacker.example"),
    ),
    # what our server said
    Attack("forged, and said so", (failed("harbourpine.example"), AS_DANA)),
    Attack("a forged pass below the true fail", (failed("harbourpine.example"), HOUSE, AS_DANA)),
    Attack(
        "the pass of another server",
        (f"Authentication-Results: mx.attacker.example; {PASS}", AS_DANA),
    ),
    Attack(
        "a server whose name begins like ours",
        (
            f"Authentication-Results: mx.harbourpine.example.attacker.example; {PASS}",
            AS_DANA,
        ),
    ),
    Attack(
        "our server's name in a comment",
        (
            f"Authentication-Results: (mx.harbourpine.example;) mx.attacker.example; {PASS}",
            AS_DANA,
        ),
    ),
    Attack("our server's name as an encoded word", (f"Authentication-Results: {ENCODED}; {PASS}", AS_DANA)),
    Attack("all of our field as an encoded word", (f"Authentication-Results: {ENCODED_WHOLE}", AS_DANA)),
    Attack("a NUL in our server's name", (f"Authentication-Results: mx.harbour\0pine.example; {PASS}", AS_DANA)),
    Attack("a control sign behind our server's name", (f"{SERVER[:-2]}\x01; {PASS}", AS_DANA)),
    Attack("a dot behind our server's name", (f"{SERVER[:-2]}.; {PASS}", AS_DANA)),
    Attack(
        "a Cyrillic letter in our server's name",
        (f"Authentication-Results: m\u0445.harbourpine.example; {PASS}", AS_DANA),
    ),
    Attack(
        "our field behind a bare carriage return",
        (f"Authentication-Results: mx.attacker.example; dmarc=fail\r{SERVER}{PASS}", AS_DANA),
    ),
    Attack("our field as that of a list", (f"ARC-{SERVER}i=1; {PASS}", f"X-{SERVER}{PASS}", AS_DANA)),
    Attack("a chain of seals", (f"{SERVER}arc=pass; dmarc=fail header.from=harbourpine.example", AS_DANA)),
    Attack(
        "a pass below a fail in one field", (f"{SERVER}dmarc=fail header.from=harbourpine.example; {PASS}", AS_DANA)
    ),
    Attack("a pass that names no domain", (f"{SERVER}dmarc=pass", AS_DANA)),
    Attack("a pass by guess", (f"{SERVER}dmarc=bestguesspass header.from=harbourpine.example", AS_DANA)),
    Attack("a pass with a long s", (f"{SERVER}dmarc=pa\u017fs header.from=harbourpine.example", AS_DANA)),
    Attack("a pass behind an open quote", (f'{SERVER}dmarc=fail reason="x; {PASS}', AS_DANA)),
    Attack("a login somewhere", (f"{SERVER}auth=pass smtp.auth={DANA}; iprev=pass", AS_DANA)),
    Attack("the signature of all that ends like us", (f"{SERVER}dmarc=none; dkim=pass header.d=example", AS_DANA)),
    Attack(
        "a signature in our name by somebody else",
        (f"{SERVER}dmarc=none; dkim=pass header.i=@harbourpine.example header.d=attacker.example", AS_DANA),
    ),
    Attack(
        "our field below a stranger's Received",
        ("Received: from a by mx.attacker.example; Fri, 31 Oct 2025 20:00:00 +0000", HOUSE, AS_DANA),
    ),
    Attack(
        "a signature and no verdict",
        (f"{SERVER}none", "DKIM-Signature: v=1; d=harbourpine.example; s=x; b=AAAA", AS_DANA),
    ),
    Attack("the pass of another domain", (AWAY, AS_DANA)),
    Attack("the pass of a subdomain", (passed("sub.harbourpine.example"), AS_DANA)),
    Attack("a pass for two domains", (f"{HOUSE} header.from=attacker.example", AS_DANA)),
    Attack(
        "DMARC in trouble",
        (f"{SERVER}dmarc=temperror header.from=harbourpine.example; dkim=pass header.d=harbourpine.example", AS_DANA),
    ),
    Attack("the signature of another domain", (f"{SERVER}dmarc=none; dkim=pass header.d=attacker.example", AS_DANA)),
    Attack("a pass in a comment", (f"{SERVER}dmarc=none; dkim=fail (dkim=pass header.d=harbourpine.example)", AS_DANA)),
    Attack(
        "a pass in a reason",
        (f'{SERVER}dmarc=none; dkim=fail reason="dkim=pass header.d=harbourpine.example" header.d=x.example', AS_DANA),
    ),
    Attack(
        "our address as the local part of the envelope",
        (f'{SERVER}dmarc=none; spf=pass smtp.mailfrom="x@harbourpine.example"@attacker.example', AS_DANA),
    ),
    Attack("our name as a greeting", (f"{SERVER}dmarc=none; spf=pass smtp.helo=harbourpine.example", AS_DANA)),
    Attack(
        "a second Date above the signed one",
        (HOUSE, "Date: Thu, 30 Oct 2025 12:00:00 +0000", "Date: Fri, 31 Oct 2025 12:00:00 +0000", AS_DANA),
    ),
    Attack(
        "a second Message-ID above the signed one",
        (HOUSE, "Message-ID: <x@attacker.example>", "Message-ID: <y@iphone.dana>", AS_DANA),
    ),
    Attack(
        "a second Content-Type above the signed one",
        (HOUSE, "Content-Type: text/html", "Content-Type: text/plain", AS_DANA),
    ),
)


def nothing_was_done(told: Told) -> None:
    """No record was changed; at most the coordinator and the admin were warned."""
    assert told.records == {}
    assert {letter.recipient for letter in told.letters} <= {MARA, VIKTOR}


@pytest.mark.parametrize("attack", PRETENDERS, ids=lambda attack: attack.name)
def test_who_only_seems_to_be_a_rep_books_nothing_and_is_not_answered(siege: Siege, attack: Attack) -> None:
    booked = siege.desk.all_of(SalesEntry)
    nothing_was_done(siege.suffers_one(attack))
    assert [entry.id for entry in siege.desk.all_of(SalesEntry)] == [entry.id for entry in booked]


def test_an_address_of_our_domain_that_is_not_on_file_books_nothing_and_only_its_namesake_is_asked(
    siege: Siege,
) -> None:
    booked = siege.desk.all_of(SalesEntry)
    told = siege.suffers_one(Attack("a quoted local part", (HOUSE, 'From: "dana"@harbourpine.example')))

    assert [entry.id for entry in siege.desk.all_of(SalesEntry)] == [entry.id for entry in booked]
    assert set(told.records) <= {"sales_pending"}
    assert {letter.recipient for letter in told.letters} == {DANA}


def test_a_mail_that_is_sent_again_is_not_booked_again_whoever_sends_it(siege: Siege) -> None:
    once = ("Message-ID: <once@dana>", "Date: Fri, 31 Oct 2025 10:00:00 -0400", AS_DANA)
    first = siege.suffers_one(Attack("true", (HOUSE, *once), "delphi 900.25\n"))
    assert first.records == {"sales_entries": 1}

    for verdict in (HOUSE, failed("harbourpine.example"), AWAY):
        again = siege.suffers_one(Attack("again", (verdict, "To: someone@else.example", *once), "delphi 900.25\n"))
        assert again.story.kind == "duplicate"
        nothing_was_done(again)


def test_a_forged_copy_that_is_sent_ahead_does_not_silence_the_true_mail(siege: Siege) -> None:
    same = ("Message-ID: <ahead@dana>", "Date: Fri, 31 Oct 2025 11:00:00 -0400", AS_DANA)
    ahead = siege.suffers_one(Attack("ahead", (failed("harbourpine.example"), *same), "north star 410.75\n"))
    assert ahead.story.folder == "Quarantine"
    nothing_was_done(ahead)

    true = siege.suffers_one(Attack("true", (HOUSE, *same), "north star 410.75\n"))
    assert (true.story.folder, true.records) == ("Done", {"sales_entries": 1})
    assert [letter.recipient for letter in true.letters] == [DANA]
    assert siege.suffers_one(Attack("again", (HOUSE, *same), "north star 410.75\n")).story.kind == "duplicate"


@pytest.mark.parametrize("date", ["Wed, 01 Jan 2025 00:00:00 +0000", "Thu, 01 Jan 2099 00:00:00 +0000"])
def test_a_date_that_is_long_over_or_to_come_books_nothing_by_itself(siege: Siege, date: str) -> None:
    told = siege.suffers_one(Attack("dated", (*proven(LENA), f"Date: {date}"), "hansen 777,25\n"))
    assert (told.records, told.story.folder) == ({"tasks": 1}, "Held")
    assert [letter.recipient for letter in told.letters] == [MARA, LENA]


def test_the_one_whose_name_is_forged_is_warned_too(siege: Siege) -> None:
    told = siege.suffers_one(Attack("as Mara", (failed("harbourpine.example"), f"From: {MARA}"), "UNDO N-0103\n"))
    assert (told.story.kind, told.records) == ("forged", {})
    assert [letter.recipient for letter in told.letters] == [MARA, VIKTOR]


def test_made_up_names_and_strangers_cannot_silence_the_desk(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("flood")
    with played_desk(folder, migrated_file(folder / "desk.sqlite"), letters_per_hour=30) as desk:
        flooded = Siege(desk)
        ghosts = (f"x{number}@harbourpine.example" for number in range(20))
        warned = flooded.suffers(
            *(Attack("ghost", (failed("harbourpine.example"), f"From: {each}")) for each in ghosts)
        )
        assert [letter.recipient for told in warned for letter in told.letters] == [MARA, VIKTOR]

        crowd = [proven(f"x{number}@attacker.example") for number in range(10)]
        opened = [flooded.suffers_one(Attack("crowd", fields, "The banner is broken.\n")) for fields in crowd]
        assert all(told.records["issues"] == 1 for told in opened)
        assert [len(told.letters) for told in opened] == [2] * 3 + [0] * 7
        assert [told.story.folder for told in opened] == ["Done"] * 3 + ["Held"] * 7

        honest = flooded.suffers_one(Attack("honest", proven(DANA), NUMBERS))
        assert [(letter.recipient, letter.state) for letter in honest.letters] == [(DANA, "sent")]
