"""What the settings file says about issues: [issues]."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from mailbot.config.hours import NINE_TO_FIVE, WorkingHours
from mailbot.config.root import Settings

WorkingSpan = Annotated[float, Field(gt=0, le=1_000)]  # working hours


class BySeverity(Settings):
    """Working hours for issues of each severity."""

    high: WorkingSpan
    normal: WorkingSpan
    low: WorkingSpan


class IssuesSettings(Settings):
    """How soon a client is answered, and by when what is wrong is solved, in working hours.

    The owner is warned `warn_hours` before such a promise breaks; the coordinator hears when it has. A solved issue is
    opened again by its client within `reopen_days`; later it is a new one.
    """

    hours: Annotated[WorkingHours, BeforeValidator(WorkingHours.parse)] = NINE_TO_FIVE
    first_answer: BySeverity = BySeverity(high=1, normal=4, low=8)
    solution: BySeverity = BySeverity(high=8, normal=24, low=40)
    warn_hours: WorkingSpan = 1
    reopen_days: Annotated[int, Field(ge=1, le=365)] = 14
