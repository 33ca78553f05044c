"""Bounces of providers in many countries, in words of their making that stand in no collection: written for these
tests."""

from __future__ import annotations

from typing import Final

from mailbot.duties.bounces.reports.failure import Outcome, Reason
from tests.duties.bounces.reports.detectors.systems import Said
from tests.duties.bounces.sample_reports import KAREN

_POSTFIX: Final = "This is the mail system at host mx.harbourpine.example.\n\n"

PROVIDERS: Final = (
    Said(
        "Strato, in German",
        f"Ihre Nachricht konnte an den folgenden Empfänger nicht zugestellt werden:\n\n<{KAREN}>: Unbekannter Nutzer\n",
        subject="Unzustellbare Nachricht",
    ),
    Said(
        "T-Online, in German",
        f"""\
|------------------------- Meldungstext: -------------------------|
Die folgende Adresse konnte nicht erreicht werden:

{KAREN}
SMTP-Fehler vom Zielserver nach RCPT TO:<{KAREN}>:
550 Der Speicherplatz des Empfängers ist erschöpft
""",
        ((KAREN, Reason.MAILBOX_FULL),),
        subject="Mail konnte nicht zugestellt werden",
    ),
    Said(
        "T-Online to a server it does not know",
        f"{_POSTFIX}<{KAREN}>: host mx03.t-online.de[194.25.134.73] refused to talk to me:\n"
        "    554 IP=203.0.113.7 - None/bad reputation. Ask your postmaster for help. (NOWL)\n",
        ((KAREN, Reason.BLOCKED),),
    ),
    Said(
        "Exchange Online that waits, in German",
        f"""\
Die Zustellung an diese Empfänger verzögert sich:

{KAREN}

Diese Nachricht wurde noch nicht zugestellt. Der Server wird die Zustellung noch 1 Tag, 19 Stunden versuchen.
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        sender="Microsoft Outlook <MicrosoftExchange329e71ec88ae@southstar.example>",
        subject="Verzögert: Ihr Banner",
    ),
    Said(
        "Proofpoint, by the address of the sending server",
        f"{_POSTFIX}<{KAREN}>: host mxa-00123456.gslb.pphosted.com[148.163.1.1] refused\n"
        "    to talk to me: 554 Blocked - see https://ipcheck.proofpoint.com/?ip=203.0.113.7\n",
        ((KAREN, Reason.BLOCKED),),
    ),
    Said(
        "Zoho, with the code behind the reason",
        f"""\
This message was created automatically by mail delivery software.
 A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

 {KAREN} Reason : Host lookup failed, ERROR CODE :550 - No such domain at this location
""",
        ((KAREN, Reason.NO_SUCH_HOST),),
        sender="mailer-daemon@mail.zoho.eu",
    ),
    Said(
        "iCloud, whose reader moved out",
        f"{_POSTFIX}<{KAREN}>: host mx01.mail.icloud.com[17.57.154.33] said: 550 5.1.6 recipient\n"
        f"    no longer on server: {KAREN} (in reply to RCPT TO command)\n",
    ),
    Said(
        "iCloud, which refuses the letter",
        f"{_POSTFIX}<{KAREN}>: host mx01.mail.icloud.com[17.57.154.33] said: 550 5.7.1 [CS01] Message\n"
        "    rejected due to local policy. (in reply to end of DATA command)\n",
        ((KAREN, Reason.BLOCKED),),
    ),
    Said(
        "an alias service",
        f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {KAREN}
    host mx1.southstar.example [192.0.2.44]
    SMTP error from remote mail server after RCPT TO:<{KAREN}>:
    550 SL E515 Email not exist
""",
    ),
    Said(
        "a provider in France",
        f"""\
Bonjour,

Votre message n'a pas pu être remis au destinataire suivant :

<{KAREN}>

Raison : la boîte de réception du destinataire est pleine.
""",
        ((KAREN, Reason.MAILBOX_FULL),),
        subject="Échec de remise de votre message",
    ),
    Said(
        "a provider in Spain",
        f"Su mensaje no se ha podido entregar a los siguientes destinatarios:\n\n {KAREN}\n\nUsuario no válido.\n",
        subject="Mensaje no entregado: Su banner",
    ),
    Said(
        "a provider in Italy",
        f"""\
Gentile utente, il tuo messaggio non è stato recapitato al seguente destinatario:

    {KAREN}

Motivo: casella di posta inesistente
""",
        subject="Messaggio non recapitato: Il tuo banner",
    ),
    Said(
        "a provider in Japan",
        "以下の宛先へのメールを配信できませんでした。\n\n"
        f"  宛先: <{KAREN}>\n\n  理由: 該当するアドレスがありません。\n",
        subject="メール配信エラーのお知らせ",
    ),
    Said(
        "a provider in Sweden",
        f"Ditt meddelande kunde inte levereras till följande mottagare:\n\n{KAREN}\nMottagarens brevlåda är full.\n",
        ((KAREN, Reason.MAILBOX_FULL),),
        subject="Meddelandet kunde inte levereras",
    ),
    Said(
        "Yandex, which quotes another server",
        f"""\
К сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может
быть отправлено одному или нескольким адресатам.

<{KAREN}>: host mx.southstar.example[192.0.2.9] said: 550 5.7.1 No such user!
    1762243207-AbCdEfGhIj (in reply to RCPT TO command)
""",
        sender="mailer-daemon@yandex.ru",
        subject="Недоставленное сообщение",
    ),
)
