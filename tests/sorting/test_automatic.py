from __future__ import annotations

from datetime import timedelta

import pytest

from mailbot.message.model import Message
from mailbot.records.known import known_beforehand
from mailbot.sorting.automatic import DETECTORS, automatic, machine_signs
from mailbot.sorting.model import AutomaticKind
from tests.sorting.world import DANA, DESK, from_staff, known, letter, mail

REPORT = 'Content-Type: multipart/report; boundary="b"; report-type='


def kind_of(message: Message) -> AutomaticKind | None:
    """The kind that was found; with every mail it is seen that no detector was passed over which would have spoken, and
    that the mail's own signs say the same before the records were asked."""
    found = automatic(message, known())
    assert (found is not None) is any(detector(message, known()) for detector in DETECTORS)
    signs = machine_signs(message, known_beforehand(DESK))
    assert (found is not None) is signs.mean_a_machine(message.date, known())
    assert automatic(message, known(), signs) == found
    return found.kind if found else None


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        (("From: Desk <desk@harbourpine.example>",), AutomaticKind.OWN),
        (("From: sales+n-0412-9kq2x7m3ab@harbourpine.example",), AutomaticKind.OWN),
        (("X-Loop: desk@harbourpine.example",), AutomaticKind.OWN),
        (("Message-ID: <n-0412-9kq2x7m3ab@desk.harbourpine.example>",), AutomaticKind.OWN),
        (("Message-ID: <abc@harbourpine.example>",), AutomaticKind.OWN),
        ((REPORT + "delivery-status",), AutomaticKind.BOUNCE),
        ((REPORT + "disposition-notification",), AutomaticKind.RECEIPT),
        ((REPORT + "feedback-report",), AutomaticKind.FEEDBACK),
        ((REPORT + "tlsrpt",), AutomaticKind.FEEDBACK),
        (("X-Failed-Recipients: karen@southstar.example",), AutomaticKind.BOUNCE),
        (("From: MAILER-DAEMON@mx.southstar.example",), AutomaticKind.BOUNCE),
        (("From: post_master@southstar.example",), AutomaticKind.BOUNCE),
        (("From: Mail Delivery System <mx@southstar.example>",), AutomaticKind.BOUNCE),
        (("From: <>",), AutomaticKind.BOUNCE),
        (("Return-Path: <MAILER-DAEMON@mx.southstar.example>",), AutomaticKind.BOUNCE),
        (("Return-Path: <MAILER-DAEMON>",), AutomaticKind.BOUNCE),
        (("Return-Path: <owner-news@client.example>",), AutomaticKind.LIST),
        (("Return-Path: <news-request@client.example>",), AutomaticKind.LIST),
        (("Auto-Submitted: (vacation) auto-replied",), AutomaticKind.AUTO_REPLY),
        (("Auto-Submitted: (vacation auto-replied", "Auto-Submitted: auto-generated"), AutomaticKind.MACHINE),
        (("Subject: Report Domain: harbourpine.example Submitter: mail.example Report-ID: 7",), AutomaticKind.FEEDBACK),
        (("TLS-Report-Domain: harbourpine.example",), AutomaticKind.FEEDBACK),
        (("Auto-Submitted: auto-replied",), AutomaticKind.AUTO_REPLY),
        (("Auto-Submitted: auto-replied (vacation); owner-email=x@client.example",), AutomaticKind.AUTO_REPLY),
        (("Auto-Submitted: no", "Auto-Submitted: auto_replied"), AutomaticKind.AUTO_REPLY),
        (("Auto-Submitted: auto-generated",), AutomaticKind.MACHINE),
        (("Auto-Submitted: auto-generated", "In-Reply-To: <a@harbourpine.example>"), AutomaticKind.AUTO_REPLY),
        (("Auto-Submitted: something-new",), AutomaticKind.MACHINE),
        (("X-Autoreply: yes",), AutomaticKind.AUTO_REPLY),
        (("X-Autorespond: 1",), AutomaticKind.AUTO_REPLY),
        (("Precedence: auto_reply",), AutomaticKind.AUTO_REPLY),
        (("X-POST-MessageClass: 9; Autoresponder",), AutomaticKind.AUTO_REPLY),
        (("Content-Type: text/calendar; method=REPLY",), AutomaticKind.MACHINE),
        (("List-Id: <trade.lists.example>",), AutomaticKind.LIST),
        (("List-Unsubscribe: <mailto:off@lists.example>",), AutomaticKind.LIST),
        (("Precedence: list",), AutomaticKind.LIST),
        (("Precedence: bulk",), AutomaticKind.MACHINE),
        (("Precedence: junk",), AutomaticKind.MACHINE),
        (("X-Auto-Response-Suppress: DR, RN, All",), AutomaticKind.MACHINE),
        (("X-FC-MachineGenerated: true",), AutomaticKind.MACHINE),
        (("RT-Loop-Prevention: tickets.client.example",), AutomaticKind.MACHINE),
        (("From: noreply@client.example",), AutomaticKind.MACHINE),
        (("From: Shop <orders-no-reply@client.example>",), AutomaticKind.MACHINE),
        (("From: do_not_reply+7@client.example",), AutomaticKind.MACHINE),
        (("From: nicht-antworten@client.example",), AutomaticKind.MACHINE),
        (("Return-Path: <>",), AutomaticKind.MACHINE),
        (("Return-Path: <>", "In-Reply-To: <a@harbourpine.example>"), AutomaticKind.AUTO_REPLY),
        (("Received: from a.example by b.example; Tue, 4 Nov 2025",) * 51, AutomaticKind.MACHINE),
    ],
)
def test_a_machine_is_known_by_its_header(fields: tuple[str, ...], kind: AutomaticKind) -> None:
    assert kind_of(mail(*fields)) is kind


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("From: Desk <desk@client.example>",),
        ("X-Loop: pat@client.example",),
        ("Message-ID: <n-0412-9kq2x7m3ab@client.example>",),
        ("Message-ID: <20251104.4A@mx.harbourpine.example>",),
        ("Content-Type: multipart/mixed; boundary=b",),
        ("From: Postmaster General <pat@client.example>",),
        ("Auto-Submitted: no",),
        ("Auto-Submitted: no (written by hand)",),
        ("X-Autoreply: no",),
        ("Precedence: first-class",),
        ("Content-Type: text/calendar; method=REQUEST",),
        ("List-Id: <desk.harbourpine.example>", "List-Post: <mailto:desk@harbourpine.example>", "Precedence: list"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply",),
        ("X-MS-Exchange-Inbox-Rules-Loop: pat@client.example",),
        ("From: Nora Plyer <no.plyer@client.example>",),
        ("From: notary@client.example",),
        ("Return-Path: <pat@client.example>",),
        ("Return-Path: <pat.request@client.example>",),
        ("Auto-Submitted: (by hand) no (not auto-replied)",),
        ("Received: from a.example by b.example; Tue, 4 Nov 2025",) * 12,
        ("Importance: high", "X-Mailer: Apple Mail (2.3826)"),
    ],
)
def test_what_peoples_own_mail_carries_is_no_sign_of_a_machine(fields: tuple[str, ...]) -> None:
    assert automatic(mail(*fields), known()) is None


def test_a_member_of_the_staff_has_our_domain_in_the_message_id() -> None:
    assert automatic(from_staff(DANA, "Message-ID: <bro@harbourpine.example>"), known(DANA)) is None


def test_a_letter_of_ours_is_known_by_its_message_id_wherever_it_was_made() -> None:
    ours = letter()
    message = mail(f"Message-ID: <{ours.message_id}>")
    found = automatic(message, known(letters=(ours,)))
    assert found is not None
    assert found.kind is AutomaticKind.OWN


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your free banner",
        "AUTOMATIC REPLY: Your free banner",
        "Automatische Antwort: Ihr Messerabatt",
        "Abwesenheitsnotiz: Ihr Messerabatt",
        "Out of Office: Your free banner",
        "Out of office",
        "Out of the Office - back on Monday",
        "[Auto-Reply] Your free banner",
        "OOO: Your free banner",
        "AUTO: Ellen Marsh is out of the office (returning 11/14/2025)",
        "Réponse automatique : Votre bannière",
        "Respuesta automática: Su anuncio",
        "Risposta automatica: Il tuo annuncio",
        "Automatisch antwoord: Uw advertentie",
        "Automatiskt svar: Din annons",
        "Autosvar: Din annonse",
        "Resposta automática: O seu anúncio",
        "Odpowiedź automatyczna: reklama",
        "Automatická odpověď: inzerát",
        "Automaattinen vastaus: mainos",
        "Автоматический ответ: реклама",
        "Otomatik yanıt: ilan",
        "自動応答: 広告",
        "自动回复: 广告",
        "Abwesend: Ihr Messerabatt",
        "Fuori sede: annuncio",
    ],
)
def test_an_auto_reply_is_known_by_its_subject_in_many_languages(subject: str) -> None:
    assert kind_of(mail(f"Subject: {subject}")) is AutomaticKind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply: Your free banner",
        "Question about your automatic reply",
        "Out of office space for the show",
        "Auto parts advertisement",
        "Away games in the October issue",
        "Absence of our logo on page 12",
        "Vacation homes special",
        "WG: Automatische Antwort: Ihr Messerabatt",
        "Urlaubsmagazin, Anzeige",
    ],
)
def test_a_subject_that_only_speaks_of_such_things_is_a_persons(subject: str) -> None:
    assert automatic(mail(f"Subject: {subject}"), known()) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Undelivered Mail Returned to Sender",
        "Delivery Status Notification (Failure)",
        "Undeliverable: Your free banner",
        "Unzustellbar: Ihr Messerabatt",
        "failure notice",
        "Returned mail: see transcript for details",
    ],
)
def test_a_bounce_is_known_by_its_subject(subject: str) -> None:
    assert kind_of(mail(f"Subject: {subject}")) is AutomaticKind.BOUNCE


@pytest.mark.parametrize(
    "subject", ["Fwd: Undelivered Mail Returned to Sender", "Delivery failure of 150 brochures", "Undeliverable boxes"]
)
def test_a_forwarded_bounce_is_a_persons_mail(subject: str) -> None:
    assert automatic(mail(f"Subject: {subject}"), known()) is None


@pytest.mark.parametrize(
    "text",
    [
        "This account is protected by MailGate. Please click on the link below.",
        "Your message has been held. To have it released, click here and confirm.",
        "Please confirm that you are a real person by replying to this mail.",
        "Click this link to be added to my allowed list.",
    ],
)
def test_a_challenge_wants_a_proof(text: str) -> None:
    assert kind_of(mail(text=text)) is AutomaticKind.CHALLENGE


@pytest.mark.parametrize(
    "text",
    [
        "Please confirm the size of our ad.",
        "Can you add me to your list of partners?",
        "Our booth is held until Friday.",
    ],
)
def test_an_ordinary_request_to_confirm_is_no_challenge(text: str) -> None:
    assert automatic(mail(text=text), known()) is None


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Ticket 12 received", "We are on it."),
        ("[#55812] Request received", "We are on it."),
        ("Re: Case #881234: has been created", "Hello"),
        ("Eingangsbestätigung", "Guten Tag"),
        ("Hello", "Your request #55812 has been received."),
        ("Hello", "Your request (55812) has been received and is being reviewed by our support staff."),
        ("Hello", "Ihre Anfrage ist bei uns eingegangen. Vorgangsnummer: 2025-4711"),
        ("Hello", "Wir haben Ihre Nachricht erhalten und melden uns schnellstmöglich."),
        ("Hello", "A new ticket T-3391 has been opened for you."),
        ("Hello", "Votre demande n° 4471 a bien été enregistrée. Ticket 4471"),
        ("Hello", "Thank you for contacting us. Our team will get back to you within 24 hours."),
    ],
)
def test_a_ticket_system_without_any_header_is_known_by_its_words(subject: str, text: str) -> None:
    assert kind_of(mail(f"Subject: {subject}", text=text)) is AutomaticKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Issue 12 received damaged", "Half of the copies were wet."),
        ("Re: brochures", "We have received the brochures, thanks."),
        ("Re: your mail", "I have received your mail, give me a day."),
        ("Re: order 5512", "Our order 5512 has not arrived."),
        ("Thanks", "Thanks for your message. I will call you on Friday."),
        ("Ticket for the show", "Can I get 2 tickets for booth 114?"),
        ("Anfrage", "Haben Sie unsere Anfrage vom Montag erhalten? Bitte um Antwort."),
        ("Case study", "Our request is simple: what would 12 months cost?"),
    ],
)
def test_a_person_who_writes_of_requests_and_receipts_is_a_person(subject: str, text: str) -> None:
    assert automatic(mail(f"Subject: {subject}", text=text), known()) is None


@pytest.mark.parametrize(
    "text",
    [
        "This is an automated message.",
        "Please do not reply to this email.",
        "Dies ist eine automatisch erstellte Nachricht.",
        "Bitte antworten Sie nicht auf diese E-Mail.",
        "Ceci est un message automatique.",
    ],
)
def test_a_machine_that_says_so_is_believed(text: str) -> None:
    assert kind_of(mail(text=text)) is AutomaticKind.MACHINE


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for your message. I am out of the office until 14 November. For urgent matters contact Sam.",
        "Vielen Dank für Ihre Nachricht. Ich bin bis 14.11. im Urlaub, Ihre E-Mail wird nicht weitergeleitet.",
    ],
)
def test_an_absence_note_without_any_header_is_known_by_its_words(text: str) -> None:
    assert kind_of(mail(text=text)) is AutomaticKind.AUTO_REPLY


@pytest.mark.parametrize(
    "text",
    [
        "I'm out of the office on Friday, acme corp 12k",
        "Bin bis 14.11. im Urlaub, Vertretung macht Lena.",
        "Frau Schmidt ist nicht mehr für uns tätig, ich bin Ihr neuer Ansprechpartner.",
        "Thanks for your message, Anja no longer works here. I take over.",
    ],
)
def test_a_person_who_says_that_somebody_is_away_is_a_person(text: str) -> None:
    assert automatic(mail(text=text), known()) is None


@pytest.mark.parametrize(
    "text",
    [
        "I am out of the office until Friday.",
        "We have received your message.",
        "Thank you for your message, we will reply soon.",
    ],
)
def test_what_a_person_might_say_is_a_machines_when_it_comes_within_seconds_of_our_letter(text: str) -> None:
    message = mail(text=text)
    soon, next_day = letter(sent=timedelta(seconds=40)), letter(sent=timedelta(hours=20))
    found = automatic(message, known(letters=(next_day, soon)))
    assert found is not None
    assert "40 seconds after Q-0117" in found.why
    assert automatic(message, known(letters=(next_day,))) is None
    assert automatic(message, known(letters=(letter(),))) is None

    signs = machine_signs(message, known_beforehand(DESK))
    assert signs.seen_by is None
    assert signs.mean_a_machine(message.date, known(letters=(next_day, soon)))
    assert not signs.mean_a_machine(message.date, known(letters=(next_day,)))


def test_a_quick_person_is_still_a_person() -> None:
    soon = known(letters=(letter(sent=timedelta(seconds=40)),))
    assert automatic(mail(text="1"), soon) is None
    assert not machine_signs(mail(text="1"), known_beforehand(DESK)).mean_a_machine(mail(text="1").date, soon)


def test_our_own_words_quoted_below_are_not_the_senders() -> None:
    ours = "> This is an automated message.\n> Your request #55812 has been received."
    text = f"1\n\nOn Tue, 4 Nov 2025 at 10:02, Sales Desk <desk@harbourpine.example> wrote:\n{ours}"
    assert automatic(mail("Subject: Re: Your request", text=text), known()) is None


def test_every_sign_is_said_in_words_of_reasonable_length() -> None:
    found = automatic(mail("List-Id: " + "x" * 5000), known())
    assert found is not None
    assert "List-Id" in found.why
    assert len(found.why) <= 300


def test_no_detector_stands_in_the_list_twice() -> None:
    assert len(set(DETECTORS)) == len(DETECTORS)
