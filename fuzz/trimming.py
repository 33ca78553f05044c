"""The trimmer, through message.read: every word of the text is somebody's, and stands where it is said to stand."""

from __future__ import annotations

from fuzz.harness import HERE, fuzz, instrumented

with instrumented():
    from mailbot.message import Body, Words, read

_HEAD = b"From: Dana Reyes <dana@harbourpine.example>\nContent-Type: text/plain; charset=utf-8\n\n"


def target(data: bytes) -> None:
    """Reads the bytes as the text of a mail."""
    assert_told(read(_HEAD + data).body)


def assert_told(body: Body) -> None:
    """All of it is new or cut, nothing is both, and it stands where it is said to stand."""
    for words in (body.for_people, body.for_figures, body.cut):
        _stand_in(body.original, words)
    told = sorted((*body.for_people.passages, *body.cut.passages), key=lambda passage: passage.start)
    end = 0
    for passage in told:
        between = body.original[end : passage.start]
        assert passage.start >= end, f"told twice: {passage.text!r}"
        assert not between.strip(), f"told by nobody: {between!r}"
        end = passage.start + len(passage.text)
    assert not body.original[end:].strip(), f"told by nobody: {body.original[end:]!r}"


def _stand_in(text: str, words: Words) -> None:
    for passage in words.passages:
        there = text[passage.start : passage.start + len(passage.text)]
        assert there == passage.text, f"{passage.text!r} stands not at {passage.start}: {there!r}"


if __name__ == "__main__":
    fuzz("trimming", target, HERE / "seeds" / "trimming")
