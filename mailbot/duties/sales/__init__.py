"""Sales: the numbers that reps mail in, the answer that confirms them, and the replies that correct it."""

from mailbot.duties.duty import Duty, Recall
from mailbot.duties.sales.card import card
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.known import SalesKnown
from mailbot.duties.sales.heard import hint
from mailbot.duties.sales.reading import read
from mailbot.duties.sales.recalling import load
from mailbot.duties.sales.settings import SETTINGS
from mailbot.duties.sales.upkeep import UPKEEP
from mailbot.duties.sales.verbs import VOCABULARY
from mailbot.sorting.model import Trust

DUTY = Duty(
    name=NAME,
    prefix="N",
    is_about=(
        "A rep mails what was sold. Every line that says one amount for one of the rep's own clients is booked for the "
        "week; every other one waits, with the reason, for the rep or for a person. One answer repeats what was "
        "understood beside the words it came from, and one short line of the rep corrects it."
    ),
    read=read,
    vocabulary=VOCABULARY,
    settings=SETTINGS,
    recall=Recall(SalesKnown, load, hint),
    upkeep=UPKEEP,
    card=card,
    reads_files_of=Trust.T3,
)
