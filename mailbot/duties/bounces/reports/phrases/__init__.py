"""What mail servers write when they refuse a letter, as plain words without punctuation, reason by reason.

A phrase is here only if it says what it stands for by itself: "mailbox unavailable", the text that RFC 5321 gives
every 550, says nothing and is not here. Words of languages that write no blanks may stand inside longer ones.
"""

from __future__ import annotations

from typing import Final

from mailbot.duties.bounces.reports.failure import Reason
from mailbot.duties.bounces.reports.phrases.in_languages import IN_LANGUAGES
from mailbot.duties.bounces.reports.phrases.of_letters import OF_LETTERS
from mailbot.duties.bounces.reports.phrases.of_recipients import OF_RECIPIENTS
from mailbot.duties.bounces.reports.plain_words import PhraseBook


def _parted(phrases: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in phrases.split(",")]


# In the order in which they are believed where a text says several things.
PHRASES: Final = PhraseBook(
    {
        reason: ", ".join(dict.fromkeys((*_parted(phrases), *IN_LANGUAGES.get(reason, ()))))
        for reason, phrases in (*OF_RECIPIENTS.items(), *OF_LETTERS.items())
    }
)

# Sentences of well-known systems of which single words would mislead; they settle the matter, and are asked first.
SETTLING: Final = PhraseBook(
    {
        Reason.NO_SUCH_MAILBOX: """
            550 5 1 0 address rejected, 550 5 4 1 recipient address rejected access denied
            """,  # Cisco's gateways; Exchange Online
        Reason.NO_SUCH_HOST: """
            does not accept mail nullmx, domain is not reachable, host does not accept mail, the account or domain may
            not exist
            """,  # cPanel; Postfix; Sendmail; Outlook.com
        Reason.TEMPORARY: """
            address verification in progress, connection refused, message expired unable to deliver, procmail couldnt
            create, queue expired message expired
            """,  # they say "refused by" and "no such user" of other things
        Reason.BLOCKED: """
            groups google com support, my name was rejected, refused to talk to me, unusual rate of, you cannot send
            """,  # Google's groups and limits; qmail; Postfix
        Reason.DISABLED: "user account disabled, disabled recipient, recipient account is blocked",
    }
)

# Words that many refusals carry beside their reason: they count where nothing else says why.
WEAK: Final = PhraseBook(
    {
        Reason.TEMPORARY: """
            attempts, be retried, currently unavailable, deferred, later, midlertidigt, not available, permission
            denied, please resend, problem with the server, service unavailable, temporaire, temporairement,
            temporalmente, temporaneamente, temporariamente, temporarily, temporary, tijdelijk, tillfälligt, try again,
            tymczasowo, unavailable at this time, vorübergehend, временно, しばらくしてから, 一時的, 稍后
            """,
        Reason.CONTENT: "spam, message rejected, mail rejected, mail refused, content",
        Reason.BLOCKED: "denied, refused, rejected",
    }
)
