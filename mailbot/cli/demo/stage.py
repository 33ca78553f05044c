"""Where the script is played: the sandbox mail server and web, the real service, and a clock of those days."""

from __future__ import annotations

from contextlib import closing

from pydantic import SecretStr

from mailbot.app import Service
from mailbot.cli.demo import mails
from mailbot.cli.demo.mails import Received
from mailbot.cli.demo.script import Scene, Script
from mailbot.cli.demo.told import Told, last_decision, told_since
from mailbot.clock import SetClock
from mailbot.errors import Never
from mailbot.message import read
from mailbot.post.ports import Accepted, Envelope
from mailbot.post.sandbox import Sandbox
from mailbot.post.smtp import SmtpOutgoing
from mailbot.post.web.sandbox import SandboxWeb


class Stage:
    """Plays scenes, one after the other."""

    def __init__(self, script: Script, box: Sandbox, web: SandboxWeb, service: Service, clock: SetClock) -> None:
        self._script = script
        self._box = box
        self._web = web
        self._service = service
        self._clock = clock
        self._refs: dict[str, str] = {}  # what the scene of a name came to

    def play(self, scene: Scene) -> tuple[Told, ...]:
        """Brings in what the scene brings, lets the desk do all that is to be done, and tells what was decided."""
        self._clock.set(scene.at)
        self._web.pages.update({place: page.in_sandbox for place, page in scene.pages.items()})
        before = last_decision(self._service.office.database)
        raw = self._mail(scene)
        if raw is not None:
            self._post(raw, scene.to or self._recipient(raw))
        self._service.step()
        told = told_since(self._service.office.database, before)
        if told:
            self._refs[scene.name] = told[0].story.ref
        return told

    def _mail(self, scene: Scene) -> bytes | None:
        if scene.mail:
            return self._script.mail_of(scene)
        if scene.bounces:
            return mails.not_delivered(self._newest_letter(scene.bounces), scene.at)
        if scene.answer:
            by = scene.answer.by
            return mails.answer(self._newest_letter(_address(by)), scene.answer.words, by, scene.at)
        if scene.write:
            words = scene.write.words.format_map(self._refs)
            return mails.written(words, scene.write.subject, scene.write.by, self._box.desk, scene.at)
        return None

    def _newest_letter(self, account: str) -> Received:
        letters = self._box.messages(account=account)
        if not letters:
            raise Never(f"the script wants an answer to a letter, and no letter has come to {account}")
        return Received.parse(letters[-1])

    def _recipient(self, raw: bytes) -> str:
        mail = read(raw)
        return mail.to[0].address if mail.to else self._box.desk

    def _post(self, raw: bytes, to: str) -> None:
        """Hands a mail to the sandbox, by SMTP, as the server of its sender would."""
        mail = read(raw)
        sender = mail.sender.address if mail.sender and not mail.report else ""
        with closing(SmtpOutgoing(self._box.smtp(), SecretStr(""))) as outgoing:
            outcome = outgoing.send(Envelope(sender, to, raw, ""))
        if not isinstance(outcome, Accepted):
            raise Never(f"the sandbox did not take the mail for {to}: {outcome}")


def _address(written: str) -> str:
    return written.rpartition("<")[2].rstrip(">")
