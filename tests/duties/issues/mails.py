"""The mails of these tests, as they come over the wire: those of the situations, and some of our own."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")

THIRD_TIME = """This is the THIRD time I write about the wrong phone number in our October ad. Nobody
answers, instead I get cheerful little reminders about some banner. Frankly I feel ripped
off. We paid 4,900 for this. If this is not sorted by Wednesday you can forget the renewal
and I want my money back.
"""
BROKEN_LINK = """yes but the banner link is broken, it lands on a page not found. Also could you send me
the click numbers for october?
Ellen

Get Outlook for Android
On Mon, Nov 3, 2025 at 9:00 AM Sales Desk <desk@harbourpine.example> wrote:
> Hello Ellen, your contract includes a free banner on coastalbuilder.example ...
> Have you used it? Reply YES, NO or HELP (and STOP to get no more reminders).
"""
NO_STOP = "Please don't stop the banner over Christmas, we love it! One stop shop :)\n"
NO_MORE_REMINDERS = """Bitte keine Erinnerungen mehr, die nerven. Rechnungen und Druckfreigaben natürlich
weiterhin an mich.
"""
PRIVATE_NUMBERS = "my work mail is down, beta freight 1,900 for this week. dana\n"
WRONG_LOGO = """Guten Tag,

in unserer Anzeige im Novemberheft fehlt das Logo. Wann können Sie das korrigieren?

Anja Schmidt
"""
TICKET = "Your request #55812 has been received. Our team will get back to you within 24 hours.\n"


def mail(
    words: str,
    sender: str,
    *,
    at: datetime,
    subject: str = "banner",
    to: str = "desk@harbourpine.example",
    message_id: str = "",
    in_reply_to: str = "",
    dmarc: str = "pass",
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """A mail with its Authentication-Results on top, as our own server writes them. `sender` may carry a name."""
    made = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    made["Authentication-Results"] = f"mx.harbourpine.example; dmarc={dmarc} header.from={domain}"
    made["From"] = sender
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(at.astimezone(NEW_YORK))
    made["Message-ID"] = f"<{message_id or f'{at.timestamp():.0f}.{len(words)}@{domain}'}>"
    if in_reply_to:
        made["In-Reply-To"] = f"<{in_reply_to}>"
    for name, value in headers:
        made[name] = value
    made.set_content(words, charset="utf-8")
    return made.as_bytes()
