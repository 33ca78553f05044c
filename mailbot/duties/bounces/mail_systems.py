"""Who writes bounces: the machines that carry mail."""

from __future__ import annotations

from typing import Final

from mailbot.message.model import Message

# Local parts under which mail systems write.
DAEMONS: Final = frozenset(
    {"mailer-daemon", "mailerdaemon", "postmaster", "mail-daemon", "maildaemon", "bounce", "bounces", "mdaemon"}
)


def is_from_a_mail_system(message: Message) -> bool:
    """Whether a machine that carries mail wrote this: the null sender, or a name that such machines have."""
    if message.return_path == "" or message.report is not None or message.value("X-Failed-Recipients"):
        return True
    return message.sender is not None and message.sender.key.partition("@")[0] in DAEMONS
