"""Signed references: how a reply, or a bounce, proves which letter it is about.

A reference is written `n-0412-9kq2x7m3ab`: the number of the letter, and fifty bits of an HMAC over that number and
the address the letter went to. It stands in the reply address, in the Message-ID and in the text. It finds a letter;
it never authorises anybody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u to be misread
_SIGNS = 10
_SIGNED = re.compile(r"(?<![\w-])([a-z]-\d{1,18}(?:\.\d{1,6})?)-[0-9a-z]{10}(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SignedRef:
    """A reference as it was found: the number it claims, and the signature under it."""

    ref: str  # "N-0412" or "N-0412.2"
    signature: str

    @classmethod
    def parse(cls, written: str) -> SignedRef | None:
        """Takes apart `n-0412.2-9kq2x7m3ab`; None for anything else."""
        head, dash, signature = written.strip().rpartition("-")
        if not dash or len(signature) != _SIGNS or not head:
            return None
        return cls(ref=head.upper(), signature=signature.lower())

    @property
    def number(self) -> int | None:
        """The number of the decision that wrote the letter: 412 for N-0412.2; None where there is none."""
        digits = decision_of(self.ref).rpartition("-")[2]
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def unsigned(text: str) -> str:
    """The text with the bare numbers of signed references: in a letter to a colleague, what a stranger cites proves
    nothing of what the colleague answers."""
    return _SIGNED.sub(r"\1", text)


def decision_of(letter_ref: str) -> str:
    """The reference of the decision that a letter came from."""
    return letter_ref.partition(".")[0]


def decision_key(secret: bytes, number: int) -> bytes:
    """The key that signs the letters of one decision, and of no other."""
    return hmac.digest(secret, b"mailbot letter key\0" + str(number).encode(), hashlib.sha256)


def sign(key: bytes, letter_ref: str, address_key: str) -> str:
    """The signed reference of a letter to an address: `n-0412-9kq2x7m3ab`."""
    digest = hmac.digest(key, letter_ref.upper().encode() + b"\0" + address_key.encode(), hashlib.sha256)
    number = int.from_bytes(digest[:8], "big")
    signature = "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_SIGNS))
    return f"{letter_ref.lower()}-{signature}"


def is_genuine(secret: bytes, found: SignedRef, address_key: str) -> bool:
    """Whether we signed this reference for a letter to this address. Compares in constant time."""
    if found.number is None:
        return False
    expected = sign(decision_key(secret, found.number), found.ref, address_key)
    return hmac.compare_digest(expected, f"{found.ref.lower()}-{found.signature}")
