"""Who is believed with these settings: what [trust] means for the mails that a server has brought, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mailbot.letters.cleaning import one_line
from mailbot.message.model import Message
from mailbot.records.known import DeskCard
from mailbot.service.observation import Observation, Wellness
from mailbot.sorting.authentication import Standing, Verdict, authentication

_MOST_NAMES = 3
_LONGEST_NAME = 80
_LONGEST_WHY = 200

_NOBODY = "so nobody is believed: no number is booked, no order followed, and every mail stays where it is"
_ANYBODY = "whoever writes an address of yours into From is believed to be that colleague"


def what_trust_means(desk: DeskCard) -> str:
    """What these settings say, before any mail is looked at."""
    if desk.believe_unauthenticated:
        return f"believe_unauthenticated is on: where the results of {desk.authserv_id!r} are missing, {_ANYBODY}"
    return f"a sender is believed where {desk.authserv_id!r} says so in Authentication-Results, and nobody without it"


def of_trust(part: str, mails: Sequence[Message], desk: DeskCard) -> Iterator[Observation]:
    """Whether the server writes what [trust] authserv_id waits for, and what comes of it."""
    if not mails:
        yield Observation(
            Wellness.WARN,
            part,
            f"no mail to see whether the server writes Authentication-Results as {desk.authserv_id!r}",
            "send the desk a mail from outside, and ask again",
        )
        return
    verdicts = [_verdict(mail, desk) for mail in mails]
    spoken = [verdict for verdict in verdicts if verdict.standing is not Standing.SILENT]
    if not spoken:
        yield _of_silence(part, mails, desk)
        return
    yield _of_results(part, spoken, len(mails), desk)
    if desk.believe_unauthenticated:
        yield Observation(
            Wellness.WARN,
            part,
            f"{what_trust_means(desk)}; and the server does write them",
            "take believe_unauthenticated out of [trust]: your server says who is who",
        )


def _verdict(mail: Message, desk: DeskCard) -> Verdict:
    return authentication(mail, mail.sender.key.rpartition("@")[2] if mail.sender else "", desk)


def _of_results(part: str, spoken: Sequence[Verdict], mails: int, desk: DeskCard) -> Observation:
    """Our server speaks: how often, and for how many it proves the sender."""
    passed = sum(verdict.standing is Standing.PASSED for verdict in spoken)
    told = f"{len(spoken)} of the newest {mails} mails bear the results of {desk.authserv_id!r}"
    if passed:
        rest = f"; of the other {mails - passed} nobody is believed" if passed < mails else ""
        return Observation(Wellness.OK, part, f"{told}; {passed} of them name a proven sender, who is believed{rest}")
    ((why, times),) = Counter(one_line(verdict.why, _LONGEST_WHY) for verdict in spoken).most_common(1)
    return Observation(
        Wellness.WARN,
        part,
        f"{told}; none of them names a proven sender, who would be believed. {times} times: {why}",
        "send the desk a mail of your own and ask again; if it is not proven either, let the server write its results "
        "above all that comes with a mail, and check DMARC, DKIM and SPF",
    )


def _of_silence(part: str, mails: Sequence[Message], desk: DeskCard) -> Observation:
    """No mail bears the results of our server: another's name, no name, or nothing at all."""
    what = f"none of the newest {len(mails)} mails bears the results of {desk.authserv_id!r}"
    topmost = [value for mail in mails for value in mail.values("Authentication-Results")[:1]]
    names = Counter(name for value in topmost if (name := _name_in(value)))
    if names:
        found = names.most_common(_MOST_NAMES)
        seen = " or ".join(f"{name!r} ({times} of {len(mails)})" for name, times in found)
        return Observation(
            Wellness.FAIL,
            part,
            f"{what}; at their top stands {seen}, {_NOBODY}",
            f'if that is your own mail server, write authserv_id = "{found[0][0]}" in [trust]; it has to take out what '
            "comes in with its name, or anybody can write it",
        )
    if desk.believe_unauthenticated:
        return Observation(
            Wellness.WARN,
            part,
            f"{what}, and believe_unauthenticated is on: {_ANYBODY}, with all that this colleague may do",
            "let your mail server check senders (DMARC) and write Authentication-Results, then turn it off",
        )
    nameless = " They have results, but without the name of a server (Microsoft 365 writes them so)." if topmost else ""
    return Observation(
        Wellness.FAIL,
        part,
        f"{what}, {_NOBODY}.{nameless}",
        "let a mail server of yours check senders (DMARC) and write Authentication-Results with its name. Where that "
        "cannot be, and no outsider can send with your domains, believe_unauthenticated = true in [trust] believes "
        "colleagues by their From, which anybody can write; clients are believed by neither",
    )


def _name_in(field: str) -> str:
    """The name at the beginning of a field, as it is written; "" where it begins with a result instead."""
    words = field[:1_000].partition(";")[0].split()
    return "" if not words or "=" in words[0] else one_line(words[0], _LONGEST_NAME).replace('"', "")
