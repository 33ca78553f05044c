"""A rep's numbers in any words: what is booked is quoted from the mail, for a client of ours; letters go to staff."""

from __future__ import annotations

from dataclasses import replace

from fuzz.harness import HERE, fuzz, instrumented

with instrumented():
    from mailbot import app
    from mailbot.config import Level
    from mailbot.deciding.decide import decide
    from mailbot.duties.sales.facts.kinds import NAME
    from mailbot.duties.sales.facts.known import SalesKnown
    from mailbot.duties.sales.facts.lines import Numbers
    from mailbot.message import read
    from mailbot.records.decision import Send
    from mailbot.records.known import Known, Party, PersonCard
    from mailbot.records.tables import AddressStatus, Role
    from mailbot.sorting.sort import sort

from benchmarks.pure import NOW, nobody_known
from mailbot.duties.sales.naming.clients import NamedClient

_HEAD = b"""\
From: Dana Reyes <dana@harbourpine.example>
To: desk@harbourpine.example
Subject: numbers
Date: Fri, 20 Nov 2026 10:00:00 +0000
Authentication-Results: mx.harbourpine.example; dmarc=pass header.from=harbourpine.example
Content-Type: text/plain; charset=utf-8

"""
_DANA = PersonCard(1, "Dana Reyes", "dana@harbourpine.example", Role.REP, "en", "en_US", "USD")
_JONAS = PersonCard(2, "Jonas Weber", "jonas@harbourpine.example", Role.REP, "de", "de_DE", "EUR")
_CLIENTS = (
    NamedClient(1, "Acme Corp", _DANA.id, _DANA.name),
    NamedClient(2, "Acme Medical GmbH", _JONAS.id, _JONAS.name),
    NamedClient(3, "Beta Freight", _DANA.id, _DANA.name),
    NamedClient(4, "Studio 54", _DANA.id, _DANA.name),
    NamedClient(5, "Müller Bau GmbH", _JONAS.id, _JONAS.name),
)
_READERS = [(duty.name, duty.read) for duty in app.DUTIES]
_ORDERS = app.standing_orders()


def _known() -> Known:
    nobody = nobody_known()
    dana = Party(_DANA.address, 1, AddressStatus.OK, person=_DANA)
    return replace(
        nobody,
        desk=replace(nobody.desk, levels={NAME: Level.ACT}),
        sender=dana,
        parties=(dana,),
        staff=(_DANA, _JONAS),
        recalled={NAME: SalesKnown(_CLIENTS, (), (), ())},
    )


_KNOWN = _known()


def target(data: bytes) -> None:
    """Decides on the bytes as on the text of a rep's mail."""
    message = read(_HEAD + data)
    reading = sort(message, _KNOWN, _READERS)
    for finding in reading.findings:
        if isinstance(finding.facts, Numbers):
            _is_quoted(finding.facts, message.body.original)
    decision = decide(message, _KNOWN, reading, _ORDERS, NOW)
    for action in decision.actions:
        if isinstance(action, Send):
            assert action.draft.to.address in {_DANA.address, _JONAS.address}, f"a letter to a stranger: {action}"


def _is_quoted(facts: Numbers, text: str) -> None:
    for line in facts.lines:
        place, words = line.evidence.place, line.evidence.words
        assert text[place.start : place.end] == words, f"not quoted: {line}"
        assert any(sign.isdigit() for sign in words), f"booked without a figure: {line}"
        assert line.price.amount.is_finite(), f"no number: {line}"
        assert line.client in _CLIENTS, f"none of our clients: {line}"


if __name__ == "__main__":
    fuzz("numbers", target, HERE / "seeds" / "numbers")
