"""A proxy between a client and a real server that breaks the connection where a test says so."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

DRIP_SECONDS = 0.02


class Way(Enum):
    """Who is speaking."""

    TO_SERVER = auto()
    TO_CLIENT = auto()


class Action(Enum):
    """What happens to the bytes that match."""

    CUT = auto()  # they are lost, and both connections end
    CUT_AFTER = auto()  # they arrive; the client's connection ends, and the server's when it has answered
    STALL = auto()  # they are lost, and nothing is ever forwarded again; the connection stays open
    DRIP = auto()  # from here on one byte at a time
    NOTE = auto()  # nothing: it only stands in `happened`


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault happens once, at the first bytes that match `where`."""

    way: Way
    where: bytes  # a regular expression
    action: Action


Edit = Callable[[bytes], bytes]


@dataclass(slots=True)
class FaultProxy:
    """Forwards to `target`: a port of 127.0.0.1, or a Unix socket. `faults` may be added to at any time; `edit` changes
    what the server says."""

    target: int | Path
    faults: list[Fault] = field(default_factory=list)
    edit: Edit = bytes
    port: int = 0
    happened: list[Fault] = field(default_factory=list)
    sockets: list[socket.socket] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def at_rest(self) -> bool:
        """Whether no connection is open any more: whatever the server was told to do, it has done."""
        return not any(thread.is_alive() for thread in self.threads)

    def cut_all(self) -> None:
        """Ends every connection that is open now."""
        for each in list(self.sockets):
            _end(each)

    def accept(self, listener: socket.socket) -> None:
        while not self.ended.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            try:
                server = _connected(self.target)
            except OSError:
                client.close()
                continue
            self.sockets += [client, server]
            for each in (client, server):
                if each.family != socket.AF_UNIX:
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for source, sink, way in ((client, server, Way.TO_SERVER), (server, client, Way.TO_CLIENT)):
                thread = threading.Thread(target=self._pump, args=(source, sink, way), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: Way) -> None:
        dripping = False
        with suppress(OSError):
            while data := source.recv(65536):
                if way is Way.TO_CLIENT:
                    data = self.edit(data)
                fault = self._fault_in(data, way)
                if fault is Action.CUT:
                    break
                if fault is Action.STALL:
                    self.ended.wait()
                    break
                dripping = dripping or fault is Action.DRIP
                if fault is Action.CUT_AFTER and way is Way.TO_SERVER:
                    _end(source)  # first, or the answer might still come through
                    sink.sendall(data)
                    return  # the other direction ends when it cannot hand over the answer
                self._forward(data, sink, dripping)
                if fault is Action.CUT_AFTER:
                    break
        _end(source)
        _end(sink)

    def _forward(self, data: bytes, sink: socket.socket, dripping: bool) -> None:
        if not dripping:
            sink.sendall(data)
            return
        for byte in data:
            if self.ended.is_set():
                return
            sink.sendall(bytes((byte,)))
            time.sleep(DRIP_SECONDS)

    def _fault_in(self, data: bytes, way: Way) -> Action | None:
        for fault in list(self.faults):
            if fault.way is way and re.search(fault.where, data, re.DOTALL):
                self.faults.remove(fault)
                self.happened.append(fault)
                return fault.action
        return None


@contextmanager
def fault_proxy(target: int | Path, *faults: Fault, edit: Edit = bytes) -> Iterator[FaultProxy]:
    """A proxy in front of a server on this machine; all its connections and threads end with the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = FaultProxy(target, list(faults), edit, listener.getsockname()[1])
        accepting = threading.Thread(target=proxy.accept, args=(listener,), daemon=True)
        accepting.start()
        try:
            yield proxy
        finally:
            proxy.ended.set()
            _end(listener)
            accepting.join()
            proxy.cut_all()
            for thread in proxy.threads:
                thread.join()
            for each in proxy.sockets:
                each.close()


def _connected(target: int | Path) -> socket.socket:
    if isinstance(target, int):
        return socket.create_connection(("127.0.0.1", target))
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(target))
    return connection


def _end(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
