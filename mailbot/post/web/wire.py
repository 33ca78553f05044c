"""Connections for one look: a name is asked for once, the address is judged, and everything ends by one deadline."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from typing import Final, TypeAlias

import httpcore
from httpcore import SOCKET_OPTION, NetworkBackend, NetworkStream

from mailbot.config.web import Allowed
from mailbot.post.web.reachable import may_be_asked

_MOST_TRIED: Final = 3  # addresses of one name


class NoSuchHostError(Exception):
    """No address belongs to this name."""


class UntrustedError(Exception):
    """No trusted connection came about: the certificate, its name, or what both sides speak."""


class NotPublicError(Exception):
    """All addresses of this name are inside a network, and nobody has allowed them."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address of the network, as a number, and a port."""

    address: str
    port: int


Resolve: TypeAlias = Callable[[str, int], Sequence[Endpoint]]


def by_the_system(host: str, port: int) -> Sequence[Endpoint]:
    """The addresses of a host. NoSuchHostError where there is none; OSError where nobody could say."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as refusal:
        raise NoSuchHostError(f"{host} cannot be the name of a host: {refusal}") from refusal
    except socket.gaierror as refusal:
        if refusal.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
            raise NoSuchHostError(f"{host}: {refusal.strerror}") from refusal
        raise
    return [Endpoint(str(each[4][0]), int(each[4][1])) for each in found]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment by which a look has to be over, by the machine's own count of seconds."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        """Seconds until then; ReadTimeout where none is left."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the time for this page is over")
        return seconds


class Wire(NetworkBackend):
    """Connects to addresses that may be asked, and to nothing else."""

    def __init__(self, allowed: Sequence[Allowed], resolve: Resolve, deadline: Deadline) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> NetworkStream:
        """A connection to the first address of the host that may be asked and answers."""
        found = self._addresses(host, port)
        allowed = [each for each in found if may_be_asked(each.address, each.port, self._allowed)]
        if not allowed:
            raise NotPublicError(f"{host} is {found[0].address}, which is inside a network")
        *others, last = allowed[:_MOST_TRIED]
        for endpoint in others:
            try:
                return self._connected(endpoint)
            except httpcore.ConnectError:
                continue  # the next address of the same host may answer
        return self._connected(last)

    def _connected(self, endpoint: Endpoint) -> NetworkStream:
        left = self._deadline.left()
        return _Timed(self._network.connect_tcp(endpoint.address, endpoint.port, left), self._deadline)

    def _addresses(self, host: str, port: int) -> Sequence[Endpoint]:
        """What the name servers say. They are asked on a thread of their own, for that call cannot be ended."""
        answer: Future[Sequence[Endpoint]] = Future()

        def ask() -> None:
            try:
                answer.set_result(self._resolve(host, port))
            except Exception as trouble:  # noqa: BLE001  (it is raised where the answer is waited for)
                answer.set_exception(trouble)

        threading.Thread(target=ask, name="name servers", daemon=True).start()
        try:
            found = answer.result(self._deadline.left())
        except TookTooLong as late:
            raise httpcore.ConnectTimeout("the name servers did not answer in time") from late
        except OSError as trouble:
            raise httpcore.ConnectTimeout(f"the name servers have no answer: {trouble}") from trouble
        if not found:
            raise NoSuchHostError(f"{host} has no address")
        return found


class _Timed(NetworkStream):
    """A connection on which nothing lasts longer than the whole look may: a server that drips is cut off."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        try:
            trusted = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        except httpcore.ConnectError as trouble:
            fault = trouble.__cause__
            if isinstance(fault, ssl.SSLError) and not isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError):
                raise UntrustedError(str(fault)) from trouble
            raise
        return _Timed(trusted, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
