"""What our own mail server found out about the sender of a mail (RFC 8601).

Every line of a header may be forged, except those that our server wrote, and those stand above all that the sender
wrote. So only the topmost Authentication-Results counts, only if it bears the name of our server, and only if no
foreign server's Received stands above it. That our server takes out fields that bear its name before it writes its
own is its duty (RFC 8601 section 5) and cannot be seen from here.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

import authres

from mailbot.message.model import Header, Message
from mailbot.records.known import DeskCard

# Fields that stand in a mail once (RFC 5322 section 3.6). A signature covers the lowest of several (RFC 6376 section
# 5.4.2): whoever has a signed mail could send it again below a Date or a Message-ID of his own, as the answer to
# another letter, or with its body decoded in another way.
_ONCE = (
    "Date", "Subject", "Message-ID", "In-Reply-To", "References", "Content-Type", "Content-Transfer-Encoding"
)  # fmt: skip
_LONGEST_FIELD = 8_000  # characters; the parser recurses and copies
_PARENTHESIS = re.compile(r"([()])")
# Nearly every field is like this: the parser takes longer over one than the reading of the whole mail takes. Here
# nothing is quoted or nested, so that there is one way to read it; comments hold no sign that has a meaning.
_GAP = r"(?: |\([ !#-'*-:<-\[\]-~]*+\))*+"
_PROPERTY = r"(?:smtp|header|body|policy)\.[\w-]++=[\w.@+-]++"
_PLAIN_FIELD = re.compile(
    rf"[\w.-]++{_GAP}(?:;{_GAP}(?!none)[a-z][\w-]*+=[a-z]++{_GAP}(?:{_PROPERTY}{_GAP})*+)++",
    re.ASCII | re.IGNORECASE,
)
_IN_HOUSE_ENDINGS = (".local", ".localdomain", ".internal", ".lan", ".localhost")
# Names under which strangers register: they are nobody's own domain.
_REGISTRIES = frozenset({"ac", "co", "com", "edu", "gov", "gv", "net", "ne", "or", "org"})


class Standing(Enum):
    """What our server says about the From domain."""

    PASSED = "passed"
    FAILED = "failed"  # it said no, or what it said cannot be read, or the field does not stand where ours stands
    SILENT = "silent"  # no field in the mail bears the name of our server


@dataclass(frozen=True, slots=True)
class Verdict:
    """The standing of a From domain, and the words it was read from."""

    standing: Standing
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a field: `dmarc=pass header.from=client.example`, all in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def value(self, name: str) -> str:
        return next((value for key, value in self.properties if key == name), "")

    def values(self, name: str) -> frozenset[str]:
        return frozenset(value for key, value in self.properties if key == name)

    def __str__(self) -> str:
        shown = [f"{name}={value}" for name, value in self.properties if name in _SHOWN]
        return " ".join([f"{self.method}={self.result}", *shown])


_SHOWN = ("header.from", "header.d", "smtp.mailfrom")


def authentication(message: Message, domain: str, desk: DeskCard) -> Verdict:
    """Whether our own server found that the mail comes from `domain`, the domain of its From as A-labels."""
    fields = message.values("Authentication-Results")
    ours = _in_lower_case(desk.authserv_id)
    if not any(_authserv_id(field) == ours for field in fields):
        return _silent(desk.authserv_id)
    if _authserv_id(fields[0]) != ours:
        return Verdict(Standing.FAILED, f"the topmost Authentication-Results is not of {desk.authserv_id}")
    if stranger := _stranger_above(message.headers, desk):
        return Verdict(Standing.FAILED, f"the Authentication-Results stands below a Received of {stranger}")
    results = results_in(fields[0])
    if results is None:
        return Verdict(Standing.FAILED, f"the Authentication-Results of {desk.authserv_id} cannot be read")
    if twice := next((name for name in _ONCE if len(message.values(name)) > 1), None):
        return Verdict(Standing.FAILED, f"it has more than one {twice}, and a signature may cover another than we read")
    return _weighed(results, domain)


@lru_cache(maxsize=16)  # it is asked of every mail more than once
def _silent(authserv_id: str) -> Verdict:
    return Verdict(Standing.SILENT, f"no Authentication-Results of {authserv_id} in the mail")


def aligned(one: str, other: str) -> bool:
    """Relaxed alignment (RFC 7489 section 3.1) without a list of registries: equal, or one below the other."""
    if one == other:
        return bool(one)
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    labels = shorter.split(".")
    is_registry = len(labels) < 2 or (len(labels) == 2 and labels[0] in _REGISTRIES)
    return not is_registry and longer.endswith(f".{shorter}")


def _weighed(results: tuple[Result, ...], domain: str) -> Verdict:
    """DMARC decides where it was asked; where the domain publishes none, an aligned DKIM, then an aligned SPF."""
    dmarc = [result for result in results if result.method == "dmarc" and result.result != "none"]
    if dmarc:
        passed = all(result.result == "pass" and result.values("header.from") == {domain} for result in dmarc)
        return Verdict(Standing.PASSED if passed else Standing.FAILED, "; ".join(map(str, dmarc)))
    for result in results:
        if result.result == "pass" and aligned(_authenticated_domain(result), domain):
            return Verdict(Standing.PASSED, str(result))
    said = "; ".join(map(str, results)) or "no method was tried"
    return Verdict(Standing.FAILED, f"nothing in it speaks for {domain}: {said}")


def _authenticated_domain(result: Result) -> str:
    match result.method:
        case "dkim":
            return result.value("header.d") or result.value("header.i").rpartition("@")[2]
        case "spf":
            return result.value("smtp.mailfrom").rpartition("@")[2]
        case _:
            return ""


def _authserv_id(field: str) -> str:
    """The first word of the field, comments off: a whole word, so that a name that begins like ours is another."""
    words = _without_comments(field[:_LONGEST_FIELD]).partition(";")[0].split()
    return _in_lower_case(words[0]) if words else ""


def _in_lower_case(name: str) -> str:
    """Letters beyond ASCII stay as they are: a Kelvin sign is no "k" in the name of a server."""
    return name.lower() if name.isascii() else name


@lru_cache(maxsize=1_000)  # what a server writes of one domain is the same from mail to mail
def results_in(field: str) -> tuple[Result, ...] | None:
    """The results that a field names, in their order; None where it cannot be read. Never raises."""
    if len(field) > _LONGEST_FIELD:
        return None
    if _PLAIN_FIELD.fullmatch(field):
        return tuple(map(_plain_result, _without_comments(field).split(";")[1:]))
    try:
        # Some servers end the field with a semicolon, which the grammar does not have.
        parsed = authres.AuthenticationResultsHeader.parse_value(field.strip().rstrip("; "))
        return tuple(map(_result, parsed.results))
    except (authres.AuthResError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _result(parsed: authres.core.AuthenticationResult) -> Result:
    return Result(
        method=str(parsed.method).lower(),
        result=str(parsed.result).lower(),
        properties=tuple(
            (f"{prop.type}.{prop.name}".lower(), str(prop.value or "").lower().rstrip("."))
            for prop in parsed.properties
        ),
    )


def _plain_result(written: str) -> Result:
    """`dmarc=pass header.from=client.example`, without anything quoted."""
    method, *properties = (word.lower().split("=", 1) for word in written.split())
    return Result(method[0], method[1], tuple((name, value.rstrip(".")) for name, value in properties))


def _stranger_above(headers: tuple[Header, ...], desk: DeskCard) -> str | None:
    """The host of the first Received above the topmost Authentication-Results that is not of our own house."""
    for header in headers:
        name = header.name.lower()
        if name == "authentication-results":
            return None
        if name == "received" and not _is_ours(host := _receiving_host(header.value), desk):
            return host or "nobody"
    return None


def _receiving_host(received: str) -> str:
    """The host after "by" (RFC 5321 section 4.4); "" where there is none.

    What stands behind "from" is the client's own greeting, which may be "by" too.
    """
    words = _without_comments(received[:_LONGEST_FIELD]).partition(";")[0].lower().split()
    clauses = words[2:] if words[:1] == ["from"] else words
    return next((host.rstrip(".") for word, host in pairwise(clauses) if word == "by"), "")


def _is_ours(host: str, desk: DeskCard) -> bool:
    """Our server by name or by domain, or a host without a public name, which only our own side can have asked."""
    authserv = desk.authserv_id.lower()
    parent = authserv.partition(".")[2]
    homes = {authserv, parent, *desk.domains} if "." in parent else {authserv, *desk.domains}
    return any(host == home or aligned(host, home) for home in homes) or _has_no_public_name(host)


def _has_no_public_name(host: str) -> bool:
    if not host:
        return False
    if "." not in host and ":" not in host:
        return True
    try:
        ipaddress.ip_address(host.strip("[]").removeprefix("ipv6:"))
    except ValueError:
        return host.endswith(_IN_HOUSE_ENDINGS)
    return True


def _without_comments(text: str) -> str:
    """The text without (comments), nested or not; an unclosed one swallows the rest."""
    kept, depth = [], 0
    for piece in _PARENTHESIS.split(text):
        if piece == "(":
            depth += 1
            kept.append(" ")
        elif piece == ")" and depth:
            depth -= 1
        elif not depth:
            kept.append(piece)
    return "".join(kept)
