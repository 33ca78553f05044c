"""Mails and texts made to be slow: how long each takes on the pure road, and whether time grows with size alone."""

from __future__ import annotations

import time
from base64 import encodebytes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.pure import NOW, nobody_known
from mailbot import app
from mailbot.deciding.decide import decide
from mailbot.message import Limits, clues, read
from mailbot.message.trimmer import trim
from mailbot.sorting.sort import sort

MOST_SECONDS: Final = 1.0
SIZES: Final = (10_000, 100_000, 1_000_000, 10_000_000)
_MEGABYTE: Final = 1_000_000


def _mail(body: bytes = b"acme 12k\n", **fields: str) -> bytes:
    header = {"From": "Dana Reyes <dana@harbourpine.example>", "Subject": "Re: numbers"}
    header |= {name.replace("_", "-"): value for name, value in fields.items()}
    return "".join(f"{name}: {value}\n" for name, value in header.items()).encode() + b"\n" + body


def _html(body: str) -> bytes:
    return _mail(body.encode(), Content_Type="text/html; charset=utf-8")


def _parts(part: str, count: int) -> bytes:
    return _mail(f"--b\n{part}\n".encode() * count, Content_Type="multipart/mixed; boundary=b")


def _nested(depth: int) -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth))
    return b"From: dana@harbourpine.example\n" + parts.encode() + b"\nacme 12k\n"


MAILS: Final[Mapping[str, Callable[[], bytes]]] = {
    'one line of "On " 20,000 times': lambda: _mail(b"On " * 20_000),
    "500 kB of blanks": lambda: _mail(b" " * 500_000 + b"x"),
    '5,000 lines "From: a"': lambda: _mail(b"From: a\n" * 5_000),
    "300 quote levels": lambda: _mail("\n".join(">" * depth + " x" for depth in range(300)).encode()),
    "20,000 encoded words": lambda: _mail(Subject=" ".join(["=?utf-8?b?YQ==?="] * 20_000)),
    "64 kB of From": lambda: _mail(From='"' + "a, <" * 16_000 + ">"),
    "charset=punycode": lambda: _mail(b"a-" * 100_000, Content_Type="text/plain; charset=punycode"),
    "100,000 divs in each other": lambda: _html("<div>" * 100_000 + "acme"),
    "200 quotes in each other, and 50,000 tags": lambda: _html("<blockquote type=cite>" * 199 + "<b>a</b>" * 24_000),
    "100 parts in each other": lambda: _nested(100),
    "50,000 parts": lambda: _parts("\nx", 50_000),
    "25 MB of empty lines": lambda: _mail(b"\n" * 25_000_000),
    "an address 20,000 times": lambda: _mail(To=", ".join(f"u{n}@x.example" for n in range(20_000))),
    "a table of 90,000 columns": lambda: _html("<table><tr><td colspan=90000>a</table>" * 500),
    "torn attributions": lambda: _mail(b"On 2025 <\n\n" * 15_000),
    "a list of ids": lambda: _mail(References="<" * 60_000, In_Reply_To="<a@" * 30_000),
    "20 MB of damaged base64": lambda: _mail(b"QUJ*\n" * 4_000_000, Content_Transfer_Encoding="base64"),
    "10 MB of lines in format=flowed": lambda: _mail(b"> word \n" * 250_000, Content_Type="text/plain; format=flowed"),
    "2 MB of enriched tags": lambda: _mail(b"<excerpt>a" * 200_000, Content_Type="text/enriched"),
    "RTF packed into a winmail.dat": lambda: _mail(
        encodebytes(_winmail_of_groups(4_000_000)),
        Content_Type="application/ms-tnef",
        Content_Transfer_Encoding="base64",
    ),
}


def _winmail_of_groups(size: int) -> bytes:
    """One message property, RTF that was never compressed ([MS-OXTNEF], [MS-OXRTFCP])."""
    text = b"{\\f1 a}" * (size // 7)
    rtf = b"".join((number.to_bytes(4, "little")) for number in (len(text) + 12, len(text))) + b"MELA\0\0\0\0" + text
    padded = rtf + b"\0" * (-len(rtf) % 4)
    prop = b"\1\0\0\0\x02\x01\x09\x10\1\0\0\0" + len(rtf).to_bytes(4, "little") + padded
    attribute = b"\1\x03\x90\x06\0" + len(prop).to_bytes(4, "little") + prop
    return b"\x78\x9f\x3e\x22\1\0" + attribute + (sum(prop) & 0xFFFF).to_bytes(2, "little")


TEXTS: Final[Mapping[str, str]] = {
    "an answer between quotes": "> Have you used it? Reply YES, NO or HELP.\n> The link is below.\n\nyes, twice\n\n",
    "numbers": "acme corp 12k\nbeta freight 3 x 450\nnorth star 2,350.50\n\n",
    "reply headers": "On Mon, Nov 3, 2025 at 9:00 AM Desk <desk@x.example> wrote:\n> x\n\nyes\n",
    "header blocks": "From: Desk <desk@x.example>\nSent: Monday, November 3, 2025\nTo: Tom\nSubject: banner\n\nx\n",
    "almost attributions": "On 3 Nov 2025 wrote <\n\n",
    "signatures": "thanks\n-- \nBest regards,\nTom Okafor\nSent from my iPhone\n",
    "one line": "On ",
}


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds for each MB of a text of a size; where they grow with the size, time is not linear."""

    text: str
    seconds_per_megabyte: Mapping[int, float]


def measure() -> None:
    """Measures and prints both."""
    show_seconds({name: seconds_of(made()) for name, made in MAILS.items()})
    show_growth([growth_of(name) for name in TEXTS])


def seconds_of(raw: bytes) -> float:
    """Seconds of the processor for the whole pure road, bytes to decision, at a desk that knows nobody."""
    orders, known = app.standing_orders(), nobody_known()
    started = time.process_time()
    message = read(raw)
    clues(message)
    reading = sort(message, known, [(duty.name, duty.read) for duty in app.DUTIES])
    decide(message, known, reading, orders, NOW)
    return time.process_time() - started


def growth_of(name: str, sizes: tuple[int, ...] = SIZES) -> Growth:
    """Trims the text, repeated to each size, with the caps lifted."""
    seconds: dict[int, float] = {}
    for size in sizes:
        text = TEXTS[name] * (size // len(TEXTS[name]))
        started = time.process_time()
        trim(text, Limits(pattern_characters=size), "Tom Okafor")
        seconds[size] = (time.process_time() - started) * _MEGABYTE / size
    return Growth(name, seconds)


def show_seconds(seconds: Mapping[str, float]) -> None:
    """Each mail with its time, and whether it stays below a second."""
    table = Table("hostile mail", "seconds", "", title=f"pure road, at most {MOST_SECONDS:g} s each")
    for name, taken in seconds.items():
        table.add_row(name, f"{taken:.3f}", "reached" if taken <= MOST_SECONDS else "missed")
    Console().print(table)


def show_growth(grown: list[Growth]) -> None:
    """A row a text, a column a size."""
    table = Table("text", *(f"{size // 1000:,} kB" for size in SIZES), title="trimming, milliseconds for each MB")
    for each in grown:
        table.add_row(each.text, *(f"{each.seconds_per_megabyte[size] * 1000:,.0f}" for size in SIZES))
    Console().print(table)
