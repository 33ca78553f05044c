"""What follows when a client says how satisfied they are, asks for a price, or wants to talk; and when the rep has
chosen a time. Pure."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.reminders.actions import AgreeOnTalk, KeepScore, KeepWords, WishForTalk
from mailbot.duties.reminders.facts import HowItGoes, Praise, SlotChosen
from mailbot.duties.reminders.letters import keeper as keeper_of_client
from mailbot.duties.reminders.letters import speaker, writer
from mailbot.duties.reminders.recalling import recalled
from mailbot.duties.reminders.settings import NAME, settings_of
from mailbot.duties.reminders.tables import WordKind
from mailbot.duties.reminders.touch import letters
from mailbot.duties.reminders.touch.slots import slots_for
from mailbot.errors import OurBug
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action, Folder
from mailbot.records.in_words import Words
from mailbot.records.known import PersonCard
from mailbot.records.questions import CloseQuestion, OpenTask
from mailbot.working_days import is_working_day

_LONGEST = 200  # characters of what a task quotes


def take_satisfaction(s: Situation, _: NoParameters) -> Plan:
    """The score is kept with its sentence; prices and talks go to the owner, and are never answered by machine."""
    said = s.finding.facts
    question = s.sorted.answers.question if s.sorted.answers else None
    if not isinstance(said, HowItGoes) or question is None:
        raise OurBug("a rule takes down how satisfied a client is, but no client says so")
    contact, client = writer(s)
    keeper = keeper_of_client(s, client)
    low = said.score is not None and said.score <= settings_of(s.known.desk).low_score
    actions: list[Action] = [CloseQuestion(question.id, one_line(said.sentence, _LONGEST))]
    if said.score is not None:
        actions.append(KeepScore(said.contract.id, said.number, said.score, said.sentence))
    elif not said.price and said.talk is None:
        actions.append(KeepWords(client.id, said.contract.id, contact.id, WordKind.REMARK, said.sentence))
    actions += [KeepWords(client.id, said.contract.id, contact.id, WordKind.PRICE, sentence) for sentence in said.price]
    if keeper is not None:
        actions += _for_the_owner(s, said, keeper, low=low)
    if not (said.wrong or said.asks):
        actions.append(letters.thanked(s, said, keeper, talk=said.talk is not None))
    score = f"{said.score} of 10" if said.score is not None else "no score"
    return Plan(f"{contact.name} ({client.name}): {score}.", tuple(actions))


def _for_the_owner(s: Situation, said: HowItGoes, keeper: PersonCard, *, low: bool) -> list[Action]:
    """A task for each thing that only a person can do, and one letter with all of it."""
    contact, client = writer(s)
    actions: list[Action] = []
    language = keeper.language

    def task(kind: str, words: Words) -> OpenTask:
        return OpenTask(NAME, kind, words.to(language), person_id=keeper.id, client_id=client.id)

    slots: tuple[datetime, ...] = ()
    uid = s.ref.lower()
    if low:
        quoted = one_line(said.sentence, _LONGEST)
        actions.append(task("call", Words(f'Call {contact.name}: "{quoted}"', f"{contact.name} anrufen: „{quoted}“")))
    if said.price:
        asked = one_line(" ".join(said.price), _LONGEST)
        words = Words(f'Price for {client.name}: "{asked}"', f"Preis für {client.name}: „{asked}“")
        actions.append(task("price", words))
    if said.talk is not None:
        slots = slots_for(
            said.talk,
            s.today,
            s.known.desk.zone,
            settings_of(s.known.desk),
            partial(_works, s, keeper),
            [
                (each.starts_at, each.ends_at)
                for each in recalled(s.known).meetings
                if each.rep_id == keeper.id and each.starts_at is not None and each.ends_at is not None
            ],
        )
        wished = said.talk.words
        wish = WishForTalk(client.id, said.contract.id, contact.id, contact.name, keeper.id, uid, wished)
        actions.append(wish)
    if low or said.price or said.talk is not None:
        actions.append(letters.told(s, said, keeper, slots, uid=uid, low=low))
    return actions


def _works(s: Situation, person: PersonCard, day: date) -> bool:
    holidays = s.known.desk.holidays if person.holidays is None else person.holidays
    return is_working_day(day, holidays)


def keep_praise(s: Situation, _: NoParameters) -> Plan:
    """Praise is noted on the contract, and its owner reads it in the letter of the week; nobody is written to."""
    said = s.finding.facts
    if not isinstance(said, Praise):
        raise OurBug("a rule keeps praise, but nobody praises")
    contact, client = writer(s)
    kept = KeepWords(client.id, said.contract_id, contact.id, WordKind.PRAISE, said.words.words)
    about = f", about {said.contract}" if said.contract else ""
    return Plan(f"{contact.name} ({client.name}) says something kind{about}; noted.", (kept,))


def agree(s: Situation, _: NoParameters) -> Plan:
    """The rep has chosen: the invitation goes out. With NO, nothing goes to the client."""
    chosen = s.finding.facts
    if not isinstance(chosen, SlotChosen):
        raise OurBug("a rule agrees on a talk, but nobody has chosen a time")
    rep = speaker(s)
    closing = CloseQuestion(chosen.question.id, chosen.words.words)
    client = s.known.client(chosen.meeting.client_id)
    contact = next((each for each in client.contacts if each.id == chosen.meeting.contact_id), None) if client else None
    if client is None or contact is None:
        return Plan("Who wanted to talk is on file no more; nobody is invited.", (closing,), Folder.HELD)
    if chosen.starts_at is None:
        words = Words(f"Agree on a talk with {contact.name}", f"Gespräch mit {contact.name} vereinbaren")
        task = OpenTask(NAME, "talk", words.to(rep.language), person_id=rep.id, client_id=client.id)
        noted = letters.agreed(s, chosen, contact, client, rep)
        return Plan(f"{rep.name} arranges the talk with {contact.name} by hand.", (closing, task, noted))
    starts_at, ends_at = letters.span_of(s, chosen)
    actions = (
        closing,
        AgreeOnTalk(chosen.meeting.uid, contact.name, starts_at, ends_at),
        letters.invited(s, chosen, contact, client, rep),
        letters.agreed(s, chosen, contact, client, rep),
    )
    return Plan(f"{rep.name} talks with {contact.name} at {starts_at:%d %b %Y %H:%M}.", actions)
