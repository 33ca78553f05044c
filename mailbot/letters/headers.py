"""The header fields of a letter that thread it, written so that no value can break out of its line."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from mailbot.errors import Never
from mailbot.letters.fields import field
from mailbot.letters.model import Thread
from mailbot.message.addresses import address_key

_MOST_REFERENCES = 32
_LONGEST_ID = 900  # with its brackets and a blank it fits the longest line, 998 (RFC 5322 section 2.1.1)
_ID = re.compile(rf"[!-;=?-~]{{1,{_LONGEST_ID}}}")  # printable ASCII but angle brackets
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9._-]{1,253}|\[[A-Za-z0-9.:]{1,80}\])")

STOP_WORD: Final = "STOP"

# What a robot shall not send back (MS-OXCMAIL 2.1.3.2.20). Never NDR, which "All" would include: a bounce cleans the
# records. Letters of our own accord want to hear of absences too; only a mail that just came in needs none.
_SUPPRESS: Final = "X-Auto-Response-Suppress"
_SUPPRESSED_FOR_ANSWERS: Final = "DR, RN, NRN, OOF, AutoReply"
_SUPPRESSED_OTHERWISE: Final = "DR, RN, NRN"


def written_address(address: str) -> str:
    """The address as a header can carry it, its domain in A-labels (RFC 5890).

    Never where it is not exactly one address, or has a local part beyond ASCII: that would need SMTPUTF8 (RFC 6531)
    from every server on its way.
    """
    local = address.rpartition("@")[0]
    written = f"{local}@{address_key(address).rpartition('@')[2]}"
    if not _ADDRESS.fullmatch(written) or local.startswith(".") or local.endswith(".") or ".." in local:
        raise Never(
            f"no letter can be written to {address[:320]!r}: it is not one plain address; mend the address on record"
        )
    return written


def plus_address(address: str, token: str) -> str:
    """desk+TOKEN@… of desk@… (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{token}@{domain}"


def thread_fields(answers: Thread | None) -> list[str]:
    """In-Reply-To, References, and the fields by which robots know each other (RFC 5322 section 3.6.4, RFC 3834)."""
    if answers is None:
        return [field("Auto-Submitted", "auto-generated"), field(_SUPPRESS, _SUPPRESSED_OTHERWISE)]
    parent = _identifiers((answers.message_id,) if answers.message_id else ())
    references = _identifiers((*answers.references, *parent))
    return [
        *([field("In-Reply-To", _in_brackets(parent))] if parent else ()),
        *([field("References", _in_brackets(references))] if references else ()),
        field("Auto-Submitted", "auto-replied"),
        field(_SUPPRESS, _SUPPRESSED_FOR_ANSWERS),
    ]


def unsubscribe_field(reply_address: str) -> str:
    """A mail that a program can write for its reader: the word STOP to the address of this letter (RFC 2369)."""
    return field("List-Unsubscribe", f"<mailto:{quote(reply_address, safe='@+')}?subject={STOP_WORD}>")


def _identifiers(ids: tuple[str, ...]) -> tuple[str, ...]:
    """The ids that can stand in a header, each once; of too many the first and the last ones."""
    usable = tuple(dict.fromkeys(one for one in ids if _ID.fullmatch(one)))
    return usable if len(usable) <= _MOST_REFERENCES else (usable[0], *usable[1 - _MOST_REFERENCES :])


def _in_brackets(ids: tuple[str, ...]) -> str:
    return " ".join(f"<{one}>" for one in ids)
