"""Which letter of ours a mail answers, and whether it may answer the open question on it.

Finding the letter and being allowed to answer are two things. Any mail may name a letter; only the address that was
asked, and only where its mail is believed, answers the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailbot.message.model import Message
from mailbot.records.known import Known, LetterCard, QuestionCard
from mailbot.sorting.model import Answers, Automatic, Trust
from mailbot.sorting.subjects import fits, is_reply, without_prefixes

_LAST_REFERENCES = 32
_READ = 20_000  # characters of the text in which a reference is looked for

Way = Callable[[Message, Known], tuple[LetterCard | None, str]]


def answers(message: Message, known: Known, trust: Trust, automatic: Automatic | None) -> Answers | None:
    """The letter that the mail answers, and the open question that it may answer; None where it names no letter.

    The ways are tried in the order of their weight; the first that finds a letter decides.
    """
    if not (known.letters or known.asked_letters):
        return None
    for way in _WAYS:
        letter, how = way(message, known)
        if letter is not None:
            question, why = _question_of(letter, message, known, trust, automatic)
            return Answers(letter, question, f"{how}; {why}")
    return None


def _by_reply_address(message: Message, known: Known) -> tuple[LetterCard | None, str]:
    """The signed reference in the address it was sent to: the one thing that a reply of any program keeps."""
    keys = [box.key for box in (*message.to, *message.cc)] + [address.lower() for address in message.delivered_to]
    plus_parts = [
        key.rpartition("@")[0].partition("+")[2].lower() for key in keys if known.desk.is_own(key) and "+" in key
    ]
    for letter in _proven(known):
        if any(part.startswith(f"{letter.ref.lower()}-") for part in plus_parts):
            return letter, f"its reply address carries the signed reference of {letter.ref}"
    return None, ""


def _by_in_reply_to(message: Message, known: Known) -> tuple[LetterCard | None, str]:
    return _named_by(message.in_reply_to, known, "In-Reply-To")


def _by_references(message: Message, known: Known) -> tuple[LetterCard | None, str]:
    """The last of the References is the mail that was answered (RFC 5322 section 3.6.4)."""
    return _named_by(tuple(reversed(message.references[-_LAST_REFERENCES:])), known, "References")


def _by_signed_reference(_message: Message, known: Known) -> tuple[LetterCard | None, str]:
    """A signed reference anywhere else: in the text, where a program lost all the rest. The latest letter counts."""
    letter = _latest(_proven(known))
    return letter, f"it carries the signed reference of {letter.ref}" if letter else ""


def _by_number(message: Message, known: Known) -> tuple[LetterCard | None, str]:
    """ "Ref N-0412", typed by hand: it finds the letter, as a person's word does.

    Not in what is quoted: that may be a stranger's, who wants an answer to something else to count as the answer to us.
    """
    said = f"{message.subject}\n{message.body.for_people.text[:_READ]}".upper()
    named = (letter for letter in (*known.letters, *known.asked_letters) if _stands_in(letter.ref.upper(), said))
    letter = _latest(named)
    return letter, f"it names {letter.ref}" if letter else ""


def _by_subject(message: Message, known: Known) -> tuple[LetterCard | None, str]:
    """The subject, where exactly one open question that its sender was asked fits it."""
    fitting = letters_by_subject(message, known)
    if len(fitting) != 1:
        return None, ""
    (letter,) = fitting
    return letter, f"its subject is that of {letter.ref}, the only open question to its sender that fits"


def letters_by_subject(message: Message, known: Known) -> tuple[LetterCard, ...]:
    """Our letters with an open question to the sender of the mail whose subject is that of the mail, each once."""
    subject = without_prefixes(message.subject)
    exactly = not is_reply(message.subject)
    letters = {letter.ref: letter for letter in (*known.asked_letters, *known.letters)}
    fitting = {
        question.letter_ref: letters[question.letter_ref]
        for question in known.questions
        if _was_asked(question, message, known)
        and question.letter_ref in letters
        and fits(subject, without_prefixes(letters[question.letter_ref].subject), exactly=exactly)
    }
    return tuple(fitting.values())


_WAYS: tuple[Way, ...] = (
    _by_reply_address,
    _by_in_reply_to,
    _by_references,
    _by_signed_reference,
    _by_number,
    _by_subject,
)


def _question_of(
    letter: LetterCard, message: Message, known: Known, trust: Trust, automatic: Automatic | None
) -> tuple[QuestionCard | None, str]:
    """The open question on the letter, if this mail may answer it; else in words why not."""
    open_ones = [question for question in known.questions if question.letter_ref == letter.ref]
    if not open_ones:
        return None, "no question is open on it"
    if automatic is not None:
        return None, "a machine answers no question"
    if trust is Trust.T0:
        return None, "a mail that is not proven answers no question"
    question = next((question for question in open_ones if _was_asked(question, message, known)), None)
    if question is None:
        asker = message.sender.address if message.sender else "nobody"
        return None, f"{open_ones[0].asked_key} was asked, not {asker}"
    return question, f"{question.asked_key} was asked"


def _was_asked(question: QuestionCard, message: Message, known: Known) -> bool:
    """Whether its sender was asked, at this address or at another that is the same colleague's."""
    if message.sender is None:
        return False
    return question.asked_key == message.sender.key or known.is_senders(question.asked_key)


def _proven(known: Known) -> tuple[LetterCard, ...]:
    return tuple(letter for letter in known.letters if letter.proven)


def _named_by(message_ids: Iterable[str], known: Known, field: str) -> tuple[LetterCard | None, str]:
    by_id = {letter.message_id: letter for letter in reversed(known.letters)}
    letter = next((by_id[message_id] for message_id in message_ids if message_id in by_id), None)
    return letter, f"its {field} names {letter.ref}" if letter else ""


def _latest(letters: Iterable[LetterCard]) -> LetterCard | None:
    """The one that was sent last; those that are not sent yet come before all others, the first named wins a tie."""
    return max(letters, key=lambda letter: letter.sent_at.timestamp() if letter.sent_at else 0.0, default=None)


def _stands_in(ref: str, said: str) -> bool:
    """Whether the reference stands there as a whole word: N-0412 is not in N-04123 nor in N-0412.2."""
    at = said.find(ref)
    while at >= 0:
        before, behind = said[at - 1 : at], said[at + len(ref) : at + len(ref) + 2]
        if not before.isalnum() and not behind[:1].isalnum() and not (behind[:1] == "." and behind[1:].isdigit()):
            return True
        at = said.find(ref, at + 1)
    return False
