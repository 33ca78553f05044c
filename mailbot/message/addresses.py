"""Addresses of header fields (RFC 5322 section 3.4), read in one pass and never guessed.

What is ambiguous gives no mailbox: two angle addresses, a second "@", an unclosed quote or comment. A forged identity
needs a reader that guesses, and the verifier of the mail server may have guessed otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import idna

from mailbot.message.encoded_words import decode_words
from mailbot.message.headers import clean_line
from mailbot.message.model import Defect, Mailbox

_LONGEST_COMMON = 100  # characters of a mailbox that is worth keeping in mind
MOST_ADDRESS_CHARACTERS = 320  # 64 for the local part, "@", 255 for the domain (RFC 5321 section 4.5.3.1)

_SIMPLE = re.compile(
    r"""(?:(?:"(?P<quoted>[^"\\]*+)"[ ]*+|(?P<name>[^"()\[\]\\<>@,;:\t]*+))(?P<opened><))?
        (?P<address>[\w.+=-]++@[A-Za-z0-9.-]++)(?P<closed>>?)""",
    re.ASCII | re.VERBOSE,
)
_TOKEN = re.compile(
    r"""(?P<blank>[ \t]++)
      | (?P<atom>[^ \t"()\[\]\\<>@,;:]++)
      | (?P<quoted>"[^"\\]*+(?:\\.[^"\\]*+)*+")
      | (?P<literal>\[[^\[\]\\<>@"]*+\])
      | (?P<special>[<>@,;:])""",
    re.VERBOSE,
)
_NAMING = frozenset({"atom", "quoted", "blank", "comment"})
_COMMENT_SIGN = re.compile(r"[()]|\\.")
_UNWANTED = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_FOREIGN_DOTS = re.compile("[\u3002\uff0e\uff61]")


class _Token(NamedTuple):
    kind: str
    text: str


@lru_cache(maxsize=4096)
def address_key(address: str) -> str:
    """The form in which addresses are compared.

    The domain as A-labels in lower case (IDNA 2008), ASCII letters of the local part in lower case, nothing else
    folded: characters that only look alike stay different. A domain that IDNA refuses is kept as written.
    """
    local, at, domain = address.rpartition("@")
    return f"{_ascii_lower(local)}{at}{_domain_key(domain) if at else _ascii_lower(domain)}"


def _ascii_lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(c.lower() if c.isascii() else c for c in text)


def _domain_key(domain: str) -> str:
    if domain.isascii():
        return domain.lower()
    # Letters such as the Kelvin sign become ASCII in lower case: these must stay what they are.
    lower = "".join(c if not c.isascii() and c.lower().isascii() else c.lower() for c in domain)
    if len(domain) > 255 or _FOREIGN_DOTS.search(domain):
        return lower
    try:
        return idna.encode(lower).decode("ascii")
    except idna.IDNAError:
        return lower


def parse_mailboxes(
    value: str, most: int = 100, where: str = "address"
) -> tuple[tuple[Mailbox, ...], tuple[Defect, ...]]:
    """The mailboxes of an address field, members of groups included, and what could not be read.

    `value` is unfolded, encoded words still encoded: they are decoded in display names only, so that none can bring
    in an address. At most `most` mailboxes are read; the defects then say so. Linear in the length of `value`.
    """
    pieces = value.split(",", most)
    simple = [mailbox for piece in pieces if (mailbox := _simple_mailbox(piece.strip(" ")))]
    if len(simple) == len(pieces) <= most:
        return tuple(simple), ()
    mailboxes: list[Mailbox] = []
    defects: list[Defect] = []
    tokens, broken = _tokens(value)
    if broken:
        defects.append(Defect(where, broken))
    for element in _elements(tokens):
        if len(mailboxes) == most:
            defects.append(Defect(where, f"more than {most} addresses, the others are not read"))
            break
        mailbox, trouble = _read_element(element)
        if mailbox is not None:
            mailboxes.append(mailbox)
        if trouble and len(defects) < 10:
            defects.append(Defect(where, trouble))
    return tuple(mailboxes), tuple(defects)


def only_mailbox(value: str, where: str = "address") -> tuple[Mailbox | None, tuple[Defect, ...]]:
    """The mailbox of a field that names exactly one and nothing else; None, with a defect, for everything else."""
    if simple := _simple_mailbox(value):
        return simple, ()
    tokens, broken = _tokens(value)
    if broken:
        return None, (Defect(where, broken),)
    elements = list(_elements(tokens))
    if len(elements) != 1 or any(token.kind == "special" and token.text in ",;" for token in tokens):
        return None, (Defect(where, f"{len(elements)} addresses instead of one"),)
    mailbox, trouble = _read_element(elements[0])
    return mailbox, (Defect(where, trouble),) if trouble else ()


def _simple_mailbox(value: str) -> Mailbox | None:
    """The fast way for nearly every field: `name <address>` or a bare address, without comments and escapes."""
    return _known_by_now(value) if len(value) <= _LONGEST_COMMON else _read_simply(value)


@lru_cache(maxsize=1_000)  # mail comes from the same people, and goes to the same addresses
def _known_by_now(value: str) -> Mailbox | None:
    return _read_simply(value)


def _read_simply(value: str) -> Mailbox | None:
    simple = _SIMPLE.fullmatch(value)
    if simple is None:
        return None
    quoted, name, opened, address, closed = simple.groups()
    if bool(opened) != bool(closed) or len(address) > MOST_ADDRESS_CHARACTERS or ".." in address or "@." in address:
        return None
    if quoted is None and name and "  " in name:
        return None
    return _mailbox((quoted or name or "").strip(), address)


def _tokens(value: str) -> tuple[list[_Token], str | None]:
    """The lexical tokens (RFC 5322 section 3.2). After an unclosed quote or comment nothing can be told apart."""
    tokens: list[_Token] = []
    position = 0
    while position < len(value):
        if value[position] == "(":
            end = _comment_end(value, position)
            if end is None:
                return [*tokens, _Token("broken", "")], "a comment is not closed"
            tokens.append(_Token("comment", value[position + 1 : end - 1]))
            position = end
        elif found := _TOKEN.match(value, position):
            tokens.append(_Token(found.lastgroup or "broken", found[0]))
            position = found.end()
        elif value[position] == '"':
            return [*tokens, _Token("broken", "")], "a quoted name is not closed"
        else:
            tokens.append(_Token("broken", value[position]))
            position += 1
    return tokens, None


def _comment_end(value: str, start: int) -> int | None:
    depth = 0
    for sign in _COMMENT_SIGN.finditer(value, start):
        if sign[0] == "(":
            depth += 1
        elif sign[0] == ")":
            depth -= 1
            if depth == 0:
                return sign.end()
    return None


def _elements(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """The tokens between the commas. A semicolon separates too, and a group's name (section 3.4) is dropped."""
    element: list[_Token] = []
    inside_angle = False
    for token in tokens:
        kind, text = token
        if kind == "special" and text in "<>":
            inside_angle = text == "<"
        if kind == "special" and text in ",;" and not inside_angle:
            if _says_something(element):
                yield element
            element = []
        elif kind == "special" and text == ":" and not inside_angle and _is_group_name(element):
            element = []
        else:
            element.append(token)
    if _says_something(element):
        yield element


def _says_something(tokens: list[_Token]) -> bool:
    return any(kind not in {"blank", "comment"} for kind, _ in tokens)


def _is_group_name(tokens: list[_Token]) -> bool:
    kinds = {kind for kind, _ in tokens}
    return kinds <= _NAMING and kinds - {"blank"} != set()


def _read_element(tokens: list[_Token]) -> tuple[Mailbox | None, str | None]:
    opened = [i for i, token in enumerate(tokens) if token.kind == "special" and token.text == "<"]
    if any(token.kind == "broken" for token in tokens):
        return None, "an address that cannot be told apart from its surroundings"
    if not opened:
        return _bare_address(tokens)
    closed = [i for i, token in enumerate(tokens) if token.kind == "special" and token.text == ">"]
    if len(opened) != 1 or len(closed) != 1 or closed[0] < opened[0]:
        return None, "angle brackets that do not hold exactly one address"
    before, inside, after = tokens[: opened[0]], tokens[opened[0] + 1 : closed[0]], tokens[closed[0] + 1 :]
    if any(token.kind not in {"blank", "comment"} for token in after):
        return None, "more text behind an address in angle brackets"
    address = _address(_without_route(inside))
    if address is None:
        return None, "angle brackets that hold no address"
    name = _name(before)
    trouble = "a display name that looks like an address" if any(token.text == "@" for token in before) else None
    return _mailbox(name, address), trouble


def _bare_address(tokens: list[_Token]) -> tuple[Mailbox | None, str | None]:
    address = _address(tokens)
    if address is None:
        return None, "no address"
    comment = next((token.text for token in reversed(tokens) if token.kind == "comment"), "")
    return _mailbox(comment, address), None


def _without_route(tokens: list[_Token]) -> list[_Token]:
    """`<@a,@b:user@c>`: the route is to be ignored (RFC 5322 section 4.4)."""
    if tokens and tokens[0].text == "@":
        colons = [i for i, token in enumerate(tokens) if token.kind == "special" and token.text == ":"]
        return tokens[colons[0] + 1 :] if len(colons) == 1 else []
    return tokens


def _address(tokens: list[_Token]) -> str | None:
    """local-part "@" domain, with nothing in between; comments and blanks may stand around it."""
    solid = list(tokens)
    while solid and solid[0].kind in {"blank", "comment"}:
        del solid[0]
    while solid and solid[-1].kind in {"blank", "comment"}:
        del solid[-1]
    if len(solid) != 3 or solid[1].text != "@" or solid[0].kind not in {"atom", "quoted"}:
        return None
    if solid[2].kind not in {"atom", "literal"}:
        return None
    local, domain = solid[0].text, solid[2].text
    address = f"{local}@{domain}"
    if len(address) > MOST_ADDRESS_CHARACTERS or _UNWANTED.search(domain) or _UNWANTED.search(local.replace(" ", "")):
        return None
    if "=?" in address or domain.startswith(".") or ".." in domain:
        return None
    return address


def _name(tokens: list[_Token]) -> str:
    words: list[str] = []
    for token in tokens:
        if token.kind == "quoted":
            words.append(re.sub(r"\\(.)", r"\1", token.text[1:-1]))
        elif token.kind == "blank":
            words.append(" ")
        elif token.kind != "comment":
            words.append(token.text)
    return "".join(words).strip()


def _mailbox(name: str, address: str) -> Mailbox:
    return Mailbox(clean_line(decode_words(name[:1_000])).strip(), address, address_key(address))
