"""A look that was taken, and the issue it is about."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.duties.issues.facts import IssueCard
from mailbot.duties.issues.sold.facts import Sold
from mailbot.records.looks import Look
from mailbot.records.page_seen import Verdict


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What was seen of a page, the issue as it stands, the name of its client, and what was sold.

    `letters_lately` were written to the one who opened it within a day, whatever about; `acknowledged_lately`: one of
    them said that a mail is here.
    """

    look: Look
    issue: IssueCard
    client: str | None
    sold: Sold | None
    letters_lately: int = 0
    acknowledged_lately: bool = False

    @property
    def is_gone(self) -> bool:
        """Whether there is no such page: then the client is asked where it should lead."""
        return self.look.seen.verdict in (Verdict.NOT_FOUND, Verdict.SAYS_NOT_FOUND, Verdict.NO_SUCH_HOST)

    @property
    def says_something(self) -> bool:
        """Whether the first answer is more than that the mail is here: a question, or figures."""
        return self.is_gone or self.issue.asks_month is not None
