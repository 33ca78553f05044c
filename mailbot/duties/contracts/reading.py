"""What a mail is to this duty: the word that a contract was signed, or the answer to what was read of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from mailbot.clock import local_date
from mailbot.duties.contracts.changes import reading as changes
from mailbot.duties.contracts.changes.facts import QUESTIONS
from mailbot.duties.contracts.changes.reading import change_answer, change_in, renewal_answer
from mailbot.duties.contracts.facts import (
    CHANGED,
    IS_IT_RIGHT,
    NAME,
    NOT_RIGHT,
    RIGHT,
    SIGNED,
    ContractReading,
    DraftAnswer,
    KeptFile,
    SignedMail,
)
from mailbot.duties.contracts.intake.correcting import corrected
from mailbot.duties.contracts.intake.reading import read_contract
from mailbot.duties.contracts.known import ContractsKnown
from mailbot.duties.contracts.writers import reader_of
from mailbot.message.model import Attachment, Message
from mailbot.records.contracts.questions import HOW_RENEWED, WAS_CANCELLED
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.stored_files import LARGEST_FILE
from mailbot.records.tables import Role
from mailbot.sorting.commands import commanded
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

_AnswerReader = Callable[[Message, QuestionCard, ContractsKnown, Known, PersonCard, Sorted], Finding | NotMine]

KINDS: Final = (SIGNED, RIGHT, CHANGED, NOT_RIGHT, *changes.KINDS)
_SAYS_SIGNED = re.compile(r"\b(?:signed|unterschrieben\w*|unterzeichnet\w*)\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:not|un|isn't|nearly|almost|to be|when|once|if|until|noch nicht|nicht|fast|bald|sobald|wenn|falls)\b[\s-]?"
    r"(?:yet |it's |it is |is |been )?(?:signed|unterschrieben|unterzeichnet)",
    re.IGNORECASE,
)
_PDF: Final = "application/pdf"
_OPTIONS: Final = (Option("ok", numbered=False), Option("no", ("drop", "verwerfen"), numbered=False))
_LONGEST_EVIDENCE: Final = 300
_MOST_FILES: Final = 5


def read(message: Message, known: Known, sorted_as: Sorted) -> Finding | NotMine:
    """Only a colleague's own mail, proven and written by a person, is read."""
    person = _colleague(known, sorted_as)
    if isinstance(person, NotMine):
        return person
    recalled = known.recalled.get(NAME)
    recalled = recalled if isinstance(recalled, ContractsKnown) else ContractsKnown()
    question = sorted_as.answers.question if sorted_as.answers else None
    if question is None:
        if recalled.meant is not None:
            return change_in(message, recalled.meant, known, person, sorted_as)
        return _signed(message, recalled, known, person, sorted_as)
    answer = _reader_of_answers(question)
    if answer is None:
        return NotMine("it answers another question")
    said = commanded(message.body.for_people.text)
    if said and said.is_to_the_desk:
        return NotMine(f"it says {said.does.upper()}")
    return answer(message, question, recalled, known, person, sorted_as)


def _reader_of_answers(question: QuestionCard) -> _AnswerReader | None:
    if question.duty == NAME and question.kind == IS_IT_RIGHT:
        return _answer
    if question.duty == NAME and question.kind in QUESTIONS:
        return change_answer
    if question.kind in (HOW_RENEWED, WAS_CANCELLED):
        return renewal_answer
    return None


def _colleague(known: Known, sorted_as: Sorted) -> PersonCard | NotMine:
    if sorted_as.automatic is not None:
        return NotMine(f"a machine wrote it: {sorted_as.automatic.why}")
    person = known.sender.person if known.sender else None
    if person is None or person.role in (Role.DEPARTMENT, Role.ADMIN):
        return NotMine("its sender is not a colleague who brings contracts")
    if sorted_as.trust.trust < Trust.T3:
        return NotMine(f"it names a colleague as its sender but is not believed: {sorted_as.trust.why}")
    return person


# --- a contract was signed ---


def _signed(
    message: Message, recalled: ContractsKnown, known: Known, person: PersonCard, sorted_as: Sorted
) -> Finding | NotMine:
    words = message.body.for_people
    files = _papers_of(message)
    if not says_signed(message):
        return NotMine("it does not say that a contract was signed")
    if message.date is None:
        return NotMine("it says that something was signed, but has no date, and nobody can tell the years of its days")
    signed_on = local_date(message.date, known.desk.zone)
    reader = reader_of(message, known, person, recalled.clients, sorted_as, signed_on)
    in_mail = read_contract(words.text, reader)
    if not files and not _is_a_contract(in_mail):
        return NotMine("it says that something was signed, and nothing of what a contract holds")
    texts = [paper.text for paper in message.papers if paper.text.strip()]
    in_file = read_contract("\n".join(texts), reader) if texts else None
    evidence = (words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)),)
    signed = SignedMail(
        clients=recalled.clients,
        client_words=message.subject[:_LONGEST_EVIDENCE],
        signed_on=reader.signed_on,
        in_mail=in_mail,
        in_file=in_file,
        files=tuple(KeptFile(x.filename, x.content_type, x.sha256, x.content) for x in files[:_MOST_FILES] if _fits(x)),
        unopened=tuple(paper.filename for paper in message.papers if not paper.text.strip()),
        evidence=evidence,
    )
    return Finding(NAME, SIGNED, signed, evidence, "it says that a contract was signed, and what it holds", alone=True)


def says_signed(message: Message) -> bool:
    """Whether its subject says so, or the first line of a mail with a PDF."""
    first = message.body.for_people.text[:_LONGEST_EVIDENCE].strip().partition("\n")[0]
    return _says_it(message.subject) or (bool(_papers_of(message)) and _says_it(first))


def _says_it(line: str) -> bool:
    return bool(_SAYS_SIGNED.search(line[:_LONGEST_EVIDENCE]) and not _NOT_YET.search(line[:_LONGEST_EVIDENCE]))


def _is_a_contract(reading: ContractReading) -> bool:
    """Whether enough was read for it to be one: a line of numbers that says "signed" is a sale."""
    return bool(reading.term) and bool(reading.promises or reading.renewal or reading.value)


def _papers_of(message: Message) -> list[Attachment]:
    return [
        each
        for each in message.attachments
        if each.content_type.casefold().startswith(_PDF) or each.filename.casefold().endswith(".pdf")
    ]


def _fits(file: Attachment) -> bool:
    return file.size <= LARGEST_FILE and len(file.content) == file.size


# --- the answer to what was read ---


def _answer(
    message: Message,
    question: QuestionCard,
    recalled: ContractsKnown,
    known: Known,
    person: PersonCard,
    sorted_as: Sorted,
) -> Finding | NotMine:
    words = message.body.for_people
    draft = dict(recalled.drafts).get(question.id)
    if draft is None:
        return NotMine(f"it answers {question.letter_ref}, but that contract no longer waits")
    chosen = choice(words.text, _OPTIONS)
    if isinstance(chosen, Chosen) and not chosen.besides:
        kind = RIGHT if chosen.key == "ok" else NOT_RIGHT
        evidence = words.evidence(chosen.start, chosen.end)
        return Finding(NAME, kind, DraftAnswer(question.id, draft, evidence), (evidence,), f"it says {chosen.key}")
    clients = (draft.client,) if draft.client else ()
    reader = reader_of(message, known, person, clients, sorted_as, draft.signed_on)
    found = corrected(words.text, draft, recalled.clients, reader)
    evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    answer = DraftAnswer(question.id, found.draft, evidence, found.changed, found.unclear)
    return Finding(NAME, CHANGED, answer, (evidence,), f"it changes {len(found.changed)} points of {draft.ref}")
