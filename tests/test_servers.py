"""The servers that other tests rely on: they come up, they answer, they go."""

from __future__ import annotations

import imaplib
import smtplib
import socket

import pytest
from sqlalchemy import create_engine, text

from tests.servers import PASSWORD, Dovecot, Postfix, PostgreSQL, program, running_dovecot, running_postfix


def test_a_program_that_is_not_installed_is_none() -> None:
    assert program("no-such-program-anywhere") is None


@pytest.mark.dovecot
def test_dovecot_knows_its_accounts_and_no_others(dovecot: Dovecot) -> None:
    with imaplib.IMAP4("127.0.0.1", dovecot.imap_port) as client:
        with pytest.raises(imaplib.IMAP4.error):
            client.login("nobody@harbourpine.example", PASSWORD)
        client.login(dovecot.new_user(), PASSWORD)
        assert client.select("INBOX") == ("OK", [b"0"])


@pytest.mark.dovecot
def test_dovecot_is_gone_when_its_block_ends() -> None:
    with running_dovecot() as server, imaplib.IMAP4("127.0.0.1", server.imap_port) as client:
        port = server.imap_port
        client.login(server.new_user(), PASSWORD)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.postfix
def test_postfix_is_gone_when_its_block_ends(dovecot: Dovecot) -> None:
    with running_postfix(dovecot) as server:
        port = server.smtp_port
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.postfix
def test_postfix_takes_a_mail_for_the_desk_and_refuses_where_it_is_told_to(postfix: Postfix) -> None:
    with smtplib.SMTP("127.0.0.1", postfix.smtp_port) as client:
        assert client.mail("dana@harbourpine.example")[0] == 250
        assert client.rcpt("refused@harbourpine.example")[0] == 550
        assert client.rcpt("desk@harbourpine.example")[0] == 250


@pytest.mark.postgresql
def test_each_new_database_of_postgresql_is_empty_and_writes_through(postgresql: PostgreSQL) -> None:
    first, second = create_engine(postgresql.new_database()), create_engine(postgresql.new_database())
    with first.begin() as connection:
        connection.execute(text("create table seen (id int)"))
        assert connection.execute(text("show fsync")).scalar() == "on"
    with second.begin() as connection:
        tables = connection.execute(text("select count(*) from pg_tables where schemaname = 'public'")).scalar()
        assert tables == 0
    first.dispose()
    second.dispose()


@pytest.mark.postgresql
def test_a_copy_of_a_postgresql_database_is_a_database_of_its_own(postgresql: PostgreSQL) -> None:
    first = postgresql.new_database()
    model = create_engine(first)
    with model.begin() as connection:
        connection.execute(text("create table seen (id int)"))
    model.dispose()
    one, other = create_engine(postgresql.new_database(like=first)), create_engine(postgresql.new_database(like=first))
    with one.begin() as connection:
        connection.execute(text("insert into seen values (1)"))
    with other.begin() as connection:
        assert connection.execute(text("select count(*) from seen")).scalar() == 0
    one.dispose()
    other.dispose()
