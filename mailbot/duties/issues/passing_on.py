"""Both ways through the desk: what a colleague answers goes to the client, what the client answers goes back.

Each hears the other by name and from the desk's address alone. Signatures and quotations are off, what is marked as
internal stays inside.
"""

from __future__ import annotations

from mailbot.clock import local_date
from mailbot.deciding.verbs import NoParameters, Plan, Situation
from mailbot.duties.issues import letters, to_clients
from mailbot.duties.issues.actions import Attach
from mailbot.duties.issues.facts import FollowUp, IssueCard, StaffWord
from mailbot.duties.issues.in_hand import facts_of, sender_of, speaker_of
from mailbot.duties.issues.kinds import NAME
from mailbot.duties.issues.promises import times
from mailbot.duties.issues.promises.actions import SetRing
from mailbot.duties.issues.tables import Voice
from mailbot.duties.issues.voices.asides import without_addresses
from mailbot.letters.cleaning import one_line
from mailbot.letters.wording import Wording
from mailbot.records.decision import Action
from mailbot.records.in_words import Words
from mailbot.records.known import PersonCard
from mailbot.records.questions import OpenTask

LONGEST_WORDS = 200  # of a mail, in a task


def pass_on(s: Situation, _: NoParameters) -> Plan:
    """A colleague's answer goes to the client who wrote, in the colleague's words and under the colleague's name."""
    word, speaker = facts_of(s, StaffWord), speaker_of(s)
    issue = word.issue
    if letters.is_out_of_reach(s, issue):
        return _kept(s, word, speaker, f"letters to {issue.who} do not arrive")
    words = without_addresses(word.for_client, s.known)
    actions: list[Action] = [
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender_of(s), word.words, passed_on=True),
        SetRing(issue.id, issue.ref, times.after(issue, s.now, s.known.desk, is_answered=True)),
        to_clients.answer(s, issue, speaker, words),
    ]
    if not _heard_today(s, issue):
        actions.append(letters.passed_on(s, issue, speaker, words))
    return Plan(f"{speaker.name} answered {issue.who} about {issue.ref}.", tuple(actions))


def keep_note(s: Situation, _: NoParameters) -> Plan:
    """A colleague's words are kept with the issue; the colleague hears that they went no further."""
    return _kept(s, facts_of(s, StaffWord), speaker_of(s), "")


def _kept(s: Situation, word: StaffWord, speaker: PersonCard, because: str) -> Plan:
    issue = word.issue
    actions = (
        Attach(issue.id, issue.ref, issue.state, Voice.STAFF, sender_of(s), word.words),
        letters.not_passed_on(s, word, speaker),
    )
    said = f"{speaker.name} wrote about {issue.ref}; kept, passed on to nobody"
    return Plan(f"{said}: {because}." if because else f"{said}.", actions)


def _heard_today(s: Situation, issue: IssueCard) -> bool:
    """Whether an answer of today was confirmed already: after the first, silence says the same."""
    return issue.last_answer_at is not None and local_date(issue.last_answer_at, s.known.desk.zone) == s.today


# --- the other way ---


def told(s: Situation, mail: FollowUp, worker: PersonCard | None, *, reopened: bool) -> list[Action]:
    """Whoever works on the issue reads what the client wrote: by letter once a day, and again after each answer that
    went to the client; what comes in between waits as a task, so that nothing goes unseen."""
    issue = mail.issue
    if worker is None:
        return []
    if _waits_for_an_answer(s, issue):
        language = worker.recipient.language
        once_more = Words("wrote once more", "hat noch einmal geschrieben").to(language)
        quoted = Wording(language).quoted(one_line(mail.words, LONGEST_WORDS))
        words = f"{issue.ref}: {sender_of(s)} {once_more}: {quoted}"
        return [OpenTask(NAME, "follow-up", words, person_id=worker.id, client_id=issue.client_id)]
    return [letters.more(s, issue, worker, mail.words, reopened=reopened, on_file=mail.by_same_party)]


def _waits_for_an_answer(s: Situation, issue: IssueCard) -> bool:
    """Whether the worker was written to today and has answered nothing since."""
    if issue.told_more_at is None or local_date(issue.told_more_at, s.known.desk.zone) != s.today:
        return False
    return issue.last_answer_at is None or issue.last_answer_at < issue.told_more_at
