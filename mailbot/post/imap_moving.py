"""Moving mails on a server without MOVE: COPY, \\Deleted and EXPUNGE, so that it can be said again after a crash."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.post.imap_session import Session, in_chunks

MOST_CANDIDATES = 10  # above it the target is full of look-alikes, and a second copy is the lesser evil
DELETED = b"\\Deleted"
_ID = b"BODY[HEADER.FIELDS (MESSAGE-ID)]"
_PEEK_ID = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"


@dataclass(frozen=True, slots=True)
class _Mail:
    """A mail as it is looked for in the target folder."""

    uid: int
    size: int
    message_id: bytes  # the header line as the server gives it; empty where there is none
    raw: bytes


def copy_and_remove(session: Session, folder: str, target: str, uids: tuple[int, ...]) -> tuple[int, ...]:
    """Moves mails of the selected `folder`; gives the UIDs that stay behind, marked \\Deleted.

    They stay where the server has no UIDPLUS and somebody else's mail carries \\Deleted: a plain EXPUNGE would remove
    that mail too. A copy that an earlier try left in the target is recognised by its bytes and not made twice.
    """
    here = _still_there(session, uids)
    if not here:
        return ()
    done = _already_copied(session, folder, target, here)
    for chunk in in_chunks(tuple(uid for uid in here if uid not in done)):
        session.client.copy(chunk, target)
    for chunk in in_chunks(here):
        session.client.add_flags(chunk, [DELETED], silent=True)
    return _expunge(session, here)


def _still_there(session: Session, uids: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(uid for chunk in in_chunks(uids) for uid in session.found("UID", ",".join(map(str, chunk))))


def _already_copied(session: Session, folder: str, target: str, uids: tuple[int, ...]) -> frozenset[int]:
    """Which of these mails lie in the target folder already, byte for byte."""
    sizes: dict[int, int] = {uid: data[b"RFC822.SIZE"] for uid, data in session.fetched(uids, "RFC822.SIZE")}
    session.client.select_folder(target, readonly=True)
    alike = {size: _of_size(session, size) for size in sorted(set(sizes.values()))}
    session.client.select_folder(folder)
    suspects = tuple(uid for uid, size in sizes.items() if alike[size])
    if not suspects:
        return frozenset()
    mails = _read(session, suspects)
    session.client.select_folder(target, readonly=True)
    done = frozenset(mail.uid for mail in mails if _lies_among(session, mail, alike[mail.size]))
    session.client.select_folder(folder)
    return done


def _of_size(session: Session, size: int) -> tuple[int, ...]:
    # By size and not by Message-ID: numbers need no quoting, and a mail without the header is found as well.
    return session.found("LARGER", size - 1, "SMALLER", size + 1)


def _lies_among(session: Session, mail: _Mail, candidates: tuple[int, ...]) -> bool:
    same_id = [uid for uid, data in session.fetched(candidates, _PEEK_ID) if (data.get(_ID) or b"") == mail.message_id]
    newest = tuple(sorted(same_id)[-MOST_CANDIDATES:])
    return any(other.raw == mail.raw for other in _read(session, newest))


def _read(session: Session, uids: tuple[int, ...]) -> tuple[_Mail, ...]:
    return tuple(
        _Mail(uid, data[b"RFC822.SIZE"], data.get(_ID) or b"", data[b"BODY[]"])
        for uid, data in session.fetched(uids, "RFC822.SIZE", _PEEK_ID, "BODY.PEEK[]")
        if data.get(b"BODY[]")
    )


def _expunge(session: Session, uids: tuple[int, ...]) -> tuple[int, ...]:
    if session.can("UIDPLUS"):
        for chunk in in_chunks(uids):
            session.client.uid_expunge(chunk)
        return ()
    if not set(session.found("DELETED")) <= set(uids):
        return uids
    session.client.expunge()
    return ()
