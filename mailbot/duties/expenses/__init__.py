"""Expenses: what colleagues spent, with their receipts."""

from mailbot.duties.duty import Duty, Recall
from mailbot.duties.expenses.facts import NAME, ExpensesKnown
from mailbot.duties.expenses.heard import hint
from mailbot.duties.expenses.reading import read
from mailbot.duties.expenses.recalling import load
from mailbot.duties.expenses.settings import SETTINGS
from mailbot.duties.expenses.upkeep import UPKEEP
from mailbot.duties.expenses.verbs import VOCABULARY

DUTY = Duty(
    name=NAME,
    prefix="E",
    is_about=(
        "A colleague mails what was spent, with or without a receipt. It is kept with its amount, its client and its "
        "receipts, and never counts as a sale or as a negative one. A photo without words is asked about."
    ),
    read=read,
    vocabulary=VOCABULARY,
    settings=SETTINGS,
    recall=Recall(ExpensesKnown, load, hint, for_colleagues=True),
    upkeep=tuple(UPKEEP),
)
