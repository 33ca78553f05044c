"""What the words of a mail have the desk look up: read where mails are read, before the records are asked. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.desk.cards import CardOrder, card_order
from mailbot.duties.desk.plain_orders import PlainOrder, plain_orders
from mailbot.message.model import Message
from mailbot.records.known import Known
from mailbot.sorting.commands import Commanded, commanded


@dataclass(frozen=True, slots=True)
class Heard:
    """The order in a word (WHY, UNDO, DONE), the client whose card is asked for, and the orders in sentences."""

    word: Commanded | None = None
    card: CardOrder | None = None
    sentences: tuple[PlainOrder, ...] = ()


def hint(message: Message, _beforehand: Known) -> Heard | None:
    """The orders in the new words of a colleague's mail; None in most of them. Linear in its length."""
    words = message.body.for_people
    if word := commanded(words.text):
        return Heard(word)
    card, sentences = card_order(message), plain_orders(words)
    return Heard(card=card, sentences=sentences) if card or sentences else None
