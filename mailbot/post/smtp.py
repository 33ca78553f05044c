"""Handing letters to an SMTP server (RFC 5321), and knowing exactly what became of each."""

from __future__ import annotations

import logging
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from pydantic import SecretStr

from mailbot.config import Security, SmtpSettings
from mailbot.errors import Never, TryAgain
from mailbot.post.ports import Accepted, Envelope, LeftAlone, NotSent, Outcome, Refused, Unsure, always
from mailbot.post.protection import place, refuses_tls, tls_for
from mailbot.post.smtp_letter import Commands, commands_for
from mailbot.post.smtp_wire import Reply, Wire
from mailbot.post.stream import InjectedBytesError

FINAL_REPLY_SECONDS = 600.0  # RFC 5321 section 4.5.3.2.6: who gives up earlier makes doubles
GOING_AWAY = 421

_log = logging.getLogger(__name__)


class _NotReadyError(Exception):
    """The server does not get as far as looking at a letter; the message is why."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What an SMTP server offers to us, after the login, for `mailbot doctor`."""

    extensions: tuple[str, ...]
    largest_letter: int | None  # bytes (SIZE, RFC 1870); None where the server does not say
    tls: str | None  # version and cipher; None for plain text on loopback


_GO_ON = 354
Opening = tuple[tuple[str, set[int]], ...]


class SmtpOutgoing:
    """The way to one SMTP server, as `mailbot.post.ports.Outgoing` promises it.

    One connection is kept for up to `letters_per_connection` letters. `final_reply_seconds` is how long the server may
    think about a letter it has been given in full.
    """

    def __init__(
        self, settings: SmtpSettings, password: SecretStr, *, final_reply_seconds: float = FINAL_REPLY_SECONDS
    ) -> None:
        self._settings = settings
        self._password = password
        self._final_reply_seconds = final_reply_seconds
        self._wire: Wire | None = None
        self._letters = 0  # on this connection
        self._turn = threading.Lock()

    def send(self, envelope: Envelope, begin: Callable[[], bool] = always) -> Outcome:
        begin = cache(begin)  # asked once, however many connections it takes
        with self._turn:
            kept = self._wire is not None
            outcome = self._send_once(envelope, begin)
            if kept and self._wire is None and isinstance(outcome, NotSent):
                # The server had closed the connection while nothing was to be sent: that is no failure of the letter.
                _log.info("%s: connecting anew: %s", place(self._settings), outcome.why)
                outcome = self._send_once(envelope, begin)
            return outcome

    def close(self) -> None:
        with self._turn:
            if self._wire is not None:
                with suppress(OSError):
                    self._wire.say("QUIT")
            self._drop()

    def diagnose(self) -> Diagnosis:
        """Connects, logs in, and says what the server offers. Raises TryAgain where it cannot be reached, or Never."""
        with self._turn:
            try:
                wire = self._ready_wire()
            except _NotReadyError as error:
                raise TryAgain(str(error)) from error
            except OSError as error:
                if isinstance(error, ssl.SSLError) and (refusal := refuses_tls(self._settings, error)):
                    raise refusal from error
                raise TryAgain(f"{place(self._settings)}: {error or type(error).__name__}") from error
            size = wire.esmtp_features.get("size", "").strip()
            return Diagnosis(
                extensions=tuple(sorted(name.upper() for name in wire.esmtp_features)),
                largest_letter=int(size) if size.isdigit() and int(size) else None,
                tls=wire.tls_in_words(),
            )

    def _send_once(self, envelope: Envelope, begin: Callable[[], bool]) -> Outcome:
        try:
            wire = self._ready_wire()
            commands = commands_for(envelope, wire.esmtp_features)
            if isinstance(commands, Refused):
                return commands if begin() else LeftAlone()
            outcome = self._hand_over(wire, commands, begin)
        except _NotReadyError as error:
            outcome = NotSent(str(error))
        except OSError as error:
            if isinstance(error, ssl.SSLError) and (refusal := refuses_tls(self._settings, error)):
                self._drop()
                raise refusal from error
            outcome = NotSent(f"{place(self._settings)}: {error or type(error).__name__}")
        except BaseException:
            self._drop()
            raise
        if isinstance(outcome, NotSent | Unsure | LeftAlone) or _goes_away(outcome):
            self._drop()
        return outcome

    def _hand_over(self, wire: Wire, commands: Commands, begin: Callable[[], bool]) -> Outcome:
        """MAIL, RCPT, DATA, the letter, the final dot, the answer. Any OSError up to the dot means: not sent."""
        wire.command_encoding = commands.encoding
        opening: Opening = ((commands.mail, {250}), (commands.rcpt, {250, 251}), ("DATA", {354}))
        if self._letters:
            opening = (("RSET", {250}), *opening)
        self._letters += 1
        stopped = self._open(wire, opening, begin)
        if stopped is not None:
            return stopped
        wire.send_content(commands.content)
        wire.send_end_of_data()
        try:
            reply = wire.final_reply(self._final_reply_seconds)
        except OSError as error:
            return Unsure(f"{place(self._settings)}: the letter was handed over in full, and then: {error}")
        return Accepted(_in_words(reply)) if reply[0] // 100 == 2 else self._refused(reply)

    def _open(self, wire: Wire, opening: Opening, begin: Callable[[], bool]) -> Refused | NotSent | LeftAlone | None:
        """Says the commands up to DATA, in one breath where the server takes that (RFC 2920); None: go on.

        A server that answers DATA with 354 although it has refused what came before waits for a letter that will not
        come: the connection is given up.
        """
        if "pipelining" not in wire.esmtp_features:
            return self._open_step_by_step(wire, opening) if begin() else LeftAlone()
        wire.tell([command for command, _ in opening])
        if not begin():
            return LeftAlone()
        replies = [wire.reply() for _ in opening]
        bad = next((reply for reply, (_, good) in zip(replies, opening, strict=True) if reply[0] not in good), None)
        if bad is not None and replies[-1][0] == _GO_ON:
            self._drop()
        return self._refused(bad) if bad else None

    def _open_step_by_step(self, wire: Wire, opening: Opening) -> Refused | NotSent | None:
        for command, good in opening:
            reply = wire.say(command)
            if reply[0] not in good:
                return self._refused(reply)
        return None

    def _refused(self, reply: Reply) -> Refused | NotSent:
        if reply[0] == GOING_AWAY and self._letters > 1:
            return NotSent(f"{place(self._settings)}: {_in_words(reply)}")
        return Refused(temporary=reply[0] // 100 == 4, code=reply[0], reply=_in_words(reply))

    def _ready_wire(self) -> Wire:
        """The connection that is kept where it is still good, else a new one that is protected and logged in."""
        if self._wire is not None and self._letters >= self._settings.letters_per_connection:
            with suppress(OSError):
                self._wire.say("QUIT")
            self._drop()
        if self._wire is not None:
            return self._wire
        tls = tls_for(self._settings)
        implicit = tls if self._settings.security is Security.TLS else None
        self._wire = Wire(self._settings.host, self._settings.port, self._settings.timeout_seconds, implicit)
        self._letters = 0
        self._expect(self._wire.greeting(), 220)
        self._expect(self._wire.introduce(), 250)
        if self._settings.security is Security.STARTTLS and tls is not None:
            self._start_tls(self._wire, tls)
        if self._settings.user:
            self._log_in(self._wire)
        return self._wire

    def _start_tls(self, wire: Wire, tls: ssl.SSLContext) -> None:
        if "starttls" not in wire.esmtp_features:
            raise Never(
                f"{place(self._settings)}: the server does not offer STARTTLS, or somebody on the way took the offer "
                "out. Nothing was sent. Write security = 'tls' with the server's TLS port (465)"
            )
        self._expect(wire.say("STARTTLS"), 220)
        try:
            wire.protect(tls)
        except InjectedBytesError as error:
            raise Never(f"{place(self._settings)}: somebody puts words into the server's mouth: {error}") from error
        self._expect(wire.introduce(), 250)

    def _log_in(self, wire: Wire) -> None:
        offered = wire.esmtp_features.get("auth", "").upper().split()
        if not {"PLAIN", "LOGIN"} & set(offered):
            raise Never(
                f"{place(self._settings)}: nobody can log in here with a password (AUTH offers: "
                f"{', '.join(offered) or 'nothing'}); leave user empty, or use the server's submission port"
            )
        code, said = wire.log_in(self._settings.user, self._password.get_secret_value())
        if code // 100 == 5:
            raise Never(
                f"{place(self._settings)}: the login of {self._settings.user!r} is refused: {code} {said}. "
                "Check user and password"
            )
        self._expect((code, said), 235)

    def _expect(self, reply: Reply, code: int) -> None:
        if reply[0] != code:
            raise _NotReadyError(f"{place(self._settings)}: {_in_words(reply)}")

    def _drop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()


def _goes_away(outcome: Outcome) -> bool:
    return isinstance(outcome, Refused) and outcome.code == GOING_AWAY


def _in_words(reply: Reply) -> str:
    return f"{reply[0]} {reply[1]}"
