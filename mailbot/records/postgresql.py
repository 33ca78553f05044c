"""How long a desk and its PostgreSQL wait for each other, and for other desks: a machine that is gone, or stands still
in the midst of a decision, does not stop the others.

What the URL, the role, the database or postgresql.conf says of any of these times goes before what is said here. Over a
Unix socket those of TCP mean nothing, and do no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# What the desk takes upon itself: a server that is gone is noticed after a minute (libpq, 34.1.2).
_OF_THE_DESK: Final[Mapping[str, int]] = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}
# What the server is asked for, in its own units.
_OF_THE_SERVER: Final[Mapping[str, str]] = {
    # A machine that is gone, or cannot be reached, is noticed after a minute, and what it had begun is taken back.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "60000",
    # As long as mails are leased: who waits longer for other desks has lost its mails to them.
    "lock_timeout": "5min",
    # A machine that stands still while its network still answers. Nothing is said to the server while the workers
    # judge a part of a group: with one worker, at the 60 s that [limits] allows, that is two handfuls, 120 s; a whole
    # group of five parts is 600 s, and workers that stand still are replaced after another 90 s. The rest is for mails
    # of others, which the same workers may be reading first.
    "idle_in_transaction_session_timeout": "15min",
}
_ASK: Final = (
    "SELECT set_config(name, wanted, false) FROM pg_settings "
    "JOIN unnest(%s::text[], %s::text[]) AS ours (name, wanted) USING (name) WHERE source = 'default'"
)


def patience_of(url: URL) -> dict[str, int]:
    """The arguments of a new connection that say how long the desk waits for the server; not what the URL says."""
    return {name: value for name, value in _OF_THE_DESK.items() if name not in url.query}


def ask_for_patience(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Tells the server, once for each connection, how long to wait for the desk."""
    cursor = connection.cursor()
    cursor.execute(_ASK, (list(_OF_THE_SERVER), list(_OF_THE_SERVER.values())))
    cursor.close()
    connection.commit()  # or the next rollback takes it back
