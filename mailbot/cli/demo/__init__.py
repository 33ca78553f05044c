"""`mailbot demo`: the desk of Harbour & Pine Media plays a few days, on this machine alone.

script.py    play.toml → scenes, and what is promised of each
company.py   the folder of the demo: settings, database, people and clients
mails.py     what mail programs and mail servers send back to our letters
stage.py     plays a scene: mail in by SMTP, the real service, the clock of those days
told.py      what was decided, read from the records
promises.py  what was promised, held against what came
view.py      how it looks on a terminal
command.py   all of it together
"""

from __future__ import annotations

from mailbot.cli.demo.command import demo

__all__ = ["demo"]
