"""The root of all tables of a settings file."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationInfo
from pydantic import field_validator as checks


class Settings(BaseModel):
    """The root of all tables: unknown keys are faults, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    @checks("*", mode="before")
    @classmethod
    def _no_number_is_true_or_false(cls, value: object, field: ValidationInfo) -> object:
        annotation = cls.model_fields[str(field.field_name)].annotation
        if isinstance(value, bool) and annotation in (int, float):
            raise ValueError(f"{str(value).lower()} is not a number")
        return value
