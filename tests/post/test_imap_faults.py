"""What goes wrong between us and an IMAP server: what passes is TryAgain, what a person has to mend is Never."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from mailbot.config import MailboxSettings, Security
from mailbot.errors import MailbotError, Never, TryAgain
from mailbot.post.imap import ImapInbox
from tests.faultproxy import Action, Edit, Fault, Way, fault_proxy
from tests.post.conftest import Mailbox, mail
from tests.scriptedserver import Line, scripted_server
from tests.servers import PASSWORD, Certificates, Dovecot, make_certificates

GREETING = "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready"
CAPABILITIES = "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN"

PHASES = (
    (Way.TO_CLIENT, rb"\* OK"),
    (Way.TO_SERVER, b"CAPABILITY"),
    (Way.TO_SERVER, b"AUTHENTICATE|LOGIN"),
    (Way.TO_CLIENT, rb"(?i)logged in|authentication successful"),
    (Way.TO_SERVER, b"SELECT"),
    (Way.TO_CLIENT, b"UIDVALIDITY"),
    (Way.TO_SERVER, b"NOOP"),
    (Way.TO_SERVER, b"SEARCH"),
    (Way.TO_CLIENT, rb"\* SEARCH"),
    (Way.TO_SERVER, b"UID FETCH"),
    (Way.TO_CLIENT, b"FETCH"),
)


def settings(port: int, security: Security = Security.PLAINTEXT_LOOPBACK, **more: object) -> MailboxSettings:
    values = {"host": "localhost", "port": port, "security": security, "user": "desk", "timeout_seconds": 5.0, **more}
    return MailboxSettings.model_validate(values)


def opening(asked: MailboxSettings, password: str = PASSWORD) -> None:
    with closing(ImapInbox(asked, SecretStr(password))) as inbox:
        inbox.open()


@pytest.mark.parametrize("action", [Action.CUT, Action.CUT_AFTER])
@pytest.mark.parametrize(("way", "where"), PHASES)
def test_a_connection_that_is_cut_anywhere_is_tried_again_and_then_works(
    mailbox: Mailbox, way: Way, where: bytes, action: Action
) -> None:
    mailbox.add(mail(1))
    mailbox.proxy.faults.append(Fault(way, where, action))
    inbox = mailbox.inbox()
    failures, read = 0, []
    for _ in range(3):
        try:
            inbox.open()
            read = [each.raw for each in inbox.fetch(inbox.uids())]
        except TryAgain:
            failures += 1
    assert len(mailbox.proxy.happened) == 1
    assert failures == 1
    assert read == [mail(1)]


@pytest.mark.parametrize("where", [b"AUTHENTICATE|LOGIN", b"SELECT", b"SEARCH", b"UID FETCH"])
def test_a_server_that_falls_silent_is_left_after_the_deadline(sandbox_mailbox: Mailbox, where: bytes) -> None:
    sandbox_mailbox.add(mail(1))
    sandbox_mailbox.proxy.faults.append(Fault(Way.TO_SERVER, where, Action.STALL))
    inbox = sandbox_mailbox.inbox(seconds=0.3)
    with pytest.raises(TryAgain):
        inbox.fetch(inbox.uids())
    assert sandbox_mailbox.proxy.happened
    assert len(inbox.fetch(inbox.uids())) == 1


def test_a_server_that_sends_one_byte_at_a_time_is_left_after_the_deadline(sandbox_mailbox: Mailbox) -> None:
    sandbox_mailbox.add(mail(1))
    sandbox_mailbox.proxy.faults.append(Fault(Way.TO_CLIENT, b"FETCH", Action.DRIP))
    inbox = sandbox_mailbox.inbox(seconds=0.4)
    uids = inbox.uids()
    with pytest.raises(TryAgain, match="did not answer in time"):
        inbox.fetch(uids)
    assert len(inbox.fetch(uids)) == 1


def test_a_large_mail_has_more_time_than_the_deadline_as_long_as_it_comes(sandbox_mailbox: Mailbox) -> None:
    large = mail(1, "x" * 900 + "\r\n" + "y" * 4_000_000)
    sandbox_mailbox.add(large)
    inbox = sandbox_mailbox.inbox()
    assert [each.raw for each in inbox.fetch(inbox.uids())] == [large]


def test_closing_twice_and_closing_what_was_never_opened_is_no_error(sandbox_mailbox: Mailbox) -> None:
    inbox = sandbox_mailbox.inbox()
    inbox.close()
    inbox.open()
    inbox.close()
    inbox.close()
    assert inbox.wait(60.0) is False


def test_closing_a_connection_that_is_dead_is_no_error(sandbox_mailbox: Mailbox) -> None:
    inbox = sandbox_mailbox.inbox()
    inbox.open()
    sandbox_mailbox.proxy.cut_all()
    inbox.close()
    assert inbox.open().uidvalidity > 0


def test_nobody_listening_is_tried_again() -> None:
    with scripted_server() as gone:
        port = gone.port
    with pytest.raises(TryAgain, match=f"localhost:{port}"):
        opening(settings(port))


@pytest.mark.dovecot
def test_too_many_connections_pass_by_themselves_and_are_no_wrong_password(dovecot: Dovecot) -> None:
    user = dovecot.new_user()
    with ExitStack() as others:
        for _ in range(10):
            client = others.enter_context(imaplib.IMAP4("127.0.0.1", dovecot.imap_port))
            client.login(user, PASSWORD)
        with pytest.raises(TryAgain, match="Maximum number of connections"):
            opening(settings(dovecot.imap_port, user=user))
    opening(settings(dovecot.imap_port, user=user))


@pytest.mark.dovecot
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_tls_with_a_certificate_that_is_trusted_opens_the_mailbox(dovecot: Dovecot, security: Security) -> None:
    port = dovecot.imaps_port if security is Security.TLS else dovecot.imap_port
    asked = settings(port, security, user=dovecot.new_user(), ca_file=dovecot.certificates.authority)
    with closing(ImapInbox(asked, SecretStr(PASSWORD))) as inbox:
        inbox.open()
        assert (inbox.diagnose().tls or "").startswith("TLSv1.")


@pytest.mark.dovecot
@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_of_an_unknown_authority_is_refused(dovecot: Dovecot, security: Security, tmp_path: Path) -> None:
    port = dovecot.imaps_port if security is Security.TLS else dovecot.imap_port
    stranger = make_certificates(tmp_path).authority
    for authority in (None, stranger):
        with pytest.raises(Never, match="certificate is not trusted"):
            opening(settings(port, security, ca_file=authority))


@pytest.mark.dovecot
def test_a_certificate_for_another_name_is_refused(dovecot: Dovecot) -> None:
    authority = dovecot.certificates.authority
    with pytest.raises(Never, match="certificate is not trusted"):
        opening(settings(dovecot.imaps_port, Security.TLS, host="127.0.0.2", ca_file=authority))


@pytest.mark.dovecot
def test_tls_on_a_port_without_tls_is_a_setting_to_mend(dovecot: Dovecot) -> None:
    with pytest.raises(Never, match="Check port and security"):
        opening(settings(dovecot.imap_port, Security.TLS))


@pytest.mark.dovecot
def test_a_starttls_offer_that_somebody_takes_out_is_refused_and_no_password_is_sent(dovecot: Dovecot) -> None:
    heard: list[bytes] = []

    def strip(data: bytes) -> bytes:
        heard.append(data)
        return data.replace(b"STARTTLS", b"XTARTTLS")

    asked = settings(0 + 1, Security.STARTTLS, ca_file=dovecot.certificates.authority)
    with fault_proxy(dovecot.imap_port, Fault(Way.TO_SERVER, b"AUTHENTICATE|LOGIN", Action.CUT), edit=strip) as proxy:
        with pytest.raises(Never, match="does not offer STARTTLS"):
            opening(asked.model_copy(update={"port": proxy.port}))
        assert proxy.happened == []
    assert heard


def test_plain_text_to_another_machine_is_refused_before_anybody_is_asked() -> None:
    with pytest.raises(Never, match="only for this machine"):
        opening(settings(143, host="mail.harbourpine.example"))


def test_a_ca_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(Never, match=r"missing\.pem"):
        opening(settings(993, Security.TLS, ca_file=tmp_path / "missing.pem"))


@pytest.mark.parametrize("security", [Security.PLAINTEXT_LOOPBACK, Security.STARTTLS])
def test_a_greeting_as_if_somebody_were_logged_in_is_refused(security: Security) -> None:
    def preauth(line: Line) -> None:
        line.say("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] welcome, root")
        while heard := line.hear():
            tag = heard.split()[0].decode()
            line.say("* CAPABILITY IMAP4rev1 STARTTLS", f"{tag} OK done")

    with scripted_server(preauth) as server:
        with pytest.raises(Never, match="PREAUTH"):
            opening(settings(server.port, security))
        assert all(b"CAPABILITY" in heard or b"LOGOUT" in heard for heard in server.heard)


def test_words_put_in_before_the_handshake_are_refused_and_no_password_is_sent() -> None:
    def inject(line: Line) -> None:
        line.say(GREETING)
        while heard := line.hear():
            tag, verb = heard.decode().split()[:2]
            if verb == "STARTTLS":
                line.say(f"{tag} OK go ahead", "* CAPABILITY IMAP4rev1 AUTH=PLAIN X-INJECTED")
            else:
                line.say(CAPABILITIES, f"{tag} OK done")

    with scripted_server(inject) as server:
        with pytest.raises(Never, match="words into the server's mouth"):
            opening(settings(server.port, Security.STARTTLS))
        assert not any(b"AUTHENTICATE" in heard or b"LOGIN" in heard for heard in server.heard)


def answering_login(answer: str) -> Callable[[Line], None]:
    def script(line: Line) -> None:
        line.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        while heard := line.hear():
            tag, *words = heard.decode().split()
            if words and words[0] == "CAPABILITY":
                line.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN", f"{tag} OK done")
            elif words and words[0] == "AUTHENTICATE":
                line.say("+ ")
                line.hear()
                line.say(answer.replace("TAG", tag))
                return

    return script


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("TAG NO [AUTHENTICATIONFAILED] wrong", Never),
        ("TAG NO wrong user or password", Never),
        ("TAG NO [AUTHENTICATIONFAILED] try again with the right password", Never),
        ("TAG BAD what is that", Never),
        ("TAG NO [UNAVAILABLE] the directory is down", TryAgain),
        ("TAG NO [LIMIT] enough", TryAgain),
        ("TAG NO [ALERT] Too many simultaneous connections. (Failure)", TryAgain),
        ("TAG NO Temporary authentication failure", TryAgain),
        ("* BYE going down", TryAgain),
    ],
)
def test_a_refused_login_says_whether_trying_again_helps(answer: str, error: type[MailbotError]) -> None:
    with scripted_server(answering_login(answer)) as server, pytest.raises(error, match="login of 'desk'"):
        opening(settings(server.port))


@pytest.mark.parametrize("greeting", ["* BYE too many connections, try later", "220 mx.harbourpine.example ESMTP", ""])
def test_a_greeting_that_lets_nobody_in_is_tried_again(greeting: str) -> None:
    with scripted_server(lambda line: line.say(greeting)) as server, pytest.raises(TryAgain, match="connecting"):
        opening(settings(server.port))


def test_a_literal_that_is_larger_than_any_mail_is_not_waited_for() -> None:
    def huge(line: Line) -> None:
        line.say("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready")
        line.hear()
        line.say("* CAPABILITY {99999999999}")
        line.hear()

    with scripted_server(huge) as server, pytest.raises(TryAgain, match="99999999999 bytes"):
        opening(settings(server.port))


def test_an_empty_user_or_password_is_a_setting_to_mend(sandbox_mailbox: Mailbox) -> None:
    port = sandbox_mailbox.server_port
    with pytest.raises(Never, match="user or password is empty"):
        opening(settings(port), password="")
    with pytest.raises(Never, match="user or password is empty"):
        opening(settings(port, user=""))


def without_sasl(data: bytes) -> bytes:
    return data.replace(b"AUTH=PLAIN", b"AUTH=NONE")


@pytest.mark.dovecot
def test_a_user_with_quotes_and_spaces_reaches_the_server_as_it_is_written(dovecot: Dovecot) -> None:
    edit: Edit = without_sasl
    with fault_proxy(dovecot.imap_port, edit=edit) as proxy:
        opening(settings(proxy.port, user=dovecot.new_user()))
        with pytest.raises(Never, match="Authentication failed"):
            opening(settings(proxy.port, user='desk" "x'))
        with pytest.raises(Never, match="printable ASCII"):
            opening(settings(proxy.port), password="a\r\nb DELETE INBOX")


@pytest.mark.dovecot
def test_a_password_in_other_letters_than_ascii_is_sent_by_auth_plain(dovecot: Dovecot) -> None:
    with pytest.raises(Never, match="Authentication failed"):
        opening(settings(dovecot.imap_port, user=dovecot.new_user()), password="Grüße an den Hafen")


def protected(certificates: Certificates) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificates.certificate, certificates.key)
    return context


@pytest.mark.dovecot
def test_what_was_offered_before_the_handshake_is_forgotten_after_it(dovecot: Dovecot) -> None:
    context = protected(dovecot.certificates)

    def script(line: Line) -> None:
        line.say("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready")
        tag = (line.hear() or b"").split()[0].decode()
        line.say("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN", f"{tag} OK done")
        tag = (line.hear() or b"").split()[0].decode()
        line.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN", f"{tag} OK go ahead")
        line.protect(context)
        while heard := line.hear():
            tag = heard.split()[0].decode()
            line.say("* CAPABILITY IMAP4rev1 LOGINDISABLED", f"{tag} OK done")

    with scripted_server(script) as server:
        with pytest.raises(Never, match="LOGINDISABLED"):
            opening(settings(server.port, Security.STARTTLS, ca_file=dovecot.certificates.authority))
        assert not any(b"AUTHENTICATE" in heard for heard in server.heard)
