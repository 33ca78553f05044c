"""The readers of bounces on any bytes: nothing is raised, and what they say of a recipient is one line each."""

from __future__ import annotations

from fuzz.harness import HERE, MAILS, fuzz, instrumented

with instrumented():
    from mailbot.duties.bounces.reports.detectors import DETECTORS, failures_in
    from mailbot.message import read


def target(data: bytes) -> None:
    """Reads the bytes as a bounce: by the first reader that finds one, and by every one alone."""
    message = read(data)
    failures_in(message)
    for detector in DETECTORS:
        for failure in detector(message):
            assert failure.keys, f"a recipient without an address: {failure}"
            for text in (failure.address, failure.final or "", failure.status, failure.reply_code, failure.diagnostic):
                assert len(text.splitlines()) <= 1, f"more than one line: {failure}"


if __name__ == "__main__":
    fuzz("bounces", target, HERE / "seeds" / "bounces", MAILS)
