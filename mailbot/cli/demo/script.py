"""The script of a demo: what comes in, when, and what is promised to come of it. Read from play.toml, frozen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from mailbot.errors import Fault, Faults, Never
from mailbot.post.web.sandbox import SandboxPage
from mailbot.toml_source import Source, read_source

PLAY = "play.toml"
Count = Annotated[int, Field(ge=0)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(_Frozen):
    """A reply to the newest letter that lies in the mailbox of `by`."""

    by: str
    words: str


class Written(_Frozen):
    """A new mail. "{name}" in its words is the reference of what the scene of that name came to."""

    by: str
    subject: str
    words: str


class Promise(_Frozen):
    """One decision: its kind, the folder its mail goes to, how many rows it writes in which table, whom it writes to.

    `says` are words that stand in those letters.
    """

    kind: str
    folder: str = ""
    records: dict[str, Count] = {}
    letters: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


class Page(_Frozen):
    """What stands at an address of the web of the demo: a page, or a redirect."""

    title: str
    words: str = ""
    status: Annotated[int, Field(ge=200, le=599)] = 200
    leads_to: str = ""
    links: tuple[str, ...] = ()

    @property
    def in_sandbox(self) -> SandboxPage:
        """The same, as the web inside this process has it."""
        return SandboxPage(self.title, self.words, self.status, self.leads_to, self.links)


class Scene(_Frozen):
    """One thing that happens at one moment; without a mail only time passes. `pages` are as they are from then on."""

    name: str
    title: str
    at: AwareDatetime
    to: str = ""  # where the mail goes, if not to the desk's own address
    mail: str = ""  # a file in mails/
    answer: Answer | None = None
    write: Written | None = None
    bounces: str = ""  # the mailbox whose newest letter comes back
    pages: dict[str, Page] = {}
    promised: tuple[Promise, ...] = ()

    @model_validator(mode="after")
    def _is_one_mail(self) -> Scene:
        given = [bool(each) for each in (self.mail, self.answer, self.write, self.bounces)]
        if sum(given) > 1:
            raise ValueError(f"scene {self.name!r} has more than one of mail, answer, write and bounces")
        return self


class Ending(_Frozen):
    """How everything lies in the end. What is not named here is promised to be empty."""

    folders: dict[str, Count]  # mails in a folder of the desk
    received: dict[str, Count]  # letters in the mailbox of an address
    ledger: tuple[str, ...]  # "Dana Reyes: Acme Corp 12,000.00 USD, week 44", in this order
    undeliverable: tuple[str, ...]
    stopped: tuple[str, ...] = ()


class Script(_Frozen):
    """A whole demo. `folder` is where its files stand; `pages` is its web, by host and path."""

    folder: Path
    pages: dict[str, Page] = {}
    scene: tuple[Scene, ...] = Field(min_length=1)
    ending: Ending

    @property
    def begins(self) -> datetime:
        """The moment of the first scene."""
        return self.scene[0].at

    def mail_of(self, scene: Scene) -> bytes:
        """The bytes of the mail that a scene names. Raises Never where there is no such file."""
        path = self.folder / "mails" / scene.mail
        try:
            return path.read_bytes()
        except OSError as error:
            raise Never(
                f"{self.folder / PLAY}: scene {scene.name!r} names {path}, which cannot be read: {error}"
            ) from error


def read_script(folder: Path) -> Script:
    """The script in a folder. Raises Faults with all that is wrong in it."""
    source = read_source(folder / PLAY)
    try:
        return Script.model_validate({**source.values, "folder": folder})
    except ValidationError as refusal:
        raise Faults(tuple(_fault(source, error) for error in refusal.errors())) from refusal


def _fault(source: Source, error: ErrorDetails) -> Fault:
    return Fault(source.file, source.line(*error["loc"]), f"{'.'.join(map(str, error['loc']))}: {error['msg']}")
