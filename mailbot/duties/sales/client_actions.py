"""What a rep's answer about a client does to the records: a new client, a name that is learned, a line in halves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from mailbot.duties.sales.actions import Place, german, told
from mailbot.duties.sales.facts.answers import Half
from mailbot.duties.sales.facts.doubts import Doubt
from mailbot.duties.sales.facts.particulars import Price
from mailbot.duties.sales.naming.aliases import LONGEST_ALIAS, LONGEST_NAME, alias_key
from mailbot.duties.sales.numbers.periods import Week
from mailbot.duties.sales.tables import PendingState, SalesAlias, SalesPending
from mailbot.errors import OurBug, TryAgain
from mailbot.letters.cleaning import one_line
from mailbot.records.decision import Action
from mailbot.records.names import name_key, name_words
from mailbot.records.pen import Pen
from mailbot.records.tables import Client


@dataclass(frozen=True, slots=True)
class PlaceWithNew(Action):
    """A waiting line goes into the ledger for a client that its rep's answer creates; UNDO takes both back.

    How to use it: keep the line waiting, and ask its rep with `talks.new_clients.ask`, a question of the kind
    NEW_CLIENT whose context holds the `position` of the line and the `name` that was written. Its answers are read and
    carried out already: JA, or the right name (talks.new_client_answers; the rules new-client and client-answer).
    Where another answer is to create a client, plan

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
        return pen.insert(Client(name=name, name_key=name_key(name), owner_id=self.owner_id, language=self.language))

    def __str__(self) -> str:
        return f"create the client {self.client_name}, and book the waiting line for it: {told(self.price)}"

    def in_german(self) -> str:
        return f"{self.client_name} als Kunden anlegen und die offene Zeile dafür buchen: {german(self.price)}"


@dataclass(frozen=True, slots=True)
class Part(Action):
    """A waiting line is parted between clients: what is the rep's own is booked, what is a colleague's waits for them.

    The halves are numbered from 1 on, as the waiting lines of this decision.
    """

    name: ClassVar[str] = "sales.part"
    pending_id: int
    halves: tuple[Half, ...]

    def carry_out(self, pen: Pen) -> None:
        whole = pen.get(SalesPending, self.pending_id)
        if whole.state is not PendingState.WAITING:
            raise TryAgain(f"the waiting line {whole.id} was settled meanwhile; the mail will be decided anew")
        pen.update(whole, state=PendingState.PARTED)
        for position, half in enumerate(self.halves, start=1):
            part = pen.insert(_half_of(whole, half, position))
            if half.owner.id == whole.rep_id and whole.period_start is not None:
                week = Week.of(whole.period_start)
                Place(part.id, half.client.id, half.client.name, half.price, week).carry_out(pen)

    def __str__(self) -> str:
        parts = " and ".join(f"{half.client.name} {told(half.price)}" for half in self.halves)
        return f"part the waiting line: {parts}"

    def in_german(self) -> str:
        parts = " und ".join(f"{half.client.name} {german(half.price)}" for half in self.halves)
        return f"die offene Zeile aufteilen: {parts}"


def _half_of(whole: SalesPending, half: Half, position: int) -> SalesPending:
    return SalesPending(
        rep_id=half.owner.id,
        position=position,
        words=whole.words,
        place=whole.place,
        doubt=whole.doubt if half.owner.id == whole.rep_id else Doubt.ANOTHERS_CLIENT.value,
        name=whole.name,
        client_id=half.client.id,
        amount=half.price.amount,
        currency=half.price.currency,
        period_start=whole.period_start,
        period_end=whole.period_end,
        counts_on=whole.counts_on,
        product=whole.product,
        stage=whole.stage,
        said_on=whole.said_on,
        arrival_id=whole.arrival_id,
    )


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


@dataclass(frozen=True, slots=True)
class ForgetAlias(Action):
    """What a rep calls a client is known no longer; what was booked stays."""

    name: ClassVar[str] = "sales.forget_alias"
    alias_id: int
    words: str
    client_name: str
    rep_name: str

    def carry_out(self, pen: Pen) -> None:
        pen.update(pen.get(SalesAlias, self.alias_id), undone_by=pen.decision_id)

    def __str__(self) -> str:
        return f'forget that "{self.words}" of {self.rep_name} means {self.client_name}'

    def in_german(self) -> str:
        return f"vergessen, dass „{self.words}“ bei {self.rep_name} {self.client_name} meint"
