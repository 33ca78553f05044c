"""The connection to a real IMAP server is cut at every command, before it is heard and before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from imapclient import IMAPClient
from pydantic import SecretStr

from mailbot.config import MailboxSettings, Security
from mailbot.errors import TryAgain
from mailbot.post.sandbox_delivery import as_received
from tests.crash import company
from tests.faultproxy import Action, Fault, FaultProxy, Way, fault_proxy
from tests.servers import PASSWORD, Dovecot
from tests.service.bench import Bench, Benches, FakeOutgoing

pytestmark = pytest.mark.dovecot

COMMANDS = (
    rb"CREATE",
    rb"AUTHENTICATE|LOGIN",
    rb"CAPABILITY",
    rb"SELECT",
    rb"LIST",
    rb"SUBSCRIBE",
    rb"NOOP",
    rb"UID SEARCH",
    rb"UID FETCH [\d:,]+ \(RFC822\.SIZE",
    rb"UID FETCH [\d:,]+ \(BODY\.PEEK\[\]\)",
    rb"UID MOVE",
)


class Account:
    """An account on Dovecot, and a proxy in front of it."""

    def __init__(self, dovecot: Dovecot, proxy: FaultProxy) -> None:
        self.dovecot, self.proxy, self.user = dovecot, proxy, dovecot.new_user()

    def settings(self) -> MailboxSettings:
        return MailboxSettings(
            host="127.0.0.1",
            port=self.proxy.port,
            security=Security.PLAINTEXT_LOOPBACK,
            user=self.user,
            password=SecretStr(PASSWORD),
            start="all",
            timeout_seconds=5,
        )

    def other(self) -> IMAPClient:
        """Another mail program, which goes around the proxy."""
        client = IMAPClient("127.0.0.1", self.dovecot.imap_port, ssl=False, timeout=10)
        client.login(self.user, PASSWORD)
        return client

    def receive(self, *mails: bytes) -> None:
        with self.other() as client:
            for mail in mails:
                client.append(
                    "INBOX",
                    as_received(
                        mail,
                        sender="sender@client.example",
                        recipient=company.DESK,
                        server="mx.harbourpine.example",
                        peer="client.example",
                        when=company.NOW,
                    ),
                )

    def lying_in(self, folder: str) -> int:
        with self.other() as client:
            return int(client.select_folder(folder, readonly=True)[b"EXISTS"])


@pytest.fixture
def account(dovecot: Dovecot) -> Iterator[Account]:
    with fault_proxy(dovecot.imap_port) as proxy:
        yield Account(dovecot, proxy)


def _is_done_once(bench: Bench, outgoing: FakeOutgoing, mails: int) -> bool:
    return (
        bench.kinds() == {"issue": mails}
        and set(bench.decisions_of_mails().values()) == {1}
        and set(outgoing.times().values()) == {1}
        and len(outgoing.handed_over) == len(bench.letters())
    )


@pytest.mark.parametrize("action", [Action.CUT, Action.CUT_AFTER], ids=["not heard", "heard and not answered"])
def test_a_connection_that_is_cut_at_every_command_loses_and_doubles_nothing(
    desks: Benches, account: Account, action: Action
) -> None:
    outgoing = FakeOutgoing()
    desks.clients = len(COMMANDS) + 1
    bench = desks.desk(None, outgoing, mailbox=account.settings())
    for number, command in enumerate(COMMANDS):
        account.receive(company.problem(number))
        account.proxy.faults.append(Fault(Way.TO_SERVER, command, action))
        account.proxy.cut_all()  # so that the login, too, is said again
        bench.steps_until_done()
        happened = [fault.where for fault in account.proxy.happened]
        assert command in happened, f"{command!r} was not said"
        account.proxy.faults.clear()
    assert _is_done_once(bench, outgoing, len(COMMANDS))
    assert (account.lying_in("INBOX"), account.lying_in("Desk/Done")) == (0, len(COMMANDS))


def test_a_mail_that_comes_in_half_before_the_connection_is_cut_is_fetched_again(
    desks: Benches, account: Account
) -> None:
    outgoing = FakeOutgoing()
    bench = desks.desk(None, outgoing, mailbox=account.settings())
    account.receive(company.problem(1), company.problem(2))
    account.proxy.faults.append(Fault(Way.TO_CLIENT, rb"our banner", Action.CUT))
    assert bench.steps_until_done() == 1
    assert _is_done_once(bench, outgoing, 2)


def test_too_many_connections_are_waited_out(desks: Benches, account: Account) -> None:
    outgoing = FakeOutgoing()
    bench = desks.desk(None, outgoing, mailbox=account.settings())
    account.receive(company.problem(1))
    with ExitStack() as others:
        for _ in range(10):  # mail_max_userip_connections of tests/servers.py
            others.enter_context(account.other())
        with pytest.raises(TryAgain):
            bench.step()
    bench.steps_until_done()
    assert _is_done_once(bench, outgoing, 1)


def test_a_connection_that_is_cut_while_the_desk_waits_for_mail_is_made_anew(desks: Benches, account: Account) -> None:
    outgoing = FakeOutgoing()
    bench = desks.desk(None, outgoing, mailbox=account.settings())
    bench.step()
    account.proxy.faults.append(Fault(Way.TO_SERVER, rb"IDLE", Action.CUT_AFTER))
    with pytest.raises(TryAgain):
        bench.intake.wait()
    account.receive(company.problem(1))
    bench.step()
    assert _is_done_once(bench, outgoing, 1)


def test_the_server_is_never_asked_for_the_body_of_a_mail_that_is_too_big(desks: Benches, account: Account) -> None:
    heard: list[bytes] = []
    account.proxy.edit = lambda data: heard.append(data) or data  # type: ignore[func-returns-value]
    bench = desks.desk(None, mailbox=account.settings())
    account.receive(company.heavy(1, 30_000_000), company.problem(2))
    bench.step()
    bench.step()
    assert bench.kinds() == {"too big": 1, "issue": 1}
    said = b"".join(heard)
    assert b"our banner" in said
    assert b"a dull coordinator" not in said
    assert account.lying_in("Desk/Held") == 1
