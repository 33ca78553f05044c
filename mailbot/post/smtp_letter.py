"""What of a letter goes over the wire, and why some letters must not: pure, before any connection."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mailbot.post.ports import Envelope, Refused

LONGEST_PATH = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
LONGEST_LOCAL_PART = 64
LONGEST_ENVID = 100  # RFC 3461 section 4.4
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+)*")
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True)
class Commands:
    """A letter in the words of SMTP, fitted to what the server offers."""

    mail: str
    rcpt: str
    content: bytes  # lines end in CRLF, dots are doubled, the end of data is not in it
    encoding: str  # of the two commands


def commands_for(envelope: Envelope, offered: Mapping[str, str]) -> Commands | Refused:
    """The commands for a letter; Refused (code 0, nothing was said to the server) where it cannot be sent there.

    `offered` are the server's extensions in small letters, with their parameters.
    """
    # A bare CR or LF could end DATA for one server and not for the next: that is how letters are smuggled.
    lines = _LINE_END.sub(b"\r\n", envelope.content)
    if not lines.endswith(b"\r\n"):
        lines += b"\r\n"
    international = needs_smtputf8(envelope.sender, envelope.recipient, lines)
    if fault := _address_fault(envelope) or _extension_fault(lines, international, offered):
        return Refused(temporary=False, code=0, reply=fault)
    return Commands(
        mail=" ".join([f"MAIL FROM:<{envelope.sender}>", *_mail_options(envelope, lines, international, offered)]),
        rcpt=" ".join([f"RCPT TO:<{envelope.recipient}>", *_rcpt_options(envelope, offered)]),
        content=_LEADING_DOT.sub(b"..", lines),
        encoding="utf-8" if international else "ascii",
    )


def needs_smtputf8(sender: str, recipient: str, lines: bytes) -> bool:
    """Whether a letter can only be sent with RFC 6531: an address or a header line is not ASCII."""
    headers = lines.partition(b"\r\n\r\n")[0]
    return not (sender.isascii() and recipient.isascii() and headers.isascii())


def xtext(words: str) -> str:
    """RFC 3461 section 4: what is not printable ASCII, and + and =, in hexadecimal."""
    return "".join(
        character if "!" <= character <= "~" and character not in "+=" else f"+{ord(character):02X}"
        for character in words
    )


def _address_fault(envelope: Envelope) -> str | None:
    if not _is_address(envelope.recipient):
        return f"the recipient {envelope.recipient!r} is no address that can be sent to; correct it in the records"
    if envelope.sender and not _is_address(envelope.sender):
        return f"the envelope sender {envelope.sender!r} is no address; correct desk.address"
    return None


def _is_address(address: str) -> bool:
    """A dot-string at a domain (RFC 5321 section 4.1.2); other letters than ASCII's as in RFC 6531, never a space."""
    if len(address.encode("utf-8", "replace")) > LONGEST_PATH or not address.isprintable():
        return False
    # A letter of another alphabet may stand wherever an ASCII letter may.
    spelled = "".join(character if character.isascii() else "x" for character in address)
    local_part, _, domain = spelled.rpartition("@")
    fits = len(local_part) <= LONGEST_LOCAL_PART
    return fits and bool(_LOCAL_PART.fullmatch(local_part)) and bool(_DOMAIN.fullmatch(domain))


def _extension_fault(lines: bytes, international: bool, offered: Mapping[str, str]) -> str | None:
    if international and "smtputf8" not in offered:
        return "an address or a header line is not ASCII, and the server does not offer SMTPUTF8 (RFC 6531)"
    if not lines.isascii() and "8bitmime" not in offered:
        return "the letter has 8-bit lines, and the server does not offer 8BITMIME (RFC 6152)"
    most = offered.get("size", "")
    if most.isdigit() and 0 < int(most) < len(lines):
        return f"the letter has {len(lines)} bytes, and the server takes {most} at most (SIZE, RFC 1870)"
    return None


def _mail_options(envelope: Envelope, lines: bytes, international: bool, offered: Mapping[str, str]) -> list[str]:
    options = []
    if "size" in offered:
        options.append(f"SIZE={len(lines)}")
    if not lines.isascii():
        options.append("BODY=8BITMIME")
    if international:
        options.append("SMTPUTF8")
    if "dsn" in offered and envelope.sender:
        options.append("RET=HDRS")
        if 0 < len(envid := xtext(envelope.envid)) <= LONGEST_ENVID:
            options.append(f"ENVID={envid}")
    return options


def _rcpt_options(envelope: Envelope, offered: Mapping[str, str]) -> list[str]:
    if "dsn" not in offered or not envelope.sender:
        return []  # nobody could be told: the null sender gets no notices (RFC 5321 section 4.5.5)
    if not envelope.recipient.isascii():
        return ["NOTIFY=FAILURE,DELAY"]
    return ["NOTIFY=FAILURE,DELAY", f"ORCPT=rfc822;{xtext(envelope.recipient)}"]
