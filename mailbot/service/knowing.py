"""What is known about mails: by the kernel, and by every duty besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from mailbot.records.known import Known
from mailbot.records.recall import Read, recall
from mailbot.records.together import together
from mailbot.service.office import Office


def known_about(session: Session, office: Office, mails: Sequence[Read], numbers: Sequence[int]) -> Iterator[Known]:
    """What the records say about each of these mails; only reads. `numbers` are for their decisions, one each.

    What the duties want to know is asked when it is a mail's turn; what can be asked for all of them is, at the first.
    Nothing may be written before the last one is known.
    """
    known = recall(session, office.desk, office.secret, mails, numbers, office.clock.now())
    with together(session, known):
        for mail, each in zip(mails, known, strict=True):
            yield _with_recalled(session, office, mail, each)


def _with_recalled(session: Session, office: Office, mail: Read, known: Known) -> Known:
    """What the duties want to know besides; each is told only of the mail, not of what the others asked."""
    recalled = {
        duty.name: found
        for duty in office.duties
        if duty.recall is not None and (found := duty.recall.load(session, mail.cover, mail.clues, known)) is not None
    }
    return replace(known, recalled=recalled) if recalled else known
