"""What a rep's answer about a client does to the records besides booking: a new client, and a name that is learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from sqlalchemy import select

from mailbot.duties.sales.actions import Place, german, told
from mailbot.duties.sales.facts import Price
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.tables import SalesAlias
from mailbot.errors import OurBug, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action
from mailbot.records.names import index_words, name_key, name_words
from mailbot.records.pen import Pen
from mailbot.records.tables import Client

LONGEST_NAME: Final = 200  # characters of the name of a client that an answer creates
LONGEST_ALIAS: Final = 300


@dataclass(frozen=True, slots=True)
class PlaceWithNew(Action):
    """A waiting line goes into the ledger for a client that its rep's answer creates; UNDO takes both back.

    How to use it: the rep was asked with a question of the kind NEW_CLIENT (`letters.new_client`), whose context holds
    the `position` of the waiting line and the `name` that was written. When the answer says yes, or another name, plan

        CloseQuestion(…), PlaceWithNew(pending.id, owner.id, name, owner.language, pending.price, pending.week)

    and one letter that says so. `name` is what the client will be called, one line of at most LONGEST_NAME characters
    with at least one letter or digit in it. Several lines for the same new client take one action each: the first
    creates it, the others of the same decision find it by its name. Ask `naming.clients.meaning_of` first whether the
    records know the name; where somebody else has written it meanwhile, the mail is decided anew.
    """

    name: ClassVar[str] = "sales.place_with_new"
    pending_id: int
    owner_id: int
    client_name: str
    language: str
    price: Price
    week: Week

    def carry_out(self, pen: Pen) -> None:
        client = self._client(pen)
        Place(self.pending_id, client.id, client.name, self.price, self.week).carry_out(pen)

    def _client(self, pen: Pen) -> Client:
        name = one_line(self.client_name, LONGEST_NAME)
        if not name_words(name):
            raise OurBug(f"a client was about to be created that has no name: {self.client_name!r}")
        same = select(Client).where(Client.name_key == name_key(name), Client.undone_by.is_(None)).order_by(Client.id)
        known = pen.session.scalars(same).first()
        if known is not None and known.made_by == pen.decision_id and known.owner_id == self.owner_id:
            return known
        if known is not None:
            raise TryAgain(f"{known.name} is among the clients by now; the mail will be decided anew")
        client = pen.insert(Client(name=name, name_key=name_key(name), owner_id=self.owner_id, language=self.language))
        index_words(pen.session, client)
        return client

    def __str__(self) -> str:
        return f"create the client {self.client_name}, and book the waiting line for it: {told(self.price)}"

    def in_german(self) -> str:
        return f"{self.client_name} als Kunden anlegen und die offene Zeile dafür buchen: {german(self.price)}"


@dataclass(frozen=True, slots=True)
class LearnAlias(Action):
    """From now on the words mean this client, where this rep writes them; for nobody else.

    A rep who has called two clients the same is asked again: the alias that was learned before is given up.
    """

    name: ClassVar[str] = "sales.learn_alias"
    rep_id: int
    words: str
    client_id: int
    client_name: str

    def carry_out(self, pen: Pen) -> None:
        key = alias_key(self.words)
        learned = select(SalesAlias).where(
            SalesAlias.rep_id == self.rep_id, SalesAlias.key == key, SalesAlias.undone_by.is_(None)
        )
        before = pen.session.scalars(learned).first()
        if before is None:
            pen.insert(
                SalesAlias(
                    rep_id=self.rep_id,
                    key=key,
                    words=one_line(self.words, LONGEST_ALIAS),
                    client_id=self.client_id,
                    learned_on=pen.now.date(),
                )
            )
        elif before.client_id != self.client_id:
            pen.update(before, undone_by=pen.decision_id)

    def __str__(self) -> str:
        return f'learn that "{self.words}" means {self.client_name}, for this rep alone'

    def in_german(self) -> str:
        return f"sich merken, dass „{self.words}“ hier {self.client_name} meint"


def alias_key(words: str) -> str:
    """The words in the form in which aliases are compared: all of them, in their order, as names are."""
    return " ".join(name_words(words))[:LONGEST_ALIAS]
