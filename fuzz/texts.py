"""Texts in every form that mails have them in, through message.read: all is told by somebody, and stands where it is
said to stand."""

from __future__ import annotations

from fuzz.harness import HERE, fuzz, instrumented
from fuzz.trimming import assert_told

with instrumented():
    from mailbot.message import read

_FORMS = (
    b"text/plain; format=flowed",
    b"text/plain; format=flowed; delsp=yes",
    b"text/enriched",
    b"text/richtext",
    b"text/html",
)


def target(data: bytes) -> None:
    """Reads the bytes as a text in each form."""
    for form in _FORMS:
        body = read(b"From: dana@harbourpine.example\nContent-Type: " + form + b"; charset=utf-8\n\n" + data).body
        assert_told(body)
        body.original.encode("utf-8")


if __name__ == "__main__":
    fuzz("texts", target, HERE / "seeds" / "trimming")
