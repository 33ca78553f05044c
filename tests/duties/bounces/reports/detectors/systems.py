"""Bounces without a delivery report in the shapes that mail systems give them, written for these tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mailbot.duties.bounces.reports.failure import Outcome, Reason
from tests.duties.bounces.sample_reports import DESK, GIL, KAREN, in_words

Expected = tuple[str, Reason]

_GONE = ((KAREN, Reason.NO_SUCH_MAILBOX),)
_FULL = ((KAREN, Reason.MAILBOX_FULL),)
_BOTH = ((KAREN, Reason.NO_SUCH_MAILBOX), (GIL, Reason.MAILBOX_FULL))


@dataclass(frozen=True, slots=True)
class Said:
    """What one mail system writes, and what is to be read in it."""

    system: str
    text: str
    expected: tuple[Expected, ...] = _GONE
    outcome: Outcome = Outcome.FAILED
    sender: str = "MAILER-DAEMON@mx.southstar.example"
    subject: str = "failure notice"

    def __str__(self) -> str:
        return self.system

    @property
    def raw(self) -> bytes:
        return in_words(self.text, sender=self.sender, subject=self.subject, headers=())


LETTER: Final = f"""\
Received: from desk.harbourpine.example by mx.southstar.example; Tue, 4 Nov 2025 09:00:05 -0500
From: Sales Desk <{DESK}>
To: {KAREN}
Subject: ask lena@harbourpine.example about 550 no such user

Hello Karen, ...
"""

SYSTEMS: Final = (
    Said(
        "Postfix",
        f"""\
This is the mail system at host mx.harbourpine.example.

<{KAREN}>: host mx.southstar.example[203.0.113.9] said: 550 5.1.1
    <{KAREN}>: Recipient address rejected: User unknown (in reply to RCPT TO command)

<{GIL}>: host mx.southstar.example[203.0.113.9] said: 452 4.2.2 Over quota
""",
        _BOTH,
    ),
    Said(
        "qmail",
        f"""\
Hi. This is the qmail-send program at mx.southstar.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{KAREN}>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{LETTER}""",
    ),
    Said(
        "qmail to a host that is gone",
        f"""\
Hi. This is the qmail-send program at mx.southstar.example.
<{KAREN}>:
Sorry, I couldn't find any host named southstar.example. (#5.1.2)
""",
        ((KAREN, Reason.NO_SUCH_HOST),),
    ),
    Said(
        "Exim",
        f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {KAREN}
    SMTP error from remote mail server after RCPT TO:<{KAREN}>:
    host mx.southstar.example [203.0.113.9]: 550 No Such User Here
  {GIL}
    mailbox is full: retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

{LETTER}""",
        _BOTH,
        subject="Mail delivery failed: returning message to sender",
    ),
    Said(
        "Exim with a hidden address",
        f"""\
A message that you sent could not be delivered to one or more of its
recipients. The following address(es) failed:

  an undisclosed address
    (generated from {KAREN})
    Unrouteable address
""",
        ((KAREN, Reason.NO_SUCH_HOST),),
    ),
    Said(
        "Exim that still tries",
        f"""\
This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on mx.harbourpine.example.

  {KAREN}
    Delay reason: connection timed out

No action is required on your part. Delivery attempts will continue for
some time, and this warning may be repeated at intervals.
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        subject="Warning: message 1abc delayed 24 hours",
    ),
    Said(
        "Sendmail 8",
        f"""\
The original message was received at Tue, 4 Nov 2025 09:00:05 -0500
from desk.harbourpine.example [192.0.2.4]

   ----- The following addresses had permanent fatal errors -----
<{KAREN}>
    (reason: 550 5.1.1 <{KAREN}>... User unknown)
<{GIL}>
    (reason: 552 5.2.2 Mailbox full)

   ----- Transcript of session follows -----
... while talking to mx.southstar.example.:
>>> RCPT To:<{KAREN}>
<<< 550 5.1.1 <{KAREN}>... User unknown
""",
        _BOTH,
        subject="Returned mail: see transcript for details",
    ),
    Said(
        "Sendmail 5",
        f"""\
   ----- Transcript of session follows -----
While talking to mx.southstar.example:
>>> RCPT To:<{KAREN}>
<<< 550 Requested user mailbox not found.
550 <{KAREN}>... User unknown
554 <{GIL}>... 550 Host unknown (Authoritative answer from name server)

   ----- Unsent message follows -----
{LETTER}""",
        ((KAREN, Reason.NO_SUCH_MAILBOX), (GIL, Reason.NO_SUCH_HOST)),
        subject="Returned mail: User unknown",
    ),
    Said(
        "Exchange 5.5",
        f"""\
Your message

  To:      somebody
  Subject: Your free banner
  Sent:    Tue, 4 Nov 2025 09:00:05 -0500

did not reach the following recipient(s):

{KAREN} on Tue, 4 Nov 2025 09:00:07 -0500
    The recipient name is not recognized
\tThe MTS-ID of the original message is: c=us;a= ;p=southstar;l=MX0
    MSEXCH:IMS:SOUTHSTAR:MX:MX 0 (000C05A6) Unknown Recipient
{GIL} on Tue, 4 Nov 2025 09:00:07 -0500
    The recipient's mailbox is full
""",
        _BOTH,
        sender="System Administrator <postmaster@southstar.example>",
        subject="Undeliverable: Your free banner",
    ),
    Said(
        "Exchange 2010",
        f"""\
Delivery has failed to these recipients or groups:

Karen Holt ({KAREN})
The e-mail address you entered couldn't be found. Please check the recipient's
e-mail address and try to resend the message.

Diagnostic information for administrators:

Generating server: mx.southstar.example

{KAREN}
#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;{KAREN}

Original message headers:

{LETTER}""",
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Undeliverable: Your free banner",
    ),
    Said(
        "Exchange in German",
        f"""\
Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

Karen Holt ({KAREN})
Die eingegebene E-Mail-Adresse konnte nicht gefunden werden. Überprüfen Sie die
E-Mail-Adresse des Empfängers.
""",
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Unzustellbar: Ihr kostenloses Banner",
    ),
    Said(
        "Exchange in French",
        f"""\
Échec de la remise pour ces destinataires ou groupes :

Karen Holt ({KAREN})
La boîte aux lettres du destinataire est pleine et ne peut pas accepter de messages.
""",
        _FULL,
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Non remis : votre bannière",
    ),
    Said(
        "Exchange Online",
        f"""\
Your message to {KAREN} couldn't be delivered.

karen.holt wasn't found at southstar.example.

desk   Office 365   karen.holt
Action Required   Recipient
Unknown To address
""",
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Undeliverable: Your free banner",
    ),
    Said(
        "Outlook.com",
        f"""\
This is an automatically generated Delivery Status Notification.

Delivery to the following recipients failed.

       {KAREN}

Remote Server returned '550 5.1.1 The user you are trying to contact is unknown'
""",
        sender="postmaster@southstar.example",
        subject="Delivery Status Notification (Failure)",
    ),
    Said(
        "Gmail of old",
        f"""\
Delivery to the following recipient failed permanently:

     {KAREN}

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain.
The error that the other server returned was: 550 5.1.1 User unknown

----- Original message -----

{LETTER}""",
        subject="Delivery Status Notification (Failure)",
    ),
    Said(
        "Gmail of today",
        f"""\
** Address not found **

Your message wasn't delivered to {KAREN} because the address couldn't be found, or is unable to receive mail.

Learn more here: https://support.google.example/mail/?p=NoSuchUser
""",
        subject="Delivery Status Notification (Failure)",
    ),
    Said(
        "Yahoo",
        f"""\
Sorry, we were unable to deliver your message to the following address.

<{KAREN}>:
Remote host said: 554 delivery error: dd This user doesn't have an account here [0] [RCPT_TO]

--- Below this line is a copy of the message.

{LETTER}""",
        subject="Failure Notice",
    ),
    Said(
        "AOL",
        """\
Sorry desk@harbourpine.example. Your mail to the following recipients could not be delivered because \
they are not accepting mail from you:
\tkarenholt77
\tgil_star
""",
        (("karenholt77@southstar.example", Reason.BLOCKED), ("gil_star@southstar.example", Reason.BLOCKED)),
        sender="Mail Delivery Subsystem <MAILER-DAEMON@southstar.example>",
        subject="Mail Delivery Problem",
    ),
    Said(
        "Domino",
        f"""\
Your message

  Subject: Your free banner

was not delivered to:

  {KAREN}

because:

  User karen.holt ({KAREN}) not listed in Domino Directory
""",
        sender="Postmaster@southstar.example",
        subject="DELIVERY FAILURE: User karen.holt not listed in Domino Directory",
    ),
    Said(
        "Notes",
        f"""\
------- Failure Reasons  --------

User not listed in public Name & Address Book
{KAREN}

------- Returned Message --------
{LETTER}""",
        sender="postmaster@southstar.example",
        subject="Undeliverable message",
    ),
    Said(
        "GroupWise",
        f"""\
The message that you sent was undeliverable to the following:
\t{KAREN} (Mailbox full)
\t{GIL} (user not found)
""",
        ((KAREN, Reason.MAILBOX_FULL), (GIL, Reason.NO_SUCH_MAILBOX)),
        sender="Mail System <postmaster@southstar.example>",
        subject="Message status - undeliverable",
    ),
    Said(
        "Courier",
        f"""\
This is a delivery status notification from mx.southstar.example,
running the Courier mail server, version 1.2.

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<{KAREN}>:
    mx.southstar.example [203.0.113.9]:
>>> RCPT TO:<{KAREN}>
<<< 550 5.1.1 User Unknown

---------------------------------------------------------------------------

If your message was also sent to additional recipients, their delivery
status is not included in this report.
""",
        sender='"Courier mail server at mx.southstar.example" <postmaster@southstar.example>',
        subject="NOTICE: mail delivery status.",
    ),
    Said(
        "OpenSMTPD",
        f"""\
    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

{KAREN}: 550 5.2.2 <{KAREN}>... Mailbox Full

    Below is a copy of the original message:

{LETTER}""",
        _FULL,
        subject="Delivery status notification",
    ),
    Said(
        "OpenSMTPD that still tries",
        f"""\
    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    A message is delayed for more than 4 hours for the following
    list of recipients:

{KAREN}: Network error on destination MXs
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        subject="Delivery status notification: warning",
    ),
    Said(
        "DragonFly",
        f"""\
This is the DragonFly Mail Agent v0.13 at mx.harbourpine.example.

There was an error delivering your mail to <{KAREN}>.

mx.southstar.example [203.0.113.9] did not like our RCPT TO:
550 5.1.1 <{KAREN}>: Recipient address rejected: User unknown

Original message follows.

{LETTER}""",
        sender="MAILER-DAEMON <>",
        subject="Mail delivery failed",
    ),
    Said(
        "Mail.ru",
        f"""\
Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:

**********************

{KAREN}
    user not found
""",
        subject="Mail failure.",
    ),
    Said(
        "Zoho",
        f"""\
This message was created automatically by mail delivery software.
A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

{KAREN} Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 User Unknown


Received:from mail.harbourpine.example by mx.southstar.example
""",
        subject="Undelivered Mail Returned to Sender",
    ),
    Said(
        "Zoho that still tries",
        f"""\
THIS IS A WARNING MESSAGE ONLY.

YOU DO NOT NEED TO RESEND YOUR MESSAGE.

----- The following addresses had fatal errors -----
[Status: Error, Address: <{KAREN}>, ResponseCode 421, , Host not reachable.]

Message will be retried for 4 more day(s)
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        subject="Mail Delivery Status Notification (Delay)",
    ),
    Said(
        "X1",
        f"""\
The original message was received at Tue, 4 Nov 2025 09:00:05 -0500
from {DESK}

---The following addresses had delivery errors---

{KAREN} [User unknown]
""",
    ),
    Said(
        "James",
        f"""\
Hi. This is the James mail server at mx.southstar.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out. Below
I include the list of recipients and the reason why I was unable to deliver
your message.

Failed recipient(s):
{KAREN}

Error message:
550 - Requested action not taken: no such user here
""",
        sender="postmaster@southstar.example",
        subject="Re:Your free banner",
    ),
    Said(
        "KDDI",
        f"""\
Your mail sent on: Tue, 4 Nov 2025 09:00:05 -0500
    Could not be delivered to: <{KAREN}>
    As their mailbox is full.
""",
        _FULL,
        subject="Mail delivery failed",
    ),
    Said(
        "EZweb",
        f"""\
次のあて先へのメッセージはエラーのため送信できませんでした。

The user(s) account is disabled.

<{KAREN}>: 550 user unknown
""",
        sender="Postmaster@southstar.example",
        subject="Mail System Error - Returned Mail",
    ),
    Said(
        "mFilter",
        f"""\
このメールは自動的に生成して送信しています。

以下のメールアドレスへの送信に失敗しました。
{KAREN}

-------server message
550 5.1.1 unknown user <{KAREN}>

-------SMTP command
RCPT

-------original mail info
From: {DESK}
""",
        sender="postmaster@southstar.example",
    ),
    Said(
        "GMX and 1&1",
        f"""\
This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

"{KAREN}":
SMTP error from remote server after RCPT command:
host: mx.southstar.example
5.1.1 User Unknown

--- The header of the original message is following. ---

{LETTER}""",
        sender="Mail Delivery System <mailer-daemon@southstar.example>",
        subject="Mail delivery failed: returning message to sender",
    ),
    Said(
        "IMail",
        f"Invalid final delivery userid: {KAREN}\n\n\nOriginal message follows.\n\n{LETTER}",
        sender="Postmaster <postmaster@southstar.example>",
        subject="Undeliverable Mail",
    ),
    Said(
        "SmarterMail",
        f"""\
Could not deliver message to the following recipient(s):

Failed Recipient: {KAREN}
Reason: Remote host said: 550 unknown user <{KAREN}>

   -- The header and top 20 lines of the message follows --

{LETTER}""",
        sender='"System Administrator"@southstar.example',
        subject="Delivery Failure",
    ),
    Said(
        "MDaemon",
        f"""\
The attached message had PERMANENT fatal delivery errors!

YOUR MESSAGE WAS NOT DELIVERED TO ONE OR MORE RECIPIENTS!

--- Session Transcript ---
 Tue 2025-11-04 09:00:05: --> RCPT To:<{KAREN}>
 Tue 2025-11-04 09:00:06: <-- 550 5.1.1 no such account
 Tue 2025-11-04 09:00:06: --> QUIT
--- End Transcript ---
""",
        sender="MDaemon@southstar.example",
        subject="Permanent Delivery Failure",
    ),
    Said(
        "CommuniGate",
        f"""\
Failed to deliver to '{KAREN}'
SMTP module(domain southstar.example) reports:
 host mx.southstar.example says:
 550 5.1.1 unknown user account
""",
        subject="Undeliverable mail: Your free banner",
    ),
    Said(
        "Sun Messaging Server",
        f"""\
This report relates to a message you sent with the following header fields:

  Message-id: <1@harbourpine.example>
  From: Sales Desk <{DESK}>
  To: {KAREN}

Your message cannot be delivered to the following recipients:

  Recipient address: {KAREN}
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.1.1 unknown or illegal alias: {KAREN}
""",
        sender="Internet Mail Delivery <postmaster@southstar.example>",
        subject="Delivery Notification: Delivery has failed",
    ),
    Said(
        "InterMail",
        f"""\
This Message was undeliverable due to the following reason:

Your message was not delivered because the destination computer was
not reachable within the allowed queue period.

The following recipients did not receive your message:

     <{KAREN}>

Please reply to Postmaster@southstar.example
if you feel this message to be in error.
""",
        ((KAREN, Reason.TEMPORARY),),
        sender="Mail Administrator <Postmaster@southstar.example>",
        subject="Mail System Error - Returned Mail",
    ),
    Said(
        "MailMarshal",
        f"""\
Your message:
   From:    {DESK}
   Subject: Your free banner

Could not be delivered because of

550 5.1.1 User unknown

The following recipients were affected:
    {KAREN}
""",
        sender="postmaster@southstar.example",
        subject="Undeliverable Mail: Your free banner",
    ),
    Said(
        "WebShield",
        f"""\
   --- The following addresses had delivery problems ---

<{KAREN}>   (User unknown {KAREN})

----- Original Message -----
{LETTER}""",
        sender="Mail Delivery Subsystem <MAILER-DAEMON@southstar.example>",
        subject="Delivery Status",
    ),
    Said(
        "InterScan",
        f"""\
****** Message from InterScan Messaging Security Suite ******

Sent <<< RCPT TO:<{KAREN}>
Received >>> 550 5.1.1 unknown user.

Unable to deliver message to <{KAREN}> (and other recipients in the same domain).
""",
        sender="imss@southstar.example",
        subject="Mail could not be delivered",
    ),
    Said(
        "SurfControl",
        f"""\
Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: {KAREN}

Tue 4 Nov 2025 09:00:05 -0500
Failed to send to identified host,
{KAREN}: [203.0.113.9], 550 {KAREN}... No such user
--- Message non-deliverable.
""",
    ),
    Said(
        "MailFoundry",
        f"""\
Unable to deliver message to: <{KAREN}>
Delivery failed for the following reason:
Server mx.southstar.example[203.0.113.9] failed with: 550 No such user here

This has been a permanent failure. No further delivery attempts will be made.
""",
        subject="Delivery failure",
    ),
    Said(
        "Cisco's gateways",
        f"""\
The following message to <{KAREN}> was undeliverable.
The reason for the problem:
5.1.0 - Unknown address error 550-'5.1.1 User Unknown'
""",
        sender='"Mail Delivery System" <MAILER-DAEMON@southstar.example>',
        subject="Delivery Status Notification (Failure)",
    ),
    Said(
        "hMailServer",
        f"""\
Your message did not reach some or all of the intended recipients.

   Sent: Tue, 4 Nov 2025 09:00:05 -0500
   Subject: Your free banner

The following recipient(s) could not be reached:

{KAREN}
   Error Type: SMTP
   Remote server (203.0.113.9) issued an error.
   hMailServer sent: RCPT TO:<{KAREN}>
   Remote server replied: 550 5.1.1 Unknown user

hMailServer
""",
        sender="mailer-daemon@southstar.example",
        subject="Message undeliverable: Your free banner",
    ),
    Said(
        "ActiveHunter",
        f"""\
  ----- The following addresses had permanent fatal errors -----

  >>> {KAREN} <{KAREN}>

  ----- Non-delivered information -----
550 sorry, no mailbox here by that name
""",
        sender='"MAILER-DAEMON" <MAILER-DAEMON@southstar.example>',
        subject="FAILURE NOTICE :",
    ),
    Said(
        "Biglobe",
        f"""\
   ----- The following addresses had delivery problems -----
{KAREN}

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.
""",
        _FULL,
        sender="postmaster@southstar.example",
        subject="Returned mail: Service unavailable",
    ),
    Said(
        "Momentum",
        f"""\
This message was created automatically by the mail system (ecelerity).

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

>>> {KAREN} (reading RCPT TO response): 550 5.1.1 user unknown

------ This is a copy of the headers of the original message. ------

{LETTER}""",
    ),
    Said(
        "PowerMTA",
        f"""\
Hello, this is the mail server on mx.harbourpine.example.

I am sending you this message to inform you on the delivery status of a
message you previously sent. Immediately below you will find a list of
the affected recipients; also attached is a Delivery Status Notification.

  <{KAREN}>
    delivery failed; will not continue trying
    smtp;550 5.1.1 unknown recipient
""",
    ),
    Said(
        "QQ",
        f"抱歉，您的邮件被退回来了……\n\n收件人邮件地址（{KAREN}）不存在，邮件无法送达。\n",
        sender="PostMaster@southstar.example",
        subject="系统退信",
    ),
    Said(
        "GroupWise that leaves out the domain",
        f"""\
The message that you sent was undeliverable to the following:
\tkaren.holt (user not found)

Possibly truncated original message follows:

{LETTER}""",
        sender="Mail System <postmaster@southstar.example>",
        subject="Message status - undeliverable",
    ),
    Said(
        "Mercury",
        f"""\
Your message could not be delivered to one or more recipients:

 *** {KAREN}
     User not known at this site.
""",
        sender="Electronic Postmaster <postmaster@southstar.example>",
        subject="Postmaster notify: delivery failure",
    ),
    Said(
        "Kerio",
        f"""\
Message could not be delivered to some recipients.
The following recipient(s) could not be reached:

  <{KAREN}>
    550 5.1.1 User unknown
""",
        sender="Mail Delivery Subsystem <postmaster@southstar.example>",
        subject="Undeliverable mail",
    ),
    Said(
        "Gmail that still tries",
        f"""\
** Delivery incomplete **

There was a temporary problem delivering your message to {KAREN}. Gmail will retry for 47 more hours.
You'll be notified if the delivery fails permanently.
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        subject="Delivery Status Notification (Delay)",
    ),
    Said(
        "Exchange Online that still tries",
        f"""\
Delivery is delayed to these recipients or groups:

Karen Holt ({KAREN})

Subject: Your free banner

This message hasn't been delivered yet. Delivery will continue to be attempted.
""",
        ((KAREN, Reason.TEMPORARY),),
        Outcome.DELAYED,
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Delivery delayed:Your free banner",
    ),
    Said(
        "Symantec",
        f"""\
Permanent failure for one or more recipients ({KAREN}:550 5.1.1 User unknown)
""",
        sender="postmaster@southstar.example",
        subject="Delivery Status Notification (Failure)",
    ),
    Said(
        "Barracuda",
        f"""\
Your message to: {KAREN}
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN DELIVERED:

Subject: Your free banner

An attachment in that mail was of a file type that the Spam Firewall is set to block.
""",
        ((KAREN, Reason.CONTENT),),
        sender="postmaster@southstar.example",
        subject="**Message you sent blocked by our bulk email filter**",
    ),
    Said(
        "Netease",
        f"抱歉，您的邮件被退回来了\n\n发送失败的收件人：{KAREN}\n用户不存在\n",
        sender="Postmaster@southstar.example",
        subject="系统退信/Systems bounce",
    ),
    Said(
        "Sendmail behind an alias",
        f"""\
   ----- The following addresses had permanent fatal errors -----
k.holt@mail7.southstar.example
    (reason: 553 Sender Policy Framework (SPF) fail)
    (expanded from: <{KAREN}>)
""",
        ((KAREN, Reason.BLOCKED),),
        subject="Returned mail: see transcript for details",
    ),
    Said(
        "a program behind Sendmail",
        f"""\
   ----- The following addresses had permanent fatal errors -----
"|/usr/local/bin/sort-mail"
    (reason: Service unavailable)
    (expanded from: <{KAREN}>)
""",
        ((KAREN, Reason.TEMPORARY),),
        subject="Returned mail: see transcript for details",
    ),
    Said(
        "a system that puts all on one line",
        f"The following recipients failed: {KAREN}, {GIL}\n\nThe users are unknown: no such user.\n",
        ((KAREN, Reason.NO_SUCH_MAILBOX), (GIL, Reason.NO_SUCH_MAILBOX)),
    ),
    Said(
        "a system that writes Spanish",
        f"No se ha podido entregar el mensaje a los siguientes destinatarios:\n\n  {KAREN}\n\nUsuario desconocido\n",
    ),
    Said(
        "a system that writes Italian",
        f"Impossibile recapitare il messaggio ai seguenti destinatari:\n\n  {KAREN}\n\nLa casella di posta è piena.\n",
        _FULL,
    ),
    Said(
        "a system that writes Dutch",
        f"Uw bericht kon niet worden bezorgd bij:\n\n  {KAREN}\n\nGebruiker onbekend.\n",
    ),
    Said(
        "a system that writes Portuguese",
        f"A sua mensagem não pôde ser entregue aos destinatários:\n\n  {KAREN}\n\nCaixa postal cheia.\n",
        _FULL,
    ),
    Said(
        "a system that writes Polish",
        f"Wiadomość nie mogła zostać dostarczona do:\n\n  {KAREN}\n\nUżytkownik nie istnieje.\n",
    ),
    Said(
        "a system that writes Swedish",
        f"Meddelandet kunde inte levereras till:\n\n  {KAREN}\n\nOkänd mottagare.\n",
    ),
    Said(
        "a system that writes Danish",
        f"Meddelelsen kunne ikke leveres til:\n\n  {KAREN}\n\nUkendt modtager.\n",
    ),
    Said(
        "a system that names the owners",
        f"""\
Your message to the following recipient(s) was not delivered:

   Karen Holt <{KAREN}>   -- no such user
   Gil Fox <{GIL}>  -- mailbox is full
""",
        _BOTH,
    ),
    Said(
        "Exchange in Swedish",
        f"""\
Leveransen misslyckades till dessa mottagare eller grupper:

Karen Holt ({KAREN})
E-postadressen du angav kunde inte hittas.
""",
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="Kan inte levereras: banner",
    ),
    Said(
        "Exchange in Japanese",
        f"""\
次の受信者またはグループへの配信に失敗しました:

Karen Holt ({KAREN})
入力した電子メール アドレスが見つかりませんでした。
""",
        sender="Microsoft Outlook <postmaster@southstar.example>",
        subject="配信不能: banner",
    ),
    Said(
        "a system that names nobody but returns the letter",
        f"Your message could not be delivered: mailbox full.\n\n--- Original message follows ---\n\n{LETTER}",
        _FULL,
    ),
)
