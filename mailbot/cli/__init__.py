"""The command `mailbot`.

commands.py   the group: which commands there are, what they say in one line, what their errors mean to a script
opening.py    settings and records, opened for a command
terminal.py   how a command speaks: clean lines, tables, JSON
one file for each command, or for a few that belong together; imported when it is asked for
"""

from __future__ import annotations

from mailbot.cli.commands import main

__all__ = ["main"]
