"""Bounces and complaints of Amazon SES, as SNS mails them: a JSON notification (SES developer guide, "Amazon SNS
notification contents"), alone or as the `Message` of another JSON object."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from mailbot.duties.bounces.reports.detectors.addresses import addresses_named
from mailbot.duties.bounces.reports.diagnosis import diagnose
from mailbot.duties.bounces.reports.failure import Failure, Outcome, Reason
from mailbot.message.model import Evidence, Message, Place

NAME: Final = "notification of Amazon SES"

_MOST_CHARACTERS = 200_000
_MOST_RECIPIENTS = 100


class _Read(BaseModel):
    """The root of what is read of a notification; whatever else it holds is left."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_Model = TypeVar("_Model", bound=_Read)


class _Recipient(_Read):
    emailAddress: str  # noqa: N815  (their name)
    action: str = ""
    status: str = ""
    diagnosticCode: str = ""  # noqa: N815


class _Bounce(_Read):
    bounceType: str = ""  # noqa: N815
    bounceSubType: str = ""  # noqa: N815
    bouncedRecipients: tuple[_Recipient, ...] = ()  # noqa: N815


class _Complaint(_Read):
    complainedRecipients: tuple[_Recipient, ...] = ()  # noqa: N815


class _Notification(_Read):
    kind: str = Field(validation_alias=AliasChoices("notificationType", "eventType"))
    bounce: _Bounce = _Bounce()
    complaint: _Complaint = _Complaint()


class _Envelope(_Read):
    message: str = Field(validation_alias="Message")


def read_amazon_ses(message: Message) -> tuple[Failure, ...]:
    """Every recipient that bounced or complained."""
    text = message.body.original
    notification = _notification(text) if '"Message"' in text or 'Type"' in text else None
    return tuple(_failures(notification, text))[:_MOST_RECIPIENTS] if notification else ()


def _notification(text: str) -> _Notification | None:
    """What the text says in JSON; servers fold the one long line of it at "!", and put a signature below it."""
    unfolded = text[:_MOST_CHARACTERS].replace("!\n ", "").replace("\n", "").strip()
    written = unfolded[: unfolded.rfind("}") + 1]
    envelope = _as_json(_Envelope, written)
    return _as_json(_Notification, envelope.message if envelope else written)


def _as_json(model: type[_Model], written: str) -> _Model | None:
    """None where the text is no such thing: most mails are none."""
    try:
        return model.model_validate_json(written)
    except ValidationError:
        return None


def _failures(notification: _Notification, text: str) -> Iterator[Failure]:
    if notification.kind == "Bounce":
        for each in notification.bounce.bouncedRecipients:
            for address in addresses_named(each.emailAddress)[:1]:
                yield _bounced(address, each, notification.bounce, text)
    if notification.kind == "Complaint":
        for each in notification.complaint.complainedRecipients:
            for address in addresses_named(each.emailAddress)[:1]:
                evidence = _evidence(address, text)
                yield Failure(address, None, Outcome.DELIVERED, Reason.COMPLAINT, "", "", "", NAME, evidence)


def _bounced(address: str, recipient: _Recipient, bounce: _Bounce, text: str) -> Failure:
    outcome = Outcome.DELAYED if recipient.action.lower() == "delayed" else Outcome.FAILED
    words = " ".join((recipient.diagnosticCode.partition(";")[2] or bounce.bounceSubType).split())
    said = diagnose(recipient.status, words, outcome, (address,))
    evidence = _evidence(address, text)
    return Failure(address, None, outcome, said.reason, said.status, said.reply_code, words, NAME, evidence)


def _evidence(address: str, text: str) -> tuple[Evidence, ...]:
    start = max(text.find(address), 0)
    return (Evidence(address, Place("text", start, start + len(address))),)
