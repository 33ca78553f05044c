"""A mail and the file that came with it: what the mail does not say comes from the file; where both speak and differ,
both are shown, and neither is taken for more certain than the other."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mailbot.duties.contracts.facts import ContractReading, Promise, Renewal
from mailbot.duties.contracts.intake.points import PointKind

_OF_ONE_KIND: Final = 1


def together(mail: ContractReading, file: ContractReading | None) -> ContractReading:
    """What the mail says, and what only the file says."""
    if file is None:
        return mail
    promised = {promise.kind for promise in mail.promises}
    return replace(
        mail,
        term=mail.term or file.term,
        value=mail.value or file.value,
        promises=(*mail.promises, *(each for each in file.promises if each.kind not in promised)),
        renewal=_completed(mail.renewal, file.renewal),
        artwork=mail.artwork or file.artwork,
    )


def differs(kind: PointKind, reading: ContractReading, file: ContractReading, promise: Promise | None = None) -> bool:
    """Whether the file says something else about a point."""
    match kind:
        case "term":
            return file.term is not None and reading.term is not None and _days(file) != _days(reading)
        case "value":
            theirs, ours = file.value, reading.value
            return (
                theirs is not None
                and ours is not None
                and theirs.amount is not None
                and _money(file) != _money(reading)
            )
        case "renewal":
            theirs_, ours_ = file.renewal, reading.renewal
            return theirs_ is not None and ours_ is not None and _differ(ours_, theirs_)
        case "promise":
            other = counterpart(promise, file) if promise else None
            return promise is not None and other is not None and _promised(promise) != _promised(other)
        case "artwork":
            a, b = file.artwork, reading.artwork
            return a is not None and b is not None and a.address.casefold() != b.address.casefold()


def counterpart(promise: Promise, file: ContractReading) -> Promise | None:
    """What the file promises of the same kind, where it promises that once."""
    same = [each for each in file.promises if each.kind == promise.kind]
    return same[0] if len(same) == _OF_ONE_KIND else None


def _completed(mail: Renewal | None, file: Renewal | None) -> Renewal | None:
    if mail is None or file is None:
        return mail or file
    says_notice = mail.days is not None or mail.months is not None
    return replace(
        mail,
        renews=mail.renews if mail.renews is not None else file.renews,
        days=mail.days if says_notice else file.days,
        months=mail.months if says_notice else file.months,
    )


def _days(reading: ContractReading) -> tuple[object, object] | None:
    return (reading.term.starts_on, reading.term.ends_on) if reading.term else None


def _money(reading: ContractReading) -> tuple[object, object] | None:
    return (reading.value.amount, reading.value.currency) if reading.value else None


def _differ(one: Renewal, other: Renewal) -> bool:
    """Whether both say the same thing differently; what only one of them says is no difference."""
    pairs = ((one.renews, other.renews), (one.days, other.days), (one.months, other.months))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _promised(promise: Promise) -> tuple[object, ...]:
    """What of a promise can differ; percent and list price where both give them."""
    return promise.quantity, promise.percent, promise.list_price
