"""The header of a letter with any words in it: exactly the fields that were meant, and the words in them.

An input is a subject, a Message-ID, one of References, and an address, with a NUL between them.
"""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

from fuzz.harness import HERE, fuzz, instrumented

with instrumented():
    from mailbot.errors import Never
    from mailbot.letters import Thread
    from mailbot.letters.cleaning import header_words
    from mailbot.letters.fields import field, from_field, subject_field
    from mailbot.letters.headers import plus_address, thread_fields, unsubscribe_field, written_address

_LONGEST_LINE = 998  # RFC 5322 section 2.1.1
_LONGEST_SUBJECT = 200


def target(data: bytes) -> None:
    """Writes a header with the values, and reads it as others do."""
    subject, message_id, reference, address, *_ = (*data.decode("utf-8", "replace").split("\0"), "", "", "")
    words = header_words(subject, _LONGEST_SUBJECT)
    fields = [subject_field(words), from_field(header_words(reference, 60), "desk@harbourpine.example")]
    fields += thread_fields(Thread(subject, message_id, (reference,)))
    try:
        written = written_address(address)
    except Never:
        written = "mara@harbourpine.example"
    fields += [field("To", written), unsubscribe_field(plus_address(written, "n-0412-9kq2x"))]
    head = "".join(fields)
    meant = [line.partition(":")[0] for line in fields]
    raw = head.encode("ascii")
    assert b"\n" not in raw.replace(b"\r\n", b""), f"a bare line end: {raw!r}"
    assert max(map(len, raw.split(b"\r\n"))) <= _LONGEST_LINE, f"a line too long: {raw!r}"
    read = BytesParser(policy=policy.default).parsebytes(raw + b"\r\n")
    assert read.keys() == meant, f"{read.keys()} instead of {meant}: {raw!r}"
    told = "".join(str(read["Subject"]).split())
    assert told == "".join(words.split()), f"{told!r} instead of {words!r}"


if __name__ == "__main__":
    fuzz("letter_headers", target, HERE / "seeds" / "letter_headers")
