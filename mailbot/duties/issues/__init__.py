"""Issues: what clients say is wrong, or ask."""

from mailbot.duties.duty import Duty, Recall
from mailbot.duties.issues.card import card
from mailbot.duties.issues.facts import IssuesKnown
from mailbot.duties.issues.heard import hint
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.month import count
from mailbot.duties.issues.reading import read
from mailbot.duties.issues.recalling import load
from mailbot.duties.issues.settings import SETTINGS
from mailbot.duties.issues.upkeep import UPKEEP
from mailbot.duties.issues.verbs import VOCABULARY

DUTY = Duty(
    name=NAME,
    prefix="I",
    is_about=(
        "A client, or a stranger who proves who he is, says that something is wrong or asks something. It gets a "
        "number and an owner, every further mail about it is kept with it, and the owner's DONE closes it. An angry "
        "client is answered by a person, and hears nothing automatic meanwhile."
    ),
    read=read,
    vocabulary=VOCABULARY,
    recall=Recall(IssuesKnown, load, hint),
    upkeep=UPKEEP,
    settings=SETTINGS,
    card=card,
    month=count,
)
