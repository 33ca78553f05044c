"""The mails of the situations, and short ways to write other ones."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "mails"


def situation(name: str) -> bytes:
    """A mail of the situations by its file name without ending, as "S01-in-1"."""
    return (FOLDER / f"{name}.eml").read_bytes()


def mail(body: str = "Hello", **fields: str) -> bytes:
    """A small mail; `fields` are added to From and To, with underscores for hyphens in their names."""
    header = {"From": "Dana Reyes <dana@harbourpine.example>", "To": "desk@harbourpine.example"}
    header |= {name.replace("_", "-"): value for name, value in fields.items()}
    return "".join(f"{name}: {value}\n" for name, value in header.items()).encode() + b"\n" + body.encode()
