"""Days and months as they are written on the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import click

_FIRST_YEAR: Final = 1990  # as for the Date of a mail
_LAST_YEAR: Final = 2100


class _Moment(click.DateTime):
    """A date of the years in which desks work: of others no day before or after can be said."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        moment: datetime = super().convert(value, param, ctx)
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            self.fail(f"{value} is not between {_FIRST_YEAR} and {_LAST_YEAR}", param, ctx)
        return moment


DAY: Final = _Moment(["%Y-%m-%d"])
MONTH: Final = _Moment(["%Y-%m"])
