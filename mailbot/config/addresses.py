"""E-mail addresses in a settings file."""

from __future__ import annotations

from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator


def _email_address(written: str) -> str:
    """An address as it is written, if it is one; nobody is asked whether its domain exists."""
    try:
        found = validate_email(written, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as refusal:
        raise ValueError(f"{written!r} is not an e-mail address: {refusal}") from refusal
    if "." not in found.ascii_domain:
        raise ValueError(f"{written!r} is not an e-mail address that others can write to: its domain has no dot")
    return written


EmailAddress = Annotated[str, AfterValidator(_email_address)]
