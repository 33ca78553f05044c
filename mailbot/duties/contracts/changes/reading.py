"""What a mail is: a change of a contract that runs, or the answer to a question about one. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.clock import local_date
from mailbot.duties.contracts.changes.against import read_against
from mailbot.duties.contracts.changes.correcting import corrected
from mailbot.duties.contracts.changes.facts import (
    CHANGE,
    CHANGE_CORRECTED,
    CHANGE_NOT_RIGHT,
    CHANGE_RIGHT,
    MAY_REFUND,
    NO_CONTRACT,
    RENEWAL,
    WHICH,
    WHICH_CONTRACT,
    ChangeAnswer,
    ChangeCard,
    ChangeMail,
    Meant,
    UnknownContract,
)
from mailbot.duties.contracts.changes.renewing import renewed
from mailbot.duties.contracts.changes.said import AGAIN, SAME_TERMS
from mailbot.duties.contracts.changes.worth import figures_in
from mailbot.duties.contracts.facts import NAME, KeptFile
from mailbot.duties.contracts.intake.reading import Reader
from mailbot.duties.contracts.known import ContractsKnown
from mailbot.duties.contracts.writers import reader_of
from mailbot.message.model import Attachment, Evidence, Message
from mailbot.records.contracts.cards import ContractCard
from mailbot.records.contracts.questions import HOW_RENEWED
from mailbot.records.contracts.tables import EventKind
from mailbot.records.known import Known, PersonCard, QuestionCard
from mailbot.records.stored_files import LARGEST_FILE
from mailbot.sorting.model import Finding, NotMine, Sorted, Trust
from mailbot.sorting.one_word import Chosen, Option, choice

KINDS: Final = (CHANGE, RENEWAL, NO_CONTRACT, WHICH, CHANGE_RIGHT, CHANGE_CORRECTED, CHANGE_NOT_RIGHT)
_OK_OR_NO: Final = (Option("ok", numbered=False), Option("no", ("drop", "verwerfen"), numbered=False))
_SAME: Final = (Option("same", ("gleich", "unverändert", "unchanged"), numbered=False),)
_CANCELLED: Final = (
    Option("cancelled", ("yes", "ja", "canceled", "gekündigt", "kündigung"), numbered=False),
    Option("no", numbered=False),
)
_LONGEST_EVIDENCE: Final = 300
_LONGEST_FILE_TEXT: Final = 20_000  # characters
_MOST_FILES: Final = 5
_MOST_CONTRACTS: Final = 9  # that one letter asks about, by one digit


def change_in(message: Message, meant: Meant, known: Known, person: PersonCard, sorted_as: Sorted) -> Finding | NotMine:
    """A colleague says that something becomes of a contract."""
    said, contracts = meant.said, meant.contracts[:_MOST_CONTRACTS]
    if message.date is None:
        return NotMine("it says that a contract changes, but has no date, and nobody can tell the years of its days")
    if meant.tells_of_others:
        return NotMine("it says that a contract changes, among figures of other clients")
    words = message.body.for_people
    evidence = (words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)),)
    if not contracts:
        return _of_no_contract(meant, evidence)
    card = ChangeCard(
        id=0,
        ref="",
        kind=said.kind,
        contracts=contracts,
        clients=meant.clients,
        said_on=local_date(message.date, known.desk.zone),
        words=said.words,
        file_text="\n".join(paper.text for paper in message.papers if paper.text.strip())[:_LONGEST_FILE_TEXT],
    )
    if (contract := card.contract) is not None:
        card = read_card(card, contract, _reader(message, known, person, card, sorted_as))
        if (
            card.reading is not None
            and said.kind is EventKind.AMENDED
            and not (card.reading.lines or card.reading.ends_on)
        ):
            return NotMine("it may say that a contract changes, and nothing that would change in it")
    files = tuple(KeptFile(x.filename, x.content_type, x.sha256, x.content) for x in _papers_of(message))
    kind = RENEWAL if card.renewal is not None else CHANGE
    why = f"it says that a contract is {said.kind.value}"
    return Finding(NAME, kind, ChangeMail(card, files, evidence), evidence, why, alone=True)


def _of_no_contract(meant: Meant, evidence: tuple[Evidence, ...]) -> Finding | NotMine:
    """What may be a sale is left to whoever reads sales; what would be lost is told."""
    is_about_one = meant.said.kind in (EventKind.CANCELLED, EventKind.REFUNDED) or meant.said.numbers
    if not meant.named or not is_about_one:
        return NotMine("it says that a contract changes, and names none that runs")
    facts = UnknownContract(meant.said.kind, meant.named)
    return Finding(NAME, NO_CONTRACT, facts, evidence, "it names a contract that nobody knows", alone=True)


def read_card(card: ChangeCard, contract: ContractCard, reader: Reader) -> ChangeCard:
    """The card with what its words, and those of its file, come to for this contract."""
    client = tuple(each for each in card.clients if each.id == contract.client_id)
    card = replace(card, contracts=(contract,), clients=client)
    if card.kind is EventKind.RENEWED:
        of_file = renewed(card.file_text, contract, reader) if card.file_text else None
        return replace(card, renewal=renewed(card.words, contract, reader), renewal_in_file=of_file)
    in_file = read_against(card.kind, card.file_text, contract, reader) if card.file_text else None
    return replace(card, reading=read_against(card.kind, card.words, contract, reader), in_file=in_file)


# --- answers ---


def change_answer(
    message: Message,
    question: QuestionCard,
    recalled: ContractsKnown,
    known: Known,
    person: PersonCard,
    sorted_as: Sorted,
) -> Finding | NotMine:
    """Which contract is meant, or whether a change was read right."""
    words = message.body.for_people
    card = dict(recalled.changes).get(question.id)
    if card is None or not card.contracts:
        return NotMine(f"it answers {question.letter_ref}, but that change no longer waits")
    if question.kind == MAY_REFUND and sorted_as.trust.trust < Trust.T4:
        return NotMine("who manages decides whether money goes back")
    evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    reader = _reader(message, known, person, card, sorted_as)
    if question.kind == WHICH_CONTRACT:
        return _which(message, question, card, reader)
    chosen = choice(words.text, _OK_OR_NO)
    if isinstance(chosen, Chosen) and not chosen.besides:
        kind = CHANGE_RIGHT if chosen.key == "ok" else CHANGE_NOT_RIGHT
        said = words.evidence(chosen.start, chosen.end)
        return Finding(NAME, kind, ChangeAnswer(question.id, card, said), (said,), f"it says {chosen.key}")
    found = corrected(words.text, card, reader)
    answer = ChangeAnswer(question.id, replace(card, reading=found.reading), evidence, found.changed, found.unclear)
    return Finding(NAME, CHANGE_CORRECTED, answer, (evidence,), f"it changes {len(found.changed)} points of {card.ref}")


def _which(message: Message, question: QuestionCard, card: ChangeCard, reader: Reader) -> Finding | NotMine:
    """One digit, or the number of a contract."""
    words = message.body.for_people
    evidence = words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE))
    chosen = choice(words.text, tuple(Option(each.ref) for each in card.contracts))
    by_number = [each for each in card.contracts if each.ref.casefold() in words.text.casefold()]
    contract = next((each for each in card.contracts if isinstance(chosen, Chosen) and each.ref == chosen.key), None)
    contract = contract or (by_number[0] if len(by_number) == 1 else None)
    if contract is None:
        answer = ChangeAnswer(question.id, card, evidence, unclear=(evidence.words,))
        return Finding(NAME, WHICH, answer, (evidence,), "it names none of the contracts")
    answer = ChangeAnswer(question.id, read_card(card, contract, reader), evidence, changed=(contract.ref,))
    return Finding(NAME, WHICH, answer, (evidence,), f"it names {contract.ref}")


def renewal_answer(
    message: Message,
    question: QuestionCard,
    recalled: ContractsKnown,
    known: Known,
    person: PersonCard,
    sorted_as: Sorted,
) -> Finding | NotMine:
    """How a contract goes on, or that it was cancelled: by whoever was asked how it stands."""
    words = message.body.for_people
    contract = dict(recalled.asked).get(question.id)
    if contract is None or message.date is None:
        return NotMine(f"it answers {question.letter_ref}, but that contract no longer runs")
    clients = tuple(each for each in recalled.clients if each.id == contract.client_id)
    kind = EventKind.RENEWED if question.kind == HOW_RENEWED else EventKind.CANCELLED
    said_on = local_date(message.date, known.desk.zone)
    card = ChangeCard(0, "", kind, (contract,), clients, said_on, words.text[:_LONGEST_EVIDENCE])
    reader = _reader(message, known, person, card, sorted_as)
    evidence = (words.evidence(0, min(len(words.text), _LONGEST_EVIDENCE)),)
    if kind is EventKind.RENEWED:
        chosen = choice(words.text, _SAME)
        if isinstance(chosen, Chosen):
            card = replace(card, words=f"same terms\n{card.words}")
        elif not (AGAIN.search(card.words) or SAME_TERMS.search(card.words) or figures_in(card.words, reader)):
            return NotMine("it says neither for how long nor for how much the contract goes on")
    else:
        chosen = choice(words.text, _CANCELLED)
        if not isinstance(chosen, Chosen) or chosen.key == "no":
            return NotMine("it does not say that the contract was cancelled")
    card = read_card(card, contract, reader)
    mail = ChangeMail(card, (), evidence, question.id)
    kind_of = RENEWAL if card.renewal is not None else CHANGE
    return Finding(NAME, kind_of, mail, evidence, f"it says what becomes of {contract.ref}", alone=True)


def _reader(message: Message, known: Known, person: PersonCard, card: ChangeCard, sorted_as: Sorted) -> Reader:
    """By the habits of who writes, in the currency of the contract."""
    reader = reader_of(message, known, person, card.clients, sorted_as, card.said_on)
    return replace(reader, currency=card.contract.currency) if card.contract else reader


def _papers_of(message: Message) -> list[Attachment]:
    fitting = (each for each in message.attachments if each.size <= LARGEST_FILE and len(each.content) == each.size)
    return [each for each in fitting if each.filename.casefold().endswith(".pdf")][:_MOST_FILES]
