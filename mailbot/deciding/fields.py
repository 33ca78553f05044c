"""What a rule may ask about: the kernel's own fields, and the way a duty's fields are read beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import get_args, get_origin

from mailbot.deciding.folding import folded
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.errors import OurBug
from mailbot.message.addresses import address_key
from mailbot.records.tables import Role
from mailbot.sorting.model import AutomaticKind, Mark

Value = None | bool | int | Decimal | str | tuple[str, ...]

CONTACT = "contact"  # the sender_role of a person at a client


class FieldType(StrEnum):
    """What a field holds, in the words of a fault."""

    TEXT = "a text"
    TEXTS = "several texts"
    YES_NO = "true or false"
    NUMBER = "a whole number"
    AMOUNT = "a number"


@dataclass(frozen=True, slots=True)
class Field:
    """A name that a rule may ask about. With `words`, the field holds one of these words or nothing."""

    name: str
    type: FieldType
    says: str = ""
    words: tuple[str, ...] = ()

    @property
    def empty(self) -> Value:
        """What the field holds where nothing is known: a text is empty, a number is not there."""
        match self.type:
            case FieldType.TEXT:
                return ""
            case FieldType.TEXTS:
                return ()
            case FieldType.YES_NO:
                return False
            case FieldType.NUMBER | FieldType.AMOUNT:
                return None


def fields_of(vocabulary: Vocabulary) -> Mapping[str, Field]:
    """Every name that the rule file of a duty may ask about: the kernel's, then the duty's own."""
    fields = {field.name: field for field, _ in _KERNEL}
    fields["kind"] = Field("kind", FieldType.TEXT, fields["kind"].says, vocabulary.kinds)
    for name, kind in vocabulary.fields.items():
        if name in fields:
            raise OurBug(
                f"the duty {vocabulary.duty!r} calls a field {name!r}, but that name is the kernel's: rename it"
            )
        fields[name] = _field_of(vocabulary.duty, name, kind)
    return fields


def values_of(situation: Situation, vocabulary: Vocabulary) -> Mapping[str, Value]:
    """What every field holds in a situation, all text folded."""
    own = vocabulary.values(situation)
    if strange := sorted(own.keys() - vocabulary.fields.keys()):
        raise OurBug(f"the duty {vocabulary.duty!r} fills in fields that it never declared: {', '.join(strange)}")
    return _Values(situation, vocabulary, own)


class _Values(Mapping[str, Value]):
    """Each value is read and folded when it is first asked for: most mails are settled by two or three of the fields,
    and the words of a mail are long."""

    __slots__ = ("_own", "_read", "_situation", "_vocabulary")

    def __init__(self, situation: Situation, vocabulary: Vocabulary, own: Mapping[str, object]) -> None:
        self._situation, self._vocabulary, self._own = situation, vocabulary, own
        self._read: dict[str, Value] = {}

    def __getitem__(self, name: str) -> Value:
        if name not in self._read:
            self._read[name] = self._value(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(fields_of(self._vocabulary))

    def __len__(self) -> int:
        return len(fields_of(self._vocabulary))

    def _value(self, name: str) -> Value:
        if name in _KERNEL_BY_NAME:
            field, read = _KERNEL_BY_NAME[name]
            return as_value(field, read(self._situation))
        field = _field_of(self._vocabulary.duty, name, self._vocabulary.fields[name])
        return as_value(field, self._own.get(name))


def as_value(field: Field, raw: object) -> Value:
    """What a field is given, folded; OurBug where that is not of the field's type."""
    match field.type, raw:
        case _, None:
            return field.empty
        case FieldType.TEXT, str():
            return folded(raw)
        case FieldType.TEXTS, tuple() | list():
            if all(isinstance(text, str) for text in raw):
                return tuple(folded(text) for text in raw)
        case FieldType.YES_NO, bool():
            return raw
        case FieldType.NUMBER | FieldType.AMOUNT, int() if not isinstance(raw, bool):
            return raw
        case FieldType.AMOUNT, Decimal():
            return raw
    raise OurBug(f"the field {field.name!r} holds {field.type}, but was given {raw!r}")


def _field_of(duty: str, name: str, kind: type) -> Field:
    if kind is tuple or (get_origin(kind) is tuple and get_args(kind) == (str, ...)):
        return Field(name, FieldType.TEXTS)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return Field(name, FieldType.TEXT, words=_words(kind))
    if kind not in _TYPES:
        raise OurBug(f"the field {name!r} of the duty {duty!r} has a type that rules cannot ask about: {kind!r}")
    return Field(name, _TYPES[kind])


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(word.value for word in kind)


_TYPES: Mapping[type, FieldType] = {
    str: FieldType.TEXT,
    bool: FieldType.YES_NO,
    int: FieldType.NUMBER,
    Decimal: FieldType.AMOUNT,
}


def _automatic(situation: Situation) -> str:
    automatic = situation.sorted.automatic
    return automatic.kind.value if automatic else ""


def _only_mark(situation: Situation) -> str:
    automatic = situation.sorted.automatic
    return automatic.only_mark.value if automatic and automatic.only_mark else ""


def _sender(situation: Situation) -> str:
    sender = situation.message.sender
    return sender.key if sender else ""


def _sender_role(situation: Situation) -> str:
    party = situation.known.sender
    if party is None:
        return ""
    if party.person:
        return party.person.role.value
    return CONTACT if party.contact else ""


def _to(situation: Situation) -> tuple[str, ...]:
    message = situation.message
    return tuple(
        dict.fromkeys(
            [mailbox.key for mailbox in (*message.to, *message.cc)]
            + [address_key(address) for address in message.delivered_to]
        )
    )


def _answers(situation: Situation) -> str:
    answers = situation.sorted.answers
    return answers.letter.purpose if answers else ""


def _question(situation: Situation) -> str:
    answers = situation.sorted.answers
    return answers.question.kind if answers and answers.question else ""


def _client_paused(situation: Situation) -> bool:
    party = situation.known.sender
    return bool(party and party.client and party.client.paused_because)


_TEXT, _TEXTS, _YES_NO, _NUMBER = FieldType.TEXT, FieldType.TEXTS, FieldType.YES_NO, FieldType.NUMBER

_KERNEL: tuple[tuple[Field, Callable[[Situation], object]], ...] = (
    (Field("kind", _TEXT, "what the duty read in the mail"), lambda s: s.finding.kind),
    (
        Field("trust", _NUMBER, "how far the mail is believed: 0 not at all … 4 coordinator"),
        lambda s: int(s.sorted.trust.trust),
    ),
    (Field("forged", _YES_NO, "whether it claims to be somebody we know, and failed"), lambda s: s.sorted.trust.forged),
    (
        Field("disguised", _YES_NO, "whether its sender's address may be mistaken for another: look-alikes, alphabets"),
        lambda s: s.sorted.trust.is_disguised,
    ),
    (Field("automatic", _TEXT, "what kind of machine wrote it; empty: a person", _words(AutomaticKind)), _automatic),
    (
        Field(
            "only_mark",
            _TEXT,
            "the one sign of a machine, where people's own mail may carry it too; empty: none, or more",
            _words(Mark),
        ),
        _only_mark,
    ),
    (Field("sender", _TEXT, "the address in From; empty where there is not exactly one"), _sender),
    (Field("sender_domain", _TEXT, "the domain of that address"), lambda s: _sender(s).rpartition("@")[2]),
    (
        Field(
            "sender_role",
            _TEXT,
            "what the sender is to us, by the records; empty: a stranger",
            (*_words(Role), CONTACT),
        ),
        _sender_role,
    ),
    (Field("to", _TEXTS, "the addresses it was sent to: To, Cc and Delivered-To"), _to),
    (Field("subject", _TEXT, "the subject"), lambda s: s.message.subject),
    (
        Field("words", _TEXT, "the new words of the sender, without quotes and signature"),
        lambda s: s.message.body.for_people.text,
    ),
    (Field("language", _TEXT, "the language it is written in", ("en", "de")), lambda s: s.sorted.language),
    (Field("answers", _TEXT, "the purpose of the letter of ours that it answers"), _answers),
    (Field("question", _TEXT, "the kind of the open question that it answers"), _question),
    (
        Field("attachments", _TEXTS, "the names of the attached files"),
        lambda s: tuple(a.filename for a in s.message.attachments),
    ),
    (Field("client_paused", _YES_NO, "whether automatic letters to the sender's client are paused"), _client_paused),
)

_KERNEL_BY_NAME = {field.name: (field, read) for field, read in _KERNEL}
