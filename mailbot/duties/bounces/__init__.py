"""Bounces: letters of ours that did not arrive.

The duty reads what mail systems report, and believes a report only if it proves a letter that we sent to that very
address. Where a mailbox or a host is said not to exist, the address is marked, letters to it are held, and the owner
of the client is asked what to do. What passes is counted, and given up if it goes on; what is our own fault marks
nobody, and a burst of it pauses the domain and goes to the admin. Who complains gets no automatic letters any more. A
mail from an address that was given up heals it. Letters to who is away wait; who has left is followed by somebody, if
the owner says so. What colleagues say of dead ends is taken in, of their own clients.
No contact is ever deleted. Nobody outside is written to but after a colleague's word: a successor, and a client who is
asked for new details.
"""

from __future__ import annotations

from typing import Final

from mailbot.duties.bounces.heard import hint
from mailbot.duties.bounces.reading import read
from mailbot.duties.bounces.recalling import NAME, Recalled, load
from mailbot.duties.bounces.upkeep import UPKEEP
from mailbot.duties.bounces.verbs import VOCABULARY
from mailbot.duties.duty import Duty, Recall

DUTY: Final = Duty(
    name=NAME,
    prefix="B",
    is_about=(__doc__ or "").strip(),
    read=read,
    vocabulary=VOCABULARY,
    recall=Recall(Recalled, load, hint, for_colleagues=True),
    upkeep=UPKEEP,
)
