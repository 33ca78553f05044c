"""Reading, sorting and deciding on any bytes: always one decision, and no letter to anybody but who wrote."""

from __future__ import annotations

from fuzz.harness import MAILS, fuzz, instrumented

with instrumented():
    from mailbot import app
    from mailbot.deciding.decide import decide
    from mailbot.message import read
    from mailbot.records.decision import Send
    from mailbot.sorting.sort import sort

from benchmarks.pure import NOW, nobody_known

_READERS = [(duty.name, duty.read) for duty in app.DUTIES]
_ORDERS = app.standing_orders()
_KNOWN = nobody_known()


def target(data: bytes) -> None:
    """Decides on the bytes as on the mail of a stranger."""
    message = read(data)
    decision = decide(message, _KNOWN, sort(message, _KNOWN, _READERS), _ORDERS, NOW)
    for action in decision.actions:
        if isinstance(action, Send):
            assert message.sender is not None, f"a letter to nobody: {action}"
            assert action.draft.to.address == message.sender.address, f"a letter to somebody else: {action}"


if __name__ == "__main__":
    fuzz("deciding", target, MAILS)
