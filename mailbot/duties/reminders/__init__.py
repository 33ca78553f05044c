"""Reminders: what clients have paid for and not used, and how satisfied they are."""

from mailbot.duties.duty import Duty, Recall
from mailbot.duties.reminders.facts import RemindersKnown
from mailbot.duties.reminders.month import count
from mailbot.duties.reminders.reading import read
from mailbot.duties.reminders.recalling import load
from mailbot.duties.reminders.settings import NAME, SETTINGS
from mailbot.duties.reminders.upkeep import UPKEEP
from mailbot.duties.reminders.verbs import VOCABULARY

DUTY = Duty(
    name=NAME,
    prefix="R",
    is_about=(
        "A client is reminded of what a contract promises and nobody has used, by a ladder that ends with a call, and "
        "is asked now and then how satisfied they are. The answer moves the work: used, not used, help, figures, a "
        "talk. Nobody is reminded who said STOP, is away or angry, or waits for something to be solved."
    ),
    read=read,
    vocabulary=VOCABULARY,
    recall=Recall(RemindersKnown, load),
    settings=SETTINGS,
    upkeep=UPKEEP,
    month=count,
)
