"""Codes and words of mail servers, weighed: which of them pronounce an address dead, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.bounces.reports.diagnosis import diagnose, diagnose_first
from mailbot.duties.bounces.reports.failure import DEATHS, Outcome, Reason
from mailbot.duties.bounces.reports.phrases import PHRASES, SETTLING, WEAK
from mailbot.duties.bounces.reports.plain_words import PhraseBook, plain

FAILED, DELAYED = Outcome.FAILED, Outcome.DELAYED


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        ("5.1.1", "550 5.1.1 User unknown in local recipient table", Reason.NO_SUCH_MAILBOX),
        (
            "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup",
            Reason.NO_SUCH_MAILBOX,
        ),
        ("5.1.2", "Host or domain name not found. Name service error for name=x.example", Reason.NO_SUCH_HOST),
        ("5.4.4", "Unable to route", Reason.NO_SUCH_HOST),
        ("5.1.10", "556 5.1.10 Recipient address has null MX", Reason.NO_SUCH_HOST),
        ("5.0.0", "550 Unknown user", Reason.NO_SUCH_MAILBOX),
        ("5.0.0", "550 no such user here", Reason.NO_SUCH_MAILBOX),
        ("", "551 user not local; please try <new@there.example>", Reason.MOVED),
        ("5.1.6", "", Reason.MOVED),
    ],
)
def test_mailboxes_and_hosts_that_are_said_not_to_exist_are_dead(status: str, words: str, reason: Reason) -> None:
    found = diagnose(status, words, FAILED)
    assert found.reason is reason
    assert found.reason in DEATHS


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        ("5.2.2", "552 5.2.2 Mailbox full", Reason.MAILBOX_FULL),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", Reason.DISABLED),
        ("5.7.1", "554 5.7.1 blocked by RBL", Reason.BLOCKED),
        ("5.7.26", "550-5.7.26 This mail has been blocked because the sender is unauthenticated", Reason.BLOCKED),
        ("5.1.8", "550 5.1.8 bad sender's system address", Reason.BLOCKED),
        ("5.3.4", "552 5.3.4 Message size exceeds fixed limit", Reason.CONTENT),
        ("5.6.0", "554 5.6.0 message content rejected", Reason.CONTENT),
        ("5.4.7", "delivery time expired", Reason.TEMPORARY),
        ("5.0.0", "554 Transaction failed", Reason.UNKNOWN),
        ("5.0.0", "550 Requested action not taken: mailbox unavailable", Reason.UNKNOWN),
        ("", "Name service error for x.example: Host not found, try again", Reason.TEMPORARY),
    ],
)
def test_a_refusal_for_another_reason_is_no_death(status: str, words: str, reason: Reason) -> None:
    found = diagnose(status, words, FAILED)
    assert found.reason is reason
    assert found.reason not in DEATHS


def test_words_that_contradict_a_code_keep_the_address_alive() -> None:
    assert diagnose("5.1.1", "550 5.1.1 mailbox full", FAILED).reason is Reason.MAILBOX_FULL
    assert diagnose("5.1.1", "550 5.1.1 blocked using a block list", FAILED).reason is Reason.BLOCKED
    assert diagnose("5.1.1", "550 5.1.1 check the address and try again", FAILED).reason is Reason.NO_SUCH_MAILBOX


def test_a_server_that_says_that_all_is_well_pronounces_nobody_dead() -> None:
    assert diagnose("5.1.1", "250 2.1.5 Ok", FAILED).reason is Reason.UNKNOWN
    assert diagnose("5.1.1", "550 5.1.1 sorry", FAILED).reason is Reason.NO_SUCH_MAILBOX


def test_a_code_in_the_servers_own_words_is_believed_before_the_status_field() -> None:
    found = diagnose("2.0.0", "452 4.2.2 over quota", FAILED)
    assert (found.reason, found.status, found.reply_code) == (Reason.MAILBOX_FULL, "4.2.2", "452")
    assert diagnose("5.0.0", "550 5.1.1 sorry", FAILED).reason is Reason.NO_SUCH_MAILBOX
    assert diagnose("5.1.1", "554 5.7.1 sorry", FAILED).reason is Reason.BLOCKED


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mailboxfull@southstar.example", "550 <mailboxfull@southstar.example>: sorry"),
        ("mailbox.full@southstar.example", "550 mailbox.full: sorry"),
        ("user-unknown@southstar.example", "550 sorry, user-unknown cannot be reached"),
        ("spam@southstar.example", "550 <spam>: sorry"),
    ],
)
def test_the_words_of_an_address_are_no_evidence(address: str, words: str) -> None:
    assert diagnose("5.0.0", words, FAILED, (address,)).reason is Reason.UNKNOWN


def test_the_mailbox_user_does_not_hide_that_the_user_is_unknown() -> None:
    found = diagnose("5.0.0", "550 <user@southstar.example>: user unknown", FAILED, ("user@southstar.example",))
    assert found.reason is Reason.NO_SUCH_MAILBOX


def test_figures_in_links_and_addresses_of_machines_are_no_codes() -> None:
    words = "554 blocked, see https://block.example/550-5.1.1/?ip=5.1.1.10 from 5.1.1.7"
    found = diagnose("", words, FAILED)
    assert (found.reason, found.status, found.reply_code) == (Reason.BLOCKED, "", "554")


def test_a_delay_without_words_is_temporary_and_a_failure_without_words_unknown() -> None:
    assert diagnose("", "", DELAYED).reason is Reason.TEMPORARY
    assert diagnose("", "", FAILED).reason is Reason.UNKNOWN


def test_a_delivery_has_no_reason_to_fail_whatever_its_diagnostic_says() -> None:
    assert diagnose("2.0.0", "550 5.1.1 user unknown", Outcome.DELIVERED).reason is Reason.DELIVERED


@given(status=st.text(max_size=30), words=st.text(max_size=300), address=st.text(max_size=40))
def test_a_diagnosis_never_raises(status: str, words: str, address: str) -> None:
    assert isinstance(diagnose(status, words, FAILED, (address,)).reason, Reason)


@given(words=st.text(alphabet="aeiou ,.<>@-", max_size=200))
def test_no_death_without_a_code_or_a_phrase(words: str) -> None:
    assert diagnose("5.0.0", words, FAILED).reason not in DEATHS


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("550 5.1.1 sender unknown (in reply to MAIL FROM command)", Reason.BLOCKED),
        (
            "SMTP error after MAIL FROM:<desk@harbourpine.example>: 553 harbourpine.example does not exist",
            Reason.BLOCKED,
        ),
        ("554 refused (in reply to EHLO command)", Reason.BLOCKED),
        ("552 message size exceeds the limit (in reply to MAIL FROM command)", Reason.CONTENT),
        ("550 5.1.1 user unknown (in reply to RCPT TO command)", Reason.NO_SUCH_MAILBOX),
    ],
)
def test_what_is_said_before_the_recipient_is_named_is_no_death_of_the_recipient(words: str, reason: Reason) -> None:
    assert diagnose("", words, FAILED).reason is reason


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("550 unknown user (in reply to end of DATA command)", Reason.BLOCKED),
        ("SMTP error after end of data: 550 user unknown", Reason.BLOCKED),
        ("550 5.1.1 user unknown (in reply to end of DATA command)", Reason.NO_SUCH_MAILBOX),
        ("552 mailbox full (in reply to end of DATA command)", Reason.MAILBOX_FULL),
        ("554 transaction failed (in reply to end of DATA command)", Reason.UNKNOWN),
    ],
)
def test_what_is_said_of_the_whole_letter_is_no_death_of_a_recipient_who_was_taken(words: str, reason: Reason) -> None:
    assert diagnose("", words, FAILED).reason is reason


def test_words_that_many_refusals_carry_count_only_where_nothing_else_says_why() -> None:
    assert diagnose("", "550 try again later", FAILED).reason is Reason.TEMPORARY
    assert diagnose("", "550 user unknown, try again later", FAILED).reason is Reason.NO_SUCH_MAILBOX
    assert diagnose("", "450 4.7.1 try again later", FAILED).reason is Reason.BLOCKED


def test_of_several_words_the_first_that_give_a_reason_are_taken() -> None:
    said = ("550 sorry", "452 4.2.2 mailbox full", "550 5.1.1 user unknown")
    assert diagnose_first("", said, FAILED) == (said[1], diagnose("", said[1], FAILED))
    assert diagnose_first("", ("550 sorry", "that is all"), FAILED)[0] == "550 sorry"
    assert diagnose_first("", (), DELAYED)[1].reason is Reason.TEMPORARY


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Empfänger nicht bekannt", Reason.NO_SUCH_MAILBOX),
        ("Le destinataire est inconnu", Reason.NO_SUCH_MAILBOX),
        ("Dirección de destino incorrecta", Reason.NO_SUCH_MAILBOX),
        ("Indirizzo email errato o inesistente", Reason.NO_SUCH_MAILBOX),
        ("Mottagaren är okänd", Reason.NO_SUCH_MAILBOX),
        ("そのようなユーザーはいません", Reason.NO_SUCH_MAILBOX),
        ("Der Host wurde nicht gefunden", Reason.NO_SUCH_HOST),
        ("Dominio no encontrado", Reason.NO_SUCH_HOST),
        ("L'adresse a changé", Reason.MOVED),
        ("Das Postfach hat seine maximale Größe erreicht", Reason.MAILBOX_FULL),
        ("Le quota du destinataire est dépassé", Reason.MAILBOX_FULL),
        ("De mailbox van de ontvanger is vol", Reason.MAILBOX_FULL),
        ("Dieses Konto wurde gesperrt", Reason.DISABLED),
        ("La cuenta está desactivada", Reason.DISABLED),
        ("Le message est trop volumineux", Reason.CONTENT),
    ],
)
def test_sentences_of_many_languages_are_understood_though_nobody_has_written_them_yet(
    words: str, reason: Reason
) -> None:
    assert diagnose("", words, Outcome.FAILED).reason is reason


@pytest.mark.parametrize(
    "words",
    [
        "550 Sender address does not exist",
        "Die Absenderadresse wurde nicht gefunden",
        "Ihre Domain existiert nicht",
        "L'adresse de l'expéditeur n'existe pas",
        "La dirección del remitente no existe",
        "L'indirizzo del mittente non esiste",
        "De afzender bestaat niet",
        "Avsändaren finns inte",
        "Отправитель не существует",
        "送信者のアドレスが存在しません",
    ],
)
def test_what_is_said_of_the_sender_is_no_death_of_the_recipient_in_any_language(words: str) -> None:
    assert diagnose("", words, Outcome.FAILED).reason is Reason.BLOCKED


@pytest.mark.parametrize("book", [SETTLING, PHRASES, WEAK])
def test_no_phrase_stands_for_two_reasons(book: PhraseBook[Reason]) -> None:
    phrases = [phrase for phrase, _ in book.phrases]
    assert len(phrases) == len(set(phrases))
    assert all(plain(phrase).strip() == phrase and phrase for phrase in phrases)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("550 5.1.1 <x>: Recipient address rejected: User unknown in virtual mailbox table", Reason.NO_SUCH_MAILBOX),
        ("Sorry, no mailbox here by that name. vpopmail (#5.1.1)", Reason.NO_SUCH_MAILBOX),
        ("550 No such recipient here", Reason.NO_SUCH_MAILBOX),
        ("550-5.1.1 The email account that you tried to reach does not exist.", Reason.NO_SUCH_MAILBOX),
        ("550 5.1.1 Adresse d au moins un destinataire invalide. OFR204_416 [416]", Reason.NO_SUCH_MAILBOX),
        ("550 Benutzer unbekannt", Reason.NO_SUCH_MAILBOX),
        ("550 Nieznany użytkownik", Reason.NO_SUCH_MAILBOX),
        ("550 пользователь не найден", Reason.NO_SUCH_MAILBOX),
        ("550 5.1.0 Address rejected.", Reason.NO_SUCH_MAILBOX),
        ("550 5.4.1 [x@southstar.example]: Recipient address rejected: Access denied", Reason.NO_SUCH_MAILBOX),
        ("554 5.7.1 <x>: Recipient address rejected: Access denied", Reason.BLOCKED),
        ("all relevant MX records point to non-existent hosts", Reason.NO_SUCH_HOST),
        ("Sorry, I couldn't find any host named southstar.example. (#5.1.2)", Reason.NO_SUCH_HOST),
        ("No MX record found for domain=southstar.example", Reason.NO_SUCH_HOST),
        ("550 5.4.310 DNS domain southstar.example does not exist", Reason.NO_SUCH_HOST),
        ("552 5.2.2 The user's mailfolder is full", Reason.MAILBOX_FULL),
        ("maildir delivery failed: userdisk quota exceeded", Reason.MAILBOX_FULL),
        ("522 Postfach ist voll", Reason.MAILBOX_FULL),
        ("552 no", Reason.MAILBOX_FULL),
        ("550 5.2.1 account is inactive", Reason.DISABLED),
        ("525 5.7.13 Disabled recipient address", Reason.DISABLED),
        ("550 5.1.6 Destination mailbox has moved", Reason.MOVED),
        ("550-5.7.1 our system has detected an unusual rate of unsolicited mail", Reason.BLOCKED),
        ("554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.example", Reason.BLOCKED),
        ("554 IP=192.0.2.4 - A problem occurred. (Ask your postmaster for help)", Reason.BLOCKED),
        ("550 5.7.26 sending domain does not pass DMARC", Reason.BLOCKED),
        ("550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized", Reason.BLOCKED),
        ("host mx refused to talk to me: 554 no", Reason.BLOCKED),
        ("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", Reason.BLOCKED),
        ("550 5.3.4 ROUTING.SizeLimit; message size exceeds fixed maximum message size", Reason.CONTENT),
        ("554 5.7.1 This message has been identified as spam", Reason.CONTENT),
        ("550 5.7.1 virus detected", Reason.CONTENT),
        ("500 Line limit exceeded", Reason.CONTENT),
        ("550 4.4.7 QUEUE.Expired; message expired", Reason.TEMPORARY),
        ("Connection refused by mx.southstar.example", Reason.TEMPORARY),
        ("lost connection with mx while performing the HELO handshake", Reason.TEMPORARY),
        ("554 5.4.14 Hop count exceeded - possible mail loop", Reason.TEMPORARY),
        ("procmail: Couldn't create /var/mail/x: No such user", Reason.TEMPORARY),
        ("450 4.2.0 Greylisted, see http://postgrey.example", Reason.TEMPORARY),
    ],
)
def test_the_answers_of_well_known_servers_give_their_reasons(words: str, reason: Reason) -> None:
    assert diagnose("", words, FAILED).reason is reason
