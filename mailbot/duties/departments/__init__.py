"""Departments: what was sold is delivered by them, and seen before it counts."""

from mailbot.duties.departments.facts import NAME, DepartmentsKnown
from mailbot.duties.departments.reading import read
from mailbot.duties.departments.recalling import load
from mailbot.duties.departments.settings import SETTINGS
from mailbot.duties.departments.upkeep import UPKEEP
from mailbot.duties.departments.verbs import VOCABULARY
from mailbot.duties.duty import Duty, Recall

DUTY = Duty(
    name=NAME,
    prefix="L",
    is_about=(
        "Each department hears of its own part of a contract, with a due date, and says DONE or PROBLEM. DONE is a "
        "claim: a page that it names is looked at before it counts, and what is wrong goes back with what was seen. "
        "The client hears only of what was seen."
    ),
    read=read,
    vocabulary=VOCABULARY,
    settings=SETTINGS,
    recall=Recall(DepartmentsKnown, load),
    upkeep=UPKEEP,
)
