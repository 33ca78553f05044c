"""The answer to a rep who asks about the own commission: the lines and rates behind it; or a task, and who has it.

Nobody reads of anybody else's commission here: the question of a rep is answered to that rep alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from mailbot.config.commission import CommissionRules
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.sales.commission.computing import Earned, statement
from mailbot.duties.sales.commission.facts import CommissionQuestion, SoldLine
from mailbot.duties.sales.facts.kinds import NAME
from mailbot.duties.sales.facts.particulars import Price, sums
from mailbot.duties.sales.settings import commission_of
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.letters.model import Draft, Enclosure, Plain
from mailbot.records.decision import Folder, Send
from mailbot.records.importing.sheet import write_sheet
from mailbot.records.in_words import Words
from mailbot.records.known import Known, PersonCard
from mailbot.records.questions import OpenTask
from mailbot.records.tables import Role

_MOST_LINES: Final = 25  # that one letter tells
_MOST_WORDS: Final = 400
_DAYS_TO_ANSWER: Final = 3  # working days


def answer(s: Situation, _how: NoParameters) -> Plan:
    """Computes and explains; where the company keeps its commissions elsewhere, the question becomes a task."""
    question, rep = _question(s), _rep(s)
    rules = commission_of(s.known.desk)
    return _explained(s, question, rep, rules) if rules else _handed_on(s, question, rep)


def _explained(s: Situation, question: CommissionQuestion, rep: PersonCard, rules: CommissionRules) -> Plan:
    found = statement(rules, rep.name, question.lines)
    facts: dict[str, Plain] = {
        "month": f"{question.month.first:%m/%Y}",
        "lines": tuple(_earned(each) for each in found.earned[:_MOST_LINES]),
        "more": max(0, len(found.earned) - _MOST_LINES),
        "bonuses": tuple({"name": name, **_price(price)} for name, price in found.bonuses),
        "totals": tuple(_price(price) for price in found.totals()),
        "said": question.figures[0] if question.figures else None,
        "expected": question.figures[1] if len(question.figures) > 1 else None,
        "own": rep.currency or s.known.desk.currency,
    }
    total = ", ".join(f"{price.amount} {price.currency}" for price in found.totals()) or "nothing"
    letter = Draft(rep.recipient, "sales/commission", facts, "sales-commission", s.ref, answers=s.thread)
    return Plan(f"{rep.name} asked about the own commission of {question.month.first:%B %Y}: {total}.", (Send(letter),))


def _handed_on(s: Situation, question: CommissionQuestion, rep: PersonCard) -> Plan:
    """The manager, else the coordinator, answers the rep; the lines go with the question."""
    keeper = next(iter((*s.known.in_role(Role.MANAGER), *s.known.in_role(Role.COORDINATOR))), None)
    due = _working_days_after(s.today, s.known)
    asked = one_line(question.evidence.words, _MOST_WORDS)
    facts: dict[str, Plain] = {
        "rep": rep.name,
        "keeper": keeper.name if keeper else None,
        "month": f"{question.month.first:%m/%Y}",
        "due": due,
        "words": asked,
        "lines": len(question.lines),
        "totals": tuple(_price(price) for price in sums(Price(x.amount, x.currency) for x in question.lines)),
    }
    language = keeper.recipient.language if keeper else s.known.desk.language
    words = Words(
        f'{rep.name} asks about the commission of {question.month.first:%m/%Y}, answer by {due:%d %b %Y}: "{asked}"',
        f"{rep.name} fragt nach der Provision {question.month.first:%m/%Y}, Antwort bis {due:%d.%m.%Y}: „{asked}“",
    )
    task = OpenTask(NAME, "commission", f"{s.ref}: {words.to(language)}", keeper.id if keeper else None)
    told = Send(
        Draft(rep.recipient, "sales/commission_asked", facts, "sales-commission-asked", s.ref, answers=s.thread)
    )
    letters = (_to_keeper(s, keeper, question.lines, facts), told) if keeper else (told,)
    return Plan(f"{rep.name} asked about the own commission; left to a person.", (task, *letters), Folder.HELD)


def _to_keeper(s: Situation, keeper: PersonCard, lines: Sequence[SoldLine], facts: dict[str, Plain]) -> Send:
    rows = (
        (f"{line.day:%Y-%m-%d}", line.client, line.product, f"{line.amount:.2f}", line.currency, line.ref)
        for line in lines
    )
    sheet = write_sheet(("day", "client", "product", "amount", "currency", "ref"), rows)
    enclosure = Enclosure("commission-lines.csv", "text/csv", sheet.encode())
    return Send(
        Draft(
            keeper.recipient,
            "sales/commission_task",
            facts,
            "sales-commission-task",
            s.ref,
            enclosures=(enclosure,),
        )
    )


def _earned(each: Earned) -> dict[str, Plain]:
    return {
        "client": each.line.client,
        "sold": each.line.amount,
        "sold_currency": each.line.currency,
        "rate": (each.rate * 100).normalize(),
        "share": (each.share * 100).normalize(),
        "rule": each.rule,
        "amount": each.amount,
        "currency": each.line.currency,
        "ref": each.line.ref,
    }


def _price(price: Price) -> dict[str, Plain]:
    return {"amount": price.amount, "currency": price.currency}


def _working_days_after(day: date, known: Known) -> date:
    left = _DAYS_TO_ANSWER
    while left:
        day += timedelta(days=1)
        left -= known.desk.works_on(day)
    return day


def _question(s: Situation) -> CommissionQuestion:
    if not isinstance(s.finding.facts, CommissionQuestion):
        raise OurBug("the verb 'explain_commission' was asked about a mail that does not ask about one")
    return s.finding.facts


def _rep(s: Situation) -> PersonCard:
    person = s.known.sender.person if s.known.sender else None
    if person is None:
        raise OurBug("a mail of a rep has no rep as its sender")
    return person
