"""The words in which people are told of the tables of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mailbot.records.in_words import Column, Words

REPORT: Final[Mapping[str, Column]] = {
    "state": Column(
        values={
            "ordered": Words("asked for", "angefordert"),
            "sent": Words("sent", "verschickt"),
            "draft": Words("waits for the manager's OK", "wartet auf das OK der Leitung"),
            "released": Words("released", "freigegeben"),
            "dropped": Words("not sent", "nicht verschickt"),
        }
    ),
}
