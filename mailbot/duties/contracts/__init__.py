"""Contracts: what was signed is read, confirmed, kept with all it promises, and handed to billing."""

from mailbot.duties.contracts.card import card
from mailbot.duties.contracts.expiring import EXPIRING
from mailbot.duties.contracts.facts import NAME
from mailbot.duties.contracts.known import ContractsKnown
from mailbot.duties.contracts.month import count
from mailbot.duties.contracts.reading import read
from mailbot.duties.contracts.recalling import hint, load
from mailbot.duties.contracts.settings import SETTINGS
from mailbot.duties.contracts.verbs import VOCABULARY
from mailbot.duties.duty import Duty, Recall
from mailbot.sorting.model import Trust

DUTY = Duty(
    name=NAME,
    prefix="K",
    is_about=(
        "A rep mails that a contract was signed. What the mail and its file say is read point by point and goes back "
        "to the owner of the client as a numbered list; only after the OK it is a contract, with every thing it "
        "promises as a row of its own. Whether it is also a sale is asked, and never assumed."
    ),
    read=read,
    vocabulary=VOCABULARY,
    settings=SETTINGS,
    recall=Recall(ContractsKnown, load, hint, for_colleagues=True),
    upkeep=(EXPIRING,),
    reads_files_of=Trust.T3,
    card=card,
    month=count,
)
