"""A look that was taken, and the issue it is about."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.sold.facts import Sold
from mailbot.records.looks import Look


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What was seen of a page, the issue as it stands, the name of its client, and what was sold."""

    look: Look
    issue: IssueCard
    client: str | None
    sold: Sold | None
