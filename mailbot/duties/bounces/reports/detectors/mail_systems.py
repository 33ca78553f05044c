"""Who writes bounces: the machines that carry mail."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from mailbot.duties.bounces.reports.detectors.own_words import own_words
from mailbot.duties.bounces.reports.detectors.wording import SAYING, SUBJECTS, Says
from mailbot.duties.bounces.reports.plain_words import plain
from mailbot.message.model import Message

# Local parts under which mail systems write, without dots and dashes.
_DAEMONS: Final = frozenset(
    {"bounce", "bounces", "doublebounce", "maildaemon", "mailerdaemon", "mailsystem", "mdaemon", "postmaster"}
)
_OF_READERS: Final = frozenset({"disposition-notification", "feedback-report"})  # reports of what arrived
_NAMES: Final = (
    "mail delivery s", "mail.delivery.system", "mailer-daemon", "mail administrator", "system administrator",
    "mail system", "mail daemon", "postmaster", "mail server", "internet mail service", "microsoftexchange329e",
)  # fmt: skip
# Words in the addresses of other machines on the way. People have none of them.
_MACHINES: Final = frozenset(
    {"admin", "administrator", "antispam", "antivirus", "bounce", "daemon", "delivery", "exchange", "gateway", "imss",
     "mail", "mailadmin", "mailer", "mailgate", "mailmarshal", "mailscanner", "mailserver", "mailsystem", "mta", "no",
     "noreply", "notification", "postoffice", "robot", "scanner", "server", "service", "smtp", "spam", "system",
     "virus", "webmaster"}
)  # fmt: skip
_LETTER: Final = (" email", " e mail", " mail", " message", " nachricht", " recipient s ", " courriel", " mensaje")
_SEPARATORS = re.compile(r"[._-]")
_BEGINNING = 600  # characters in which a mail system comes to the point


def is_from_a_mail_system(message: Message) -> bool:
    """Whether a machine that carries mail wrote this: the null sender, a name that such machines have, or, from any
    other machine, the subject of a bounce over words that begin by saying that a letter failed."""
    if message.report is not None and message.report.kind in _OF_READERS:
        return False
    if message.return_path == "" or _is_a_report(message) or message.value("X-Failed-Recipients"):
        return True
    return _is_named_so(message) or _begins_as_one(message)


def is_daemon(address: str) -> bool:
    """Whether it is an address under which mail systems write."""
    return _SEPARATORS.sub("", _local(address)) in _DAEMONS


def _local(address: str) -> str:
    return address.partition("@")[0].lower()


def says_failure(message: Message) -> bool:
    """Whether the words of a mail system say that a letter did not arrive, or not yet."""
    return Says.FAILED in what_is_said(message)


def what_is_said(message: Message) -> tuple[Says, ...]:
    """What a mail system says of the letter in its subject and its own words."""
    return _said_in(f"{message.subject}\n{own_words(message).text}")


@lru_cache(maxsize=4)  # every detector asks it of the same mail
def _said_in(text: str) -> tuple[Says, ...]:
    return SAYING.meanings_in(plain(text))


def _is_a_report(message: Message) -> bool:
    return message.report is not None and message.report.kind in {"", "delivery-status"}


def _is_named_so(message: Message) -> bool:
    if message.sender is not None and is_daemon(message.sender.address):
        return True
    writer = (message.value("From") or "").lower()
    return (
        any(map(writer.__contains__, _NAMES)) or "<>" in writer.replace(" ", "") or is_daemon(message.return_path or "")
    )


def _begins_as_one(message: Message) -> bool:
    if message.sender is None or not _MACHINES & set(_SEPARATORS.split(_local(message.sender.address))):
        return False
    if not message.subject.strip().casefold().startswith(SUBJECTS):
        return False
    words = plain(message.body.original[:_BEGINNING])
    return any(word in words for word in _LETTER) and Says.FAILED in SAYING.meanings_in(words)
