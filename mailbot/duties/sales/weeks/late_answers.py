"""A line that waited for its client until its month was closed: it gets the client, and the manager is asked what
becomes of it, as of one that comes late."""

from __future__ import annotations

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.actions import told
from mailbot.duties.sales.client_actions import LearnAlias
from mailbot.duties.sales.facts.answers import ClientAnswer
from mailbot.duties.sales.weeks.actions import WaitForMonth
from mailbot.duties.sales.weeks.closings import month_of
from mailbot.duties.sales.weeks.guarding import day_of_waiting
from mailbot.duties.sales.weeks.late import Late, ask_about, decider
from mailbot.duties.sales.weeks.month_names import name_of
from mailbot.errors import OurBug
from mailbot.records.decision import Folder
from mailbot.records.known import Known
from mailbot.records.questions import CloseQuestion


def can_be_decided(facts: object, known: Known) -> bool:
    """Whether one word settles it: the rep has chosen one of the own clients, and there is somebody to ask."""
    is_chosen = isinstance(facts, ClientAnswer) and facts.chosen is not None and facts.is_own and facts.client is None
    return is_chosen and decider(known) is not None


def ask(s: Situation, _how: NoParameters) -> Plan:
    """The line gets its client, and waits for the word of who decides about months; both are told."""
    answer = s.finding.facts
    rep = s.known.sender.person if s.known.sender else None
    if not isinstance(answer, ClientAnswer) or answer.chosen is None or not answer.is_own or rep is None:
        raise OurBug("a late answer was about to be asked about that chooses no client of the rep's")
    waiting, client, day = answer.pending, answer.chosen, day_of_waiting(answer.pending)
    month = month_of(day).first
    line = Late(client.name, waiting.price, waiting.counts_on, waiting.words)
    learning = (LearnAlias(rep.id, answer.learned, client.id, client.name),) if answer.learned else ()
    return Plan(
        f"{rep.name}: {told(waiting.price)} is for {client.name}, but {name_of(month, 'en')} is closed; asked.",
        (
            CloseQuestion(answer.question_id, answer.evidence.words),
            WaitForMonth(waiting.id, client.id, client.name, waiting.week.period, day),
            *learning,
            *ask_about(s, rep, month, s.today, [line], {"pending_id": waiting.id}),
        ),
        Folder.ASKED,
    )
