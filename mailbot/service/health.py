"""Is this desk well? Every part is asked in turn; each answer says what is so, how bad that is, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from mailbot.clock import Clock
from mailbot.config import Config, MailboxSettings, Security, SmtpSettings
from mailbot.errors import MailbotError, TryAgain
from mailbot.message import Limits, read
from mailbot.post.imap import Diagnosis, ImapInbox
from mailbot.post.smtp import SmtpOutgoing
from mailbot.records import migrate, outbox_status
from mailbot.records.decision import Folder
from mailbot.records.known import DeskCard
from mailbot.records.parties import people
from mailbot.records.session import Database
from mailbot.records.stored_mail import newest
from mailbot.records.tables import Role
from mailbot.service.believing import of_trust
from mailbot.service.observation import Observation, Wellness

_MAILS_TO_LOOK_AT = 20
_CLOCKS_MAY_DIFFER = timedelta(minutes=2)
_ENOUGH_FOR_A_LETTER = 1_000_000  # bytes: a report with its workbook


def examine(config: Config, database: Database, desk: DeskCard, clock: Clock) -> Iterator[Observation]:
    """Asks every part of the desk in turn. A part that fails is told, and the next one asked."""
    yield from _asked("database", partial(examine_database, database))
    for name, settings in config.mailbox.items():
        yield from _asked(f"imap {name}", partial(examine_mailbox, name, settings, desk, clock, database))
    yield from _asked("smtp", partial(examine_smtp, config.smtp))
    yield from _asked("outbox", partial(examine_outbox, database))


def _asked(part: str, ask: Callable[[], Sequence[Observation]]) -> Sequence[Observation]:
    try:
        return ask()
    except TryAgain as trouble:
        return (
            Observation(Wellness.FAIL, part, str(trouble), "see that it runs and can be reached", unreachable=True),
        )
    except MailbotError as trouble:
        return (Observation(Wellness.FAIL, part, str(trouble)),)


def examine_database(database: Database) -> Sequence[Observation]:
    """Whether it can be reached, and whether its schema is that of this program."""
    shown = database.engine.url.render_as_string(hide_password=True)
    has, brings = migrate.versions(database)
    if has == brings:
        return (Observation(Wellness.OK, "database", f"{shown}, schema {has}"), _of_people(database))
    if has is None:
        return (Observation(Wellness.WARN, "database", f"{shown} is empty", "`mailbot run` makes its tables"),)
    return (
        Observation(
            Wellness.FAIL,
            "database",
            f"{shown} has schema {has}, and this program brings {brings}",
            "make a copy (`mailbot db backup FILE`), then `mailbot db upgrade`",
        ),
    )


def _of_people(database: Database) -> Observation:
    """Whether there is somebody whom the desk can ask."""
    with database.reading() as session:
        staff = people(session).values()
    if any(person.role is Role.COORDINATOR for person in staff):
        return Observation(Wellness.OK, "database", f"{len(staff)} people, a coordinator among them")
    return Observation(
        Wellness.WARN,
        "database",
        f"{len(staff)} people, and no coordinator: nobody can be asked or told",
        "`mailbot import people.csv`, with the role coordinator in one line",
    )


def examine_mailbox(
    name: str, settings: MailboxSettings, desk: DeskCard, clock: Clock, database: Database
) -> Sequence[Observation]:
    """What the server of one mailbox can do, and what [trust] means for the mails that lie, or lay, in it."""
    part = f"imap {name}"
    inbox = ImapInbox(settings, settings.password)
    try:
        found = inbox.diagnose()
        findings = list(_of_server(part, settings, found))
        inbox.open()
        uids = inbox.uids()[-_MAILS_TO_LOOK_AT:]
        received = [mail.received for mail in inbox.listed(uids[-1:]) if mail.received]
        findings += _of_clock(part, received, clock)
        raws = [mail.raw for mail in inbox.fetch(uids)]
    finally:
        inbox.close()
    mails = [read(raw, Limits()) for raw in raws or _stored(database, name)]
    return (*findings, *of_trust(part, mails, desk))


def _stored(database: Database, mailbox: str) -> Sequence[bytes]:
    """The newest mails that came from this mailbox: a desk at work leaves none in the folder that it reads."""
    has, brings = migrate.versions(database)
    if has != brings:
        return ()
    with database.reading() as session:
        return newest(session, mailbox, _MAILS_TO_LOOK_AT)


def _of_server(part: str, settings: MailboxSettings, found: Diagnosis) -> Iterator[Observation]:
    how = found.tls or "plain text on this machine"
    yield Observation(Wellness.OK, part, f"logged in at {settings.host}:{settings.port} as {settings.user}, {how}")
    if found.pushes:
        yield Observation(Wellness.OK, part, "new mail is told at once (IDLE)")
    else:
        yield Observation(Wellness.WARN, part, f"no IDLE: mail is looked for every {settings.poll_seconds:.0f} seconds")
    moves = Wellness.WARN if found.moves_by.endswith("EXPUNGE") and "UID" not in found.moves_by else Wellness.OK
    yield Observation(moves, part, f"mails are moved by {found.moves_by}")
    wanted = [folder.value for folder in Folder if folder is not Folder.LEAVE]
    there = [name for name in found.folders if name.rpartition(found.delimiter or "/")[2] in wanted]
    if len(there) >= len(wanted):
        yield Observation(Wellness.OK, part, f"the folders below {settings.root!r} are there")
    else:
        yield Observation(Wellness.OK, part, f"the folders below {settings.root!r} will be made at the first start")
    kept = "keeps keywords" if found.keywords else "keeps no keywords of our own; the desk needs none"
    yield Observation(Wellness.OK, part, f"{settings.folder!r} {kept}")


def _of_clock(part: str, received: Sequence[datetime], clock: Clock) -> Iterator[Observation]:
    """A mail cannot come from the future: where its server says so, one of two clocks is wrong."""
    for moment in received:
        ahead = moment - clock.now()
        if ahead > _CLOCKS_MAY_DIFFER:
            what = f"the newest mail was received {ahead.total_seconds() / 60:.0f} minutes in the future"
            yield Observation(Wellness.WARN, part, what, "set the clock of this machine, or of that server (NTP)")
        else:
            yield Observation(
                Wellness.OK, part, f"the newest mail was received {moment:%Y-%m-%d %H:%M} UTC, not in the future"
            )


def examine_smtp(settings: SmtpSettings) -> Sequence[Observation]:
    """Whether letters can be handed over, and how."""
    outgoing = SmtpOutgoing(settings, settings.password)
    try:
        found = outgoing.diagnose()
    finally:
        outgoing.close()
    how = found.tls or "plain text on this machine"
    who = f"logged in as {settings.user}" if settings.user else "nobody has to log in"
    findings = [
        Observation(Wellness.OK, "smtp", f"reached {settings.host}:{settings.port}, {who}, {how}"),
        Observation(Wellness.OK, "smtp", f"it offers {', '.join(found.extensions) or 'no extensions'}"),
    ]
    if found.largest_letter is not None and found.largest_letter < _ENOUGH_FOR_A_LETTER:
        what = f"it takes letters of {found.largest_letter:,} bytes at most"
        findings.append(
            Observation(Wellness.WARN, "smtp", what, "reports with workbooks may be larger: raise its limit")
        )
    if settings.security is Security.PLAINTEXT_LOOPBACK and settings.user:
        findings.append(Observation(Wellness.OK, "smtp", "the password does not leave this machine"))
    return findings


def examine_outbox(database: Database) -> Sequence[Observation]:
    """Whether letters wait that the server did not take so far; nothing where none do."""
    has, brings = migrate.versions(database)
    if has != brings:
        return ()
    with database.reading() as session:
        late = outbox_status.tried_in_vain(session)
    if late is None:
        return ()
    letters = "1 letter waits" if late.count == 1 else f"{late.count:,} letters wait"
    since = f"{late.oldest:%Y-%m-%d %H:%M} UTC"
    what = f"{letters} that could not be handed over yet, the oldest since {since}; the last try: {late.said}"
    return (Observation(Wellness.WARN, "outbox", what, "the desk tries again by itself; `mailbot outbox` lists them"),)
