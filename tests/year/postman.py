"""Between the desk and everybody else: letters reach their readers, and what they write comes in at its hour."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from random import Random
from typing import Final

from mailbot.cli.demo import mails
from mailbot.clock import SetClock
from mailbot.post.ports import Accepted, Envelope, Outcome, Refused
from mailbot.post.sandbox_delivery import as_received
from tests.service.bench import FakeInbox, FakeOutgoing
from tests.year import actors
from tests.year.actors import SIGN, Intent
from tests.year.company import DESK, ZONE, Company, Firm, Manner, Member, Reader
from tests.year.diary import Diary, Letter, Mail, Means

_SERVER: Final = "mx.harbourpine.example"
_OPENS, _CLOSES = 9, 17  # when colleagues write


@dataclass(order=True, slots=True)
class _Waiting:
    """A mail that is written and not yet in the mailbox."""

    at: datetime
    number: int
    mail: Mail = field(compare=False)
    raw: bytes = field(compare=False)


class Postman:
    """The two doors of the desk."""

    def __init__(self, company: Company, clock: SetClock, seed: int) -> None:
        self.company = company
        self.clock = clock
        self.diary = Diary()
        self.inbox = FakeInbox(clock)
        self.outgoing = FakeOutgoing(self._takes)
        self.dice = Random(seed)
        self._waiting: list[_Waiting] = []
        self._by_uid: dict[int, Mail] = {}
        self._filed = 0
        self._signs = 0
        self._ids: set[tuple[str, datetime]] = set()
        self._members = {member.address: member for member in company.staff}
        self._readers = {reader.address: (firm, reader) for firm in company.firms for reader in firm.readers}

    def firms_of(self, member: Member) -> list[Firm]:
        return [firm for firm in self.company.firms if firm.owner == member]

    # --- out ---

    def _takes(self, envelope: Envelope) -> Outcome:
        """The server of whoever a letter goes to."""
        now = self.clock.now()
        letter = Letter.of(envelope.content, envelope.recipient, envelope.sender, now)
        self.diary.letters.append(letter)
        if (member := self._members.get(letter.recipient)) is not None:
            for intent in actors.colleague(member, self.firms_of(member), letter, self.dice):
                self._will_answer(member, intent, letter)
        elif (found := self._readers.get(letter.recipient)) is not None:
            _, reader = found
            if reader.manner is Manner.DEAD:
                return self._does_not_arrive(letter)
            for intent in actors.client(reader, letter, self.dice):
                self._will_answer(reader, intent, letter)
        return Accepted("250 2.0.0 taken")

    def _does_not_arrive(self, letter: Letter) -> Outcome:
        """Some servers refuse at once; others take a letter, and report later."""
        if self.dice.random() < 0.3:
            return Refused(temporary=False, code=550, reply=f"550 5.1.1 <{letter.recipient}>: no such user")
        at = self._moment(letter.recipient, self.clock.now() + timedelta(minutes=self.dice.randrange(1, 90)))
        mail = Mail(f"mailer-daemon@mx.{letter.recipient.partition('@')[2]}", Means.BOUNCE, "", "", "", at)
        self._lay_aside(mail, mails.not_delivered(letter.received, at))
        return Accepted("250 2.0.0 taken")

    def _will_answer(self, who: Member | Reader, intent: Intent, letter: Letter) -> None:
        at = self._moment(who.address, self._hour_of(who, intent, self.clock.now() + intent.after))
        sign, words = self._signed(intent.words, "W" if isinstance(who, Member) else "Q")
        by = f"{who.name} <{who.address}>"
        raw = _automatic(letter, words, by, at) if intent.is_automatic else mails.answer(letter.received, words, by, at)
        self._lay_aside(Mail(who.address, intent.means, words, letter.subject, _id_of(raw), at, sign, letter), raw)

    def _hour_of(self, who: Member | Reader, intent: Intent, at: datetime) -> datetime:
        """Colleagues write in their working hours; a mail program of theirs writes at once."""
        if isinstance(who, Reader) or intent.is_automatic:
            return at
        local = at.astimezone(ZONE)
        while not (who.is_at_work(local.date()) and _OPENS <= local.hour < _CLOSES):
            day = local.date() if local.hour < _OPENS else local.date() + timedelta(days=1)
            local = datetime(day.year, day.month, day.day, _OPENS, self.dice.randrange(1, 59), tzinfo=ZONE)
        return local.astimezone(UTC)

    # --- in ---

    def write(self, who: Member | Reader, means: Means, words: str, subject: str, at: datetime) -> None:
        """Somebody writes of their own accord."""
        at = self._moment(who.address, at)
        sign, words = self._signed(words, "W" if isinstance(who, Member) else "Q")
        raw = mails.written(words, subject, f"{who.name} <{who.address}>", DESK, at)
        self._lay_aside(Mail(who.address, means, words, subject, _id_of(raw), at, sign), raw)
        if self.dice.random() < 0.01:  # some mail programs send twice
            again = at + timedelta(minutes=3)
            self._lay_aside(Mail(who.address, means, words, subject, _id_of(raw), again, sign, is_copy=True), raw)

    def hand_in(self, by: str, means: Means, words: str, raw: bytes, at: datetime) -> None:
        """A mail of an outsider, as it stands."""
        self._lay_aside(Mail(by, means, words, "", _id_of(raw), at), raw)

    def deliver(self) -> int:
        """Everything that was written until now comes in. Returns how many mails that were."""
        now, came = self.clock.now(), 0
        while self._waiting and self._waiting[0].at <= now:
            each = heapq.heappop(self._waiting)
            peer = each.mail.by.rpartition("@")[2]
            sender = "" if each.mail.means is Means.BOUNCE else each.mail.by
            raw = as_received(each.raw, sender=sender, recipient=DESK, server=_SERVER, peer=peer, when=each.at)
            each.mail.taken_at = now
            self._by_uid[self.inbox.uidnext] = each.mail
            self.diary.mails.append(each.mail)
            self.inbox.lay(raw, received=each.at)
            came += 1
        return came

    def look_where_it_went(self) -> None:
        """Notes the folders into which the desk has filed mails."""
        for uid, folder in self.inbox.moved[self._filed :]:
            self._by_uid[uid].folder = folder
        self._filed = len(self.inbox.moved)

    # --- how mails are written ---

    def _lay_aside(self, mail: Mail, raw: bytes) -> None:
        heapq.heappush(self._waiting, _Waiting(mail.written_at, len(self._ids), mail, raw))
        self._ids.add((f"{mail.by} {len(self._ids)}", mail.written_at))

    def _moment(self, by: str, at: datetime) -> datetime:
        """A second at which the same person writes nothing else: it stands in the Message-ID."""
        at = at.replace(microsecond=0)
        while (by, at) in self._ids:
            at += timedelta(seconds=1)
        self._ids.add((by, at))
        return at

    def _signed(self, words: str, letter: str) -> tuple[str, str]:
        if SIGN not in words:
            return "", words
        self._signs += 1
        sign = f"{letter}x" + "".join(chr(ord("a") + self._signs // 26**place % 26) for place in (3, 2, 1, 0))
        return sign, words.replace(SIGN, sign)


def _automatic(letter: Letter, words: str, by: str, at: datetime) -> bytes:
    """What a mail program, or a ticket system, writes back by itself (RFC 3834)."""
    mail = EmailMessage()
    mail["From"] = by
    mail["To"] = letter.received.envelope_sender or letter.received.reply_to
    mail["Subject"] = f"Automatic reply: {letter.subject}"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<auto.{at:%Y%m%d%H%M%S}.{by.rpartition('<')[2].rstrip('>')}>"
    mail["In-Reply-To"] = letter.received.message_id
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(f"{words}\n", charset="utf-8", cte="8bit")
    return mail.as_bytes(policy=SMTP)


def _id_of(raw: bytes) -> str:
    return str(message_from_bytes(raw)["Message-ID"]).strip()
