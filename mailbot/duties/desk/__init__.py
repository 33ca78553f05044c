"""The desk itself: what is said to it, and not to one of its duties.

WHY and UNDO by mail, the answers to its own questions (may I, was it sent, is it settled), forged mail, and every mail
in which no duty found anything. This duty always acts, whatever the levels say: it holds, explains and alarms.
"""

from __future__ import annotations

from typing import Final

from mailbot.duties.desk.reading import NAME, read
from mailbot.duties.desk.recalling import Recalled, load
from mailbot.duties.desk.upkeep import MORNING
from mailbot.duties.desk.verbs import VOCABULARY
from mailbot.duties.duty import Duty, Recall

DUTY: Final = Duty(
    name=NAME,
    prefix="D",
    is_about=(__doc__ or "").strip(),
    read=read,
    vocabulary=VOCABULARY,
    recall=Recall(Recalled, load),
    upkeep=(MORNING,),
)
