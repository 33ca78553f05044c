"""The desk itself: what is said to it, and not to one of its duties.

WHY and UNDO by mail, the card of a client, the answers to its own questions (may I, was it sent, is it settled), forged
mail, and every mail in which no duty found anything. Orders and answers are followed at every level of this duty; the
rest, forged mail and mail that is nobody's, keeps to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from mailbot.duties.desk.heard import hint
from mailbot.duties.desk.month import upkeep as month
from mailbot.duties.desk.reading import read
from mailbot.duties.desk.recalled_letters import TAKEN_BACK
from mailbot.duties.desk.recalling import Recalled, load
from mailbot.duties.desk.upkeep import MORNING
from mailbot.duties.desk.verbs import VOCABULARY
from mailbot.duties.desk.words import NAME
from mailbot.duties.duty import Duty, Recall
from mailbot.records.client_card import TellingOfClient
from mailbot.records.month_figures import CountingMonth


def duty_beside(cards: Sequence[TellingOfClient], months: Sequence[CountingMonth]) -> Duty:
    """The duty, beside others that tell their part of a client's card, and count their figures of a month."""
    return Duty(
        name=NAME,
        prefix="D",
        is_about=(__doc__ or "").strip(),
        read=read,
        vocabulary=VOCABULARY,
        recall=Recall(Recalled, partial(load, cards), hint, for_colleagues=True),
        upkeep=(MORNING, TAKEN_BACK, month.upkeep(months)),
    )


DUTY: Final = duty_beside((), ())
