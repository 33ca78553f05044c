"""A mail that is passed on inside another one: what the one who passed it on says that somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.message.model import Message, Passage, Words
from mailbot.message.reply_headers import label_class, names_a_forward
from mailbot.message.subjects import taken_apart

_MOST_HEADER_LINES = 14
_MOST_SEARCHED_LINES = 200


@dataclass(frozen=True, slots=True)
class Forward:
    """The inner mail, as written in the outer one. All of it is a claim: nothing of it was authenticated.

    `sender`, `sent` and `subject` are the values of its header lines, "" where there is none; `words` stand in the
    text of the outer mail.
    """

    sender: str
    sent: str
    subject: str
    words: Words


def forwarded(message: Message) -> Forward | None:
    """The mail that `message` passes on in its text, or None where it passes on none. Pure; linear.

    It is one below "---------- Forwarded message ---------" in any language, or below a header block where the
    subject says Fwd:; what an answer quotes is none.
    """
    passages = message.body.cut.passages
    says_so = bool(passages) and taken_apart(message.subject).is_forward
    for passage in passages:
        lines = passage.text.split("\n")
        for at, line in enumerate(lines[:_MOST_SEARCHED_LINES]):
            bare = line.lstrip("> \t").rstrip()
            if names_a_forward(bare):
                return _inner_mail(passage, lines, at + 1)
            if says_so and label_class(bare) == "from":
                return _inner_mail(passage, lines, at)
    return None


def _inner_mail(passage: Passage, lines: list[str], at: int) -> Forward:
    """The header lines from `at` on, blank lines above them passed over, and all that stands below them."""
    values: dict[str, str] = {}
    end = at
    for i in range(at, min(at + _MOST_HEADER_LINES, len(lines))):
        bare = lines[i].lstrip("> \t").rstrip()
        found = label_class(bare) if bare else None
        if found is not None:
            values.setdefault(found, bare.replace("：", ":").partition(":")[2].strip("* \t\xa0"))
            end = i + 1
        elif values and not bare:
            break
    start = sum(len(line) + 1 for line in lines[:end])
    text = passage.text[start:]
    inner = text.strip()
    place = passage.start + start + len(text) - len(text.lstrip())
    return Forward(
        sender=values.get("from", ""),
        sent=values.get("sent", ""),
        subject=values.get("subject", ""),
        words=Words((Passage(inner, place),) if inner else ()),
    )
