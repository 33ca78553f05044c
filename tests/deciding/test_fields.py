"""What a rule may ask about, beside the fields of its duty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mailbot.deciding.fields import Field, FieldType, Value, as_value, fields_of, values_of
from mailbot.deciding.verbs import Situation, Vocabulary
from mailbot.errors import OurBug
from mailbot.message.model import Message
from mailbot.records.known import Known, LetterCard, QuestionCard
from mailbot.sorting.model import Answers, AutomaticKind, Sorted, Trust
from tests.deciding.parcels import DANA, FINDING, GLOBEX, KNOWN, NOW, PARCELS, message, party, sorted_as

LETTER = LetterCard(
    "P-0400", "P-0400", "parcels", "reminder", "P-1", "pete@globex.example", "pete@globex.example", "m", "Hello",
    NOW, None, True,
)  # fmt: skip
QUESTION = QuestionCard(1, "P-0400", "P-0400", "parcels", "which-one", "pete@globex.example", "Which?", {})


def values(
    mail: Message = message(),  # noqa: B008
    known: Known = KNOWN,
    sorted_: Sorted = sorted_as(),  # noqa: B008
    vocabulary: Vocabulary = PARCELS,
) -> dict[str, Value]:
    return dict(values_of(Situation(mail, known, sorted_, FINDING, "P-0412", NOW), vocabulary))


def test_a_mail_by_nobody_we_know() -> None:
    found = values()

    assert {name: found[name] for name in fields_of(PARCELS) if name not in PARCELS.fields} == {
        "kind": "parcel",
        "only_mark": "",
        "trust": 3,
        "forged": False,
        "disguised": False,
        "automatic": "",
        "sender": "pete@globex.example",
        "sender_domain": "globex.example",
        "sender_role": "",
        "to": ("desk@harbourpine.example", "desk+p-1@harbourpine.example"),
        "subject": "parcel",
        "words": "the parcel is here",
        "language": "en",
        "answers": "",
        "question": "",
        "attachments": ("lieferschein.pdf",),
        "client_paused": False,
    }


def test_an_automatic_forged_mail_without_a_sender() -> None:
    found = values(message(sender=None), sorted_=sorted_as(Trust.T0, AutomaticKind.AUTO_REPLY, forged=True))

    assert {name: found[name] for name in ("trust", "forged", "automatic", "sender", "sender_domain")} == {
        "trust": 0,
        "forged": True,
        "automatic": "auto-reply",
        "sender": "",
        "sender_domain": "",
    }


def test_who_the_sender_is_by_the_records() -> None:
    rep = values(known=replace(KNOWN, sender=party(person=DANA)))
    paused = replace(GLOBEX, paused_because="angry")
    client = values(known=replace(KNOWN, sender=party(client=paused)))

    assert (rep["sender_role"], rep["client_paused"]) == ("rep", False)
    assert (client["sender_role"], client["client_paused"]) == ("", True)


def test_what_the_mail_answers() -> None:
    answered = replace(sorted_as(), answers=Answers(LETTER, QUESTION, "by its token"))
    only_a_letter = replace(sorted_as(), answers=Answers(LETTER, None, "by its token"))

    assert (values(sorted_=answered)["answers"], values(sorted_=answered)["question"]) == ("reminder", "which-one")
    assert (values(sorted_=only_a_letter)["answers"], values(sorted_=only_a_letter)["question"]) == ("reminder", "")


def test_every_field_of_the_kernel_explains_itself() -> None:
    assert all(field.says for name, field in fields_of(PARCELS).items() if name not in PARCELS.fields)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (FieldType.TEXT, "ÄSS", "äss"),
        (FieldType.TEXT, None, ""),
        (FieldType.TEXTS, ["A", "ß"], ("a", "ss")),
        (FieldType.TEXTS, None, ()),
        (FieldType.YES_NO, None, False),
        (FieldType.NUMBER, None, None),
        (FieldType.AMOUNT, 3, 3),
        (FieldType.AMOUNT, Decimal("1.5"), Decimal("1.5")),
    ],
)
def test_a_field_is_given_what_it_holds(kind: FieldType, raw: object, value: Value) -> None:
    assert as_value(Field("x", kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (FieldType.TEXT, 3),
        (FieldType.TEXTS, "abc"),
        (FieldType.TEXTS, ("a", 1)),
        (FieldType.YES_NO, 1),
        (FieldType.NUMBER, True),
        (FieldType.NUMBER, Decimal("1.5")),
        (FieldType.AMOUNT, 1.5),
    ],
)
def test_a_field_that_is_given_something_else_is_our_bug(kind: FieldType, raw: object) -> None:
    with pytest.raises(OurBug, match="the field 'x' holds"):
        as_value(Field("x", kind), raw)


def test_a_duty_cannot_take_a_name_or_a_type_that_rules_do_not_have() -> None:
    with pytest.raises(OurBug, match="calls a field 'trust'"):
        fields_of(replace(PARCELS, fields={"trust": int}))
    with pytest.raises(OurBug, match="'day' of the duty 'parcels' has a type"):
        fields_of(replace(PARCELS, fields={"day": date}))


def test_a_duty_that_fills_in_what_it_never_declared_is_our_bug() -> None:
    with pytest.raises(OurBug, match="never declared: colour"):
        values(vocabulary=replace(PARCELS, values=lambda _: {"colour": "red"}))
