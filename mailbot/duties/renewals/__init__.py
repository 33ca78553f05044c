"""Renewals: which contracts have to be decided on, and how it stands with each."""

from mailbot.duties.duty import Duty, Recall
from mailbot.duties.renewals.facts import NAME, RenewalsKnown
from mailbot.duties.renewals.month import count
from mailbot.duties.renewals.reading import read
from mailbot.duties.renewals.recalling import load
from mailbot.duties.renewals.settings import SETTINGS
from mailbot.duties.renewals.upkeep import UPKEEP
from mailbot.duties.renewals.verbs import VOCABULARY

DUTY = Duty(
    name=NAME,
    prefix="V",
    is_about=(
        "Before the last day on which notice can be given, whoever looks after a contract is asked how it stands: "
        "RENEW, TALKING or LOST. Each month everybody gets the calendar of the own contracts, and who manages hears "
        "which may be lost, and why."
    ),
    read=read,
    vocabulary=VOCABULARY,
    settings=SETTINGS,
    recall=Recall(RenewalsKnown, load),
    upkeep=UPKEEP,
    month=count,
)
