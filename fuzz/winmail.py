"""What Outlook packs into a winmail.dat: nothing but "broken" is raised, and what comes out can be stored and shown."""

from __future__ import annotations

from contextlib import suppress

from fuzz.harness import HERE, fuzz, instrumented

with instrumented():
    from mailbot.message.compressed_rtf import decompress
    from mailbot.message.rtf import read_rtf
    from mailbot.message.tnef import BrokenTnefError, unpack

_MOST = 100_000


def target(data: bytes) -> None:
    """Unpacks the bytes as a winmail.dat, as packed RTF, and as RTF."""
    with suppress(BrokenTnefError):
        for file in unpack(data).files:
            assert "\0" not in file.filename, f"a NUL: {file.filename!r}"
            assert len(file.content) <= len(data)
    for rtf in (data, decompress(data, _MOST)[0]):
        assert len(rtf) <= max(_MOST, len(data))
        text = read_rtf(rtf).text
        assert "\0" not in text, f"a NUL: {text!r}"
        text.encode("utf-8")


if __name__ == "__main__":
    fuzz("winmail", target, HERE / "seeds" / "winmail")
