"""Mails of the situations, and a way to write others like them."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

DESK = "desk@harbourpine.example"
DANA, TOM, JONAS, LENA = (
    "Dana Reyes <dana@harbourpine.example>",
    "Tom Okafor <tom@harbourpine.example>",
    "Jonas Weber <jonas@harbourpine.example>",
    "Lena Brandt <lena@harbourpine.example>",
)

S01 = b"""\
From: Dana Reyes <dana@harbourpine.example>
To: desk@harbourpine.example
Subject: numbers
Date: Fri, 31 Oct 2025 16:42:11 -0400
Message-ID: <5A1C77@iphone.dana>
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hey
acme corp 12k
Beta freight 3 x 450
North star 2,350.50
thx

Dana Reyes
Senior Account Executive | Harbour & Pine Media
T 617 555 0142 x15 | M 617 555 0199
12 Wharf St, Suite 300, Boston MA 02110
Coastal Builder: 48,000 readers, 11 issues, 1 community

Sent from my iPhone
"""

S02 = """\
From: Jonas Weber <jonas@harbourpine.example>
To: desk@harbourpine.example
Subject: =?utf-8?q?Ums=C3=A4tze_KW44?=
Date: Fri, 31 Oct 2025 15:58:40 +0100
Message-ID: <c0ffee-44@hp-jonas>
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Moin zusammen,

KW 44:
- Müller Bau 1.234,56 EUR
- Acme Medical: 12,5 TEUR (Jahresvertrag, unterschrieben am 29.10.)
- Müller Bau Gutschrift Messestand -200,00
- Hansen 3.000 - bitte bei Lena eintragen, war ihr Termin
Nächste Woche erwarte ich noch ca. 8.000 von Acme Medical, noch nicht sicher!

Viele Grüße
Jonas
--
Harbour & Pine Media GmbH, Speicherstr. 4, 20457 Hamburg
HRB 118 442, Tel. +49 40 555 01-17
""".encode()

S05_QUOTE = """\

Von: Sales Desk <desk@harbourpine.example>
Gesendet: Dienstag, 4. November 2025 10:03
An: Jonas Weber
Betreff: Welche Acme für 4.800,00 EUR?

Jonas, eine Zeile kann ich nicht zuordnen: "Acme 4.800 €"

 1  Acme Medical GmbH   dein Kunde, zuletzt 31.10.
 2  Acme Corp           Kunde von Dana
 3  Acme Media          Kunde von Tom
"""


def mail(
    text: str,
    sender: str = DANA,
    *,
    at: datetime,
    subject: str = "numbers",
    to: str = DESK,
    dmarc: str = "pass",
    headers: dict[str, str] | None = None,
    html: str | None = None,
    sheet: str | None = None,
    content: bytes = b"PK\x03\x04",
) -> bytes:
    """A mail as it comes from our own server; every one has a Message-ID of its own."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{abs(hash((text, subject)))}@hp.example>"
    message["Authentication-Results"] = f"mx.harbourpine.example; dmarc={dmarc} header.from=harbourpine.example"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    if sheet is not None:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=sheet)
    return message.as_bytes()
