"""What an SMTP server or the network may do at each point of a letter, and what we then know about it."""

from __future__ import annotations

import base64
import time
from contextlib import closing

import pytest
from pydantic import SecretStr

from mailbot.config import Security, SmtpSettings
from mailbot.errors import Never
from mailbot.post.ports import Accepted, Envelope, LeftAlone, NotSent, Outcome, Refused, Unsure
from mailbot.post.smtp import SmtpOutgoing
from tests.scriptedserver import Line, Script, scripted_server

LETTER = Envelope("desk@harbourpine.example", "bob@client.example", b"Subject: q\r\n\r\nhello\r\n", "Q-0117")
EXTENSIONS = ("PIPELINING", "SIZE 1000000", "8BITMIME", "DSN", "AUTH LOGIN PLAIN")
GOOD = {"MAIL": "250 2.1.0 Ok", "RCPT": "250 2.1.5 Ok", "DATA": "354 go on", "RSET": "250 Ok", "AUTH": "235 welcome"}
FINAL_DOT = "."
HANG_UP = "(hang up)"
SILENCE = "(silence)"


def smtp(
    answers: dict[str, str] | None = None,
    *,
    greeting: str = "220 mx.client.example ESMTP",
    extensions: tuple[str, ...] = EXTENSIONS,
    body_lines: int = 1_000_000,
) -> Script:
    """A server that gives its usual answers but for `answers`; it hangs up after `body_lines` of a letter."""
    given = {**GOOD, FINAL_DOT: "250 2.0.0 Ok: queued", **(answers or {})}

    def script(line: Line) -> None:
        if not answer(line, greeting):
            return
        while heard := line.hear():
            verb = heard.decode("utf-8").split()[0].upper()
            if verb == "EHLO" and verb not in given:
                line.say("250-mx.client.example", *(f"250-{each}" for each in extensions), "250 HELP")
                continue
            if not answer(line, given.get(verb, "502 what is that")):
                return
            if verb == "DATA" and given["DATA"].startswith("354"):
                for _ in range(body_lines):
                    if (heard := line.hear()) in {b".", None}:
                        break
                else:
                    return
                if not answer(line, given[FINAL_DOT]):
                    return

    return script


def answer(line: Line, words: str) -> bool:
    """Says what a script is to say; False where it is to hang up."""
    if words == HANG_UP:
        return False
    if words == SILENCE:
        while line.hear() is not None:
            pass
        return False
    line.say(*words.split("\n"))
    return True


def settings(port: int, security: Security = Security.PLAINTEXT_LOOPBACK, user: str = "") -> SmtpSettings:
    return SmtpSettings(host="127.0.0.1", port=port, security=security, user=user, timeout_seconds=0.5)


def sent(script: Script, envelope: Envelope = LETTER, *, user: str = "") -> tuple[Outcome, list[bytes]]:
    """What became of a letter, and every line that the server heard."""
    with scripted_server(script) as server:
        outgoing = SmtpOutgoing(settings(server.port, user=user), SecretStr("secret"), final_reply_seconds=0.5)
        with closing(outgoing):
            return outgoing.send(envelope), server.heard


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA", FINAL_DOT])
@pytest.mark.parametrize(("reply", "temporary"), [("451 4.3.0 later", True), ("554 5.7.1 no", False)])
def test_a_refusal_at_any_command_says_whether_to_come_back(verb: str, reply: str, temporary: bool) -> None:
    outcome, heard = sent(smtp({verb: reply}))
    assert outcome == Refused(temporary=temporary, code=int(reply[:3]), reply=reply)
    assert (b"hello" in heard) is (verb == FINAL_DOT)


@pytest.mark.parametrize("extensions", [EXTENSIONS, ()])
@pytest.mark.parametrize("begins", [True, False])
def test_a_letter_that_is_taken_back_before_it_begins_is_left_alone(extensions: tuple[str, ...], begins: bool) -> None:
    asked = []

    def begin() -> bool:
        asked.append(LETTER)
        return begins

    with scripted_server(smtp(extensions=extensions)) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""), final_reply_seconds=0.5)
        with closing(outgoing):
            outcome = outgoing.send(LETTER, begin)
        heard = tuple(server.heard)

    assert len(asked) == 1
    assert isinstance(outcome, Accepted if begins else LeftAlone)
    assert (b"hello" in heard) is begins


def test_the_servers_answer_to_the_end_of_data_is_kept() -> None:
    outcome, heard = sent(smtp())
    assert outcome == Accepted("250 2.0.0 Ok: queued")
    assert heard[4:8] == [b"Subject: q", b"", b"hello", b"."]


@pytest.mark.parametrize("problem", [HANG_UP, SILENCE])
@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "RCPT", "DATA"])
def test_a_connection_that_ends_before_the_letter_means_not_sent(verb: str, problem: str) -> None:
    answers = {verb: problem, "HELO": problem}
    outcome, heard = sent(smtp(answers))
    assert isinstance(outcome, NotSent)
    assert b"hello" not in heard


@pytest.mark.parametrize("greeting", [HANG_UP, SILENCE, "421 4.3.2 busy", "554 no service", "* OK IMAP4rev1 ready"])
def test_a_server_that_does_not_greet_has_not_been_sent_anything(greeting: str) -> None:
    outcome, heard = sent(smtp(greeting=greeting))
    assert isinstance(outcome, NotSent)
    assert not any(line.startswith(b"MAIL") for line in heard)


def test_a_connection_that_ends_in_the_middle_of_the_letter_means_not_sent() -> None:
    long = Envelope(LETTER.sender, LETTER.recipient, b"Subject: q\r\n\r\n" + b"line\r\n" * 3_000_000, "Q-0117")
    outcome, heard = sent(smtp(body_lines=50, extensions=()), long)
    assert isinstance(outcome, NotSent)
    assert b"." not in heard


@pytest.mark.parametrize("problem", [HANG_UP, SILENCE, "what a day", "25"])
def test_a_connection_that_ends_after_the_final_dot_and_before_its_answer_means_nobody_knows(problem: str) -> None:
    outcome, heard = sent(smtp({FINAL_DOT: problem}))
    assert isinstance(outcome, Unsure)
    assert b"." in heard


def test_a_server_may_take_longer_over_the_final_dot_than_over_a_command() -> None:
    def slow(line: Line) -> None:
        line.say("220 ready")
        for reply in ("250 mx", "250 Ok", "250 Ok", "354 go on"):
            line.hear()
            line.say(reply)
        while line.hear() not in {b".", None}:
            pass
        time.sleep(0.8)  # above the half second that a command may take here
        line.say("250 2.0.0 Ok: queued")
        line.hear()

    with scripted_server(slow) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""), final_reply_seconds=30.0)
        with closing(outgoing):
            assert isinstance(outgoing.send(LETTER), Accepted)


def test_a_reply_without_an_end_is_left() -> None:
    def endless(line: Line) -> None:
        line.say("220 ready")
        line.hear()
        while True:
            line.say("250-and another thing")

    outcome, _ = sent(endless)
    assert isinstance(outcome, NotSent)


def test_nobody_listening_means_not_sent() -> None:
    with scripted_server() as gone:
        port = gone.port
    with closing(SmtpOutgoing(settings(port), SecretStr(""))) as outgoing:
        outcome = outgoing.send(LETTER)
    assert isinstance(outcome, NotSent)
    assert f"127.0.0.1:{port}" in outcome.why


@pytest.mark.parametrize("bye", ["421 4.4.2 idle too long", HANG_UP])
@pytest.mark.parametrize("verb", ["RSET", "MAIL"])
def test_a_server_that_went_away_between_two_letters_is_called_again_once(verb: str, bye: str) -> None:
    def first(line: Line) -> None:
        line.say("220 ready")
        rounds = 0
        while heard := line.hear():
            command = heard.decode().split()[0]
            rounds += command == "MAIL"
            if command == verb and (verb == "RSET" or rounds == 2):
                answer(line, bye)
                return
            line.say({"DATA": "354 go on"}.get(command, "250 Ok"))
            if command == "DATA":
                while line.hear() not in {b".", None}:
                    pass
                line.say("250 first")

    with scripted_server(first, smtp({FINAL_DOT: "250 second"})) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""))
        with closing(outgoing):
            assert outgoing.send(LETTER) == Accepted("250 first")
            assert outgoing.send(LETTER) == Accepted("250 second")


def test_a_server_that_goes_away_on_a_new_connection_is_not_called_again() -> None:
    outcome, heard = sent(smtp({"MAIL": "421 4.3.2 shutting down"}))
    assert outcome == Refused(temporary=True, code=421, reply="421 4.3.2 shutting down")
    assert sum(line.startswith(b"MAIL") for line in heard) == 1


def test_a_letter_of_which_nobody_knows_is_never_sent_again_by_itself() -> None:
    with scripted_server(smtp(), smtp()) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""), final_reply_seconds=0.5)
        with closing(outgoing):
            assert isinstance(outgoing.send(LETTER), Accepted)
    with scripted_server(smtp({FINAL_DOT: HANG_UP}), smtp()) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""), final_reply_seconds=0.5)
        with closing(outgoing):
            assert isinstance(outgoing.send(LETTER), Unsure)
            assert server.heard.count(b".") == 1


NO_ADDRESSES = [
    "bob@client.example\r\nRCPT TO:<eve@client.example>",
    "bob@client.example\nDATA",
    "bob\0@client.example",
    "bob smith@client.example",
    "bob@client.example> SIZE=1",
    "<bob@client.example>",
    '"bob smith"@client.example',
    "bob\u00a0smith@client.example",
    "bob\u2028@client.example",
    "bob",
    "@client.example",
    "bob@",
    "bob@client..example",
    "bob@-client.example",
    ".bob@client.example",
    "b" * 65 + "@client.example",
    "bob@" + "c" * 260 + ".example",
    "bob\ud800@client.example",
]


@pytest.mark.parametrize(
    ("sender", "recipient"),
    [(each, LETTER.recipient) for each in NO_ADDRESSES] + [(LETTER.sender, each) for each in (*NO_ADDRESSES, "")],
)
def test_what_is_no_address_never_reaches_the_wire(sender: str, recipient: str) -> None:
    outcome, heard = sent(smtp(extensions=(*EXTENSIONS, "SMTPUTF8")), Envelope(sender, recipient, b"x", ""))
    assert isinstance(outcome, Refused)
    assert (outcome.temporary, outcome.code) == (False, 0)
    assert {line.split()[0].upper() for line in heard} <= {b"EHLO", b"QUIT"}
    assert heard


def test_the_null_sender_is_sent_as_such_and_asks_for_no_notices() -> None:
    outcome, heard = sent(smtp(), Envelope("", LETTER.recipient, LETTER.content, "Q-0117"))
    assert isinstance(outcome, Accepted)
    assert heard[1:3] == [b"MAIL FROM:<> SIZE=21", b"RCPT TO:<bob@client.example>"]


def test_notices_are_asked_for_where_the_server_offers_dsn() -> None:
    odd = Envelope(LETTER.sender, "bob+a=b@client.example", LETTER.content, "Q 1+1=2\r\nü")
    _, heard = sent(smtp(), odd)
    assert heard[1] == b"MAIL FROM:<desk@harbourpine.example> SIZE=21 RET=HDRS ENVID=Q+201+2B1+3D2+0D+0A+FC"
    assert heard[2] == b"RCPT TO:<bob+a=b@client.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;bob+2Ba+3Db@client.example"


def test_nothing_is_asked_for_that_the_server_does_not_offer() -> None:
    outcome, heard = sent(smtp(extensions=()))
    assert isinstance(outcome, Accepted)
    assert heard[1:3] == [b"MAIL FROM:<desk@harbourpine.example>", b"RCPT TO:<bob@client.example>"]


def test_a_server_that_knows_only_helo_is_good_enough() -> None:
    outcome, _ = sent(smtp({"EHLO": "500 what", "HELO": "250 mx"}))
    assert isinstance(outcome, Accepted)


@pytest.mark.parametrize(
    ("envelope", "missing"),
    [
        (Envelope("desk@harbourpine.example", "müller@client.example", b"Subject: q\r\n\r\nx", ""), "SMTPUTF8"),
        (Envelope(LETTER.sender, LETTER.recipient, "Subject: Grüße\r\n\r\nx".encode(), ""), "SMTPUTF8"),
        (Envelope(LETTER.sender, LETTER.recipient, "Subject: q\r\n\r\nGrüße".encode(), ""), "8BITMIME"),
    ],
)
def test_a_letter_that_needs_what_the_server_has_not_is_refused_in_words(envelope: Envelope, missing: str) -> None:
    outcome, heard = sent(smtp(extensions=("SIZE 1000000",)), envelope)
    assert isinstance(outcome, Refused)
    assert (outcome.temporary, outcome.code) == (False, 0)
    assert missing in outcome.reply
    assert not any(line.startswith(b"MAIL") for line in heard)


def test_an_international_address_is_sent_in_utf8_with_the_option_that_says_so() -> None:
    envelope = Envelope(LETTER.sender, "müller@client.example", LETTER.content, "")
    outcome, heard = sent(smtp(extensions=(*EXTENSIONS, "SMTPUTF8")), envelope)
    assert isinstance(outcome, Accepted)
    assert heard[1].endswith(b" SMTPUTF8 RET=HDRS")
    assert heard[2] == "RCPT TO:<müller@client.example> NOTIFY=FAILURE,DELAY".encode()


def test_an_ascii_letter_does_not_ask_for_what_it_does_not_need() -> None:
    _, heard = sent(smtp(extensions=(*EXTENSIONS, "SMTPUTF8")))
    assert b"SMTPUTF8" not in heard[1]
    assert b"8BITMIME" not in heard[1]


def test_the_login_is_sent_by_auth_plain_where_it_is_offered() -> None:
    outcome, heard = sent(smtp(), user="desk@harbourpine.example")
    assert isinstance(outcome, Accepted)
    assert heard[1] == b"AUTH PLAIN " + base64.b64encode(b"\0desk@harbourpine.example\0secret")


def test_the_login_is_sent_by_auth_login_where_nothing_better_is_offered() -> None:
    def script(line: Line) -> None:
        line.say("220 ready")
        line.hear()
        line.say("250-mx", "250 AUTH LOGIN")
        for reply in ("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 welcome", "250 Ok", "250 Ok", "354 go on"):
            line.hear()
            line.say(reply)
        while line.hear() not in {b".", None}:
            pass
        line.say("250 Ok")

    outcome, heard = sent(script, user="desk")
    assert outcome == Accepted("250 Ok")
    assert heard[1:4] == [b"AUTH LOGIN", base64.b64encode(b"desk"), base64.b64encode(b"secret")]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (smtp({"AUTH": "535 5.7.8 wrong"}), "Check user and password"),
        (smtp(extensions=()), "AUTH offers: nothing"),
        (smtp(extensions=("AUTH GSSAPI CRAM-MD5",)), "GSSAPI, CRAM-MD5"),
    ],
)
def test_a_login_that_can_never_work_is_for_a_person_to_mend(script: Script, words: str) -> None:
    with pytest.raises(Never, match=words) as caught:
        sent(script, user="desk")
    assert "secret" not in str(caught.value)


def test_a_login_that_the_server_cannot_check_just_now_means_not_sent() -> None:
    outcome, _ = sent(smtp({"AUTH": "454 4.7.0 the directory is down"}), user="desk")
    assert isinstance(outcome, NotSent)


def test_words_put_in_before_the_handshake_are_refused_and_no_password_is_sent() -> None:
    def inject(line: Line) -> None:
        line.say("220 ready")
        line.hear()
        line.say("250-mx", "250 STARTTLS")
        line.hear()
        line.say("220 go ahead", "250-mx", "250 AUTH PLAIN")
        line.hear()

    with scripted_server(inject) as server:
        outgoing = SmtpOutgoing(settings(server.port, Security.STARTTLS, "desk"), SecretStr("secret"))
        with closing(outgoing), pytest.raises(Never, match="words into the server's mouth"):
            outgoing.send(LETTER)
        assert [line.split()[0].upper() for line in server.heard[:2]] == [b"EHLO", b"STARTTLS"]
        assert not any(b"AUTH" in line for line in server.heard)


def test_plain_text_to_another_machine_is_refused_before_anybody_is_asked() -> None:
    asked = SmtpSettings(host="mail.harbourpine.example", port=25, security=Security.PLAINTEXT_LOOPBACK)
    with closing(SmtpOutgoing(asked, SecretStr(""))) as outgoing, pytest.raises(Never, match="only for this machine"):
        outgoing.send(LETTER)


@pytest.mark.parametrize("closes", [1, 2])
def test_closing_says_quit_once_and_is_never_an_error(closes: int) -> None:
    with scripted_server(smtp({"QUIT": "221 bye"})) as server:
        outgoing = SmtpOutgoing(settings(server.port), SecretStr(""))
        outgoing.close()
        assert isinstance(outgoing.send(LETTER), Accepted)
        for _ in range(closes):
            outgoing.close()
        assert server.heard.count(b"QUIT") == 1
