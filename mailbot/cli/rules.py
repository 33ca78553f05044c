"""`mailbot rules`: check, test, explain and replay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from mailbot.app import DUTIES, standing_orders
from mailbot.cli.commands import Exit, Group
from mailbot.cli.days import DAY
from mailbot.cli.explain import explain_file
from mailbot.cli.opening import records, settings, settings_path
from mailbot.cli.terminal import as_json, many, moment, say
from mailbot.config import SHIPPED
from mailbot.deciding.fields import fields_of
from mailbot.deciding.kernel_verbs import KERNEL_VERBS
from mailbot.deciding.rulebook import RuleBook
from mailbot.message import Limits
from mailbot.records.reading_only import reading_only
from mailbot.service.replay import DecidedAs, Difference, Replay, Replayed


@click.group(cls=Group)
def rules() -> None:
    """Checks, tests, explains and replays the rules."""


@rules.command()
@click.option("--verbs", is_flag=True, help="Say what rules may ask for, and what they may do.")
@click.pass_context
def check(ctx: click.Context, verbs: bool) -> None:
    """Reads the rule files; says every fault at once, with its file and line. Exit code 2 where there is one.

    \b
    mailbot rules check
    mailbot rules check --verbs
    """
    book = RuleBook.load(_folder(ctx), [duty.vocabulary for duty in DUTIES])
    for duty, each in book.sets.items():
        say(f"{duty}: {many(len(each.rules), 'rule', 'rules')}, right")
    if verbs:
        for line in _words():
            say(line, indent=4)


@rules.command()
@click.option("--all", "show_all", is_flag=True, help="Show the tests that passed, too.")
@click.pass_context
def test(ctx: click.Context, show_all: bool) -> None:
    """Runs the tests that stand inside the rules. Exit code 1 where one fails.

    \b
    mailbot rules test
    """
    results = RuleBook.load(_folder(ctx), [duty.vocabulary for duty in DUTIES]).test()
    failed = [result for result in results if not result.passed]
    for result in results if show_all else failed:
        say(str(result), indent=4)
    say(f"{many(len(results), 'test', 'tests')}, {len(failed)} failed")
    ctx.exit(Exit.LOOK if failed else Exit.OK)


@rules.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "in_json", is_flag=True, help="One line of JSON.")
@click.pass_context
def explain(ctx: click.Context, file: Path, in_json: bool) -> None:
    """Says which rules would be asked about the mail in FILE, and what would be done. Nothing is written or sent.

    \b
    mailbot rules explain mail.eml
    """
    with records(ctx) as opened:
        explain_file(opened, file, in_json=in_json)


@rules.command()
@click.option("--from", "since", type=DAY, required=True, help="The first day, in the time zone of the desk.")
@click.option("--to", "until", type=DAY, help="The last day; without it, until now.")
@click.option("--rules", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Other rules.")
@click.option("--diff", is_flag=True, help="Show every decision that differs.")
@click.option("--json", "in_json", is_flag=True, help="One line of JSON for each decision that differs.")
@click.pass_context
def replay(
    ctx: click.Context, since: datetime, until: datetime | None, folder: Path | None, diff: bool, in_json: bool
) -> None:
    """Reads the mails of some days again with other rules, on what was known that day, and compares the decisions.

    Nothing can come of it: there is no way to a mail server, and the records cannot be written. Exit code 1 where a
    decision would book or change something else.

    \b
    mailbot rules replay --from 2025-11-01 --to 2025-11-07 --rules rules.new --diff
    """
    with records(ctx) as opened:
        orders = standing_orders(opened.config.model_copy(update={"rules": folder}) if folder else opened.config)
        limits = Limits(mail_bytes=int(opened.config.limits.mail_megabytes * 1_000_000))
        end = _midnight(until.date() + timedelta(days=1), opened.desk.zone) if until else opened.clock.now()
        with reading_only(opened.database) as session:
            found = Replay(session, orders, DUTIES, limits).run(_midnight(since.date(), opened.desk.zone), end)
        if in_json:
            for difference in found.differences:
                as_json(difference)
        else:
            _show(found, opened.desk.zone, diff=diff)
    ctx.exit(Exit.LOOK if any(each.changes_records for each in found.differences) else Exit.OK)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _show(found: Replayed, zone: ZoneInfo, *, diff: bool) -> None:
    for difference in found.differences if diff else ():
        for line in _in_words(difference, zone):
            say(line, indent=4)
        say()
    for left_out in found.left_out:
        say(f"{left_out.ref} is left out: {left_out.why}", indent=4)
    say(
        f"{many(found.read_again, 'mail', 'mails')} read again, 0 sent, 0 records written; "
        f"{many(len(found.differences), 'decision differs', 'decisions differ')}"
    )
    if found.differences and not diff:
        say("--diff shows them")


def _in_words(difference: Difference, zone: ZoneInfo) -> Iterator[str]:
    yield f'{difference.ref}  {moment(difference.decided_at, zone)}  {difference.sender}: "{difference.subject}"'
    before, after = difference.before, difference.after
    yield f"  was: {_rule(before)}"
    yield f"  now: {_rule(after)}"
    for what, old, new in (("does", before.deeds, after.deeds), ("writes", before.letters, after.letters)):
        yield from (f"  no longer {what}: {each}" for each in old if each not in new)
        yield from (f"  now {what}: {each}" for each in new if each not in old)
    yield from (f"  words: {each}" for each in difference.evidence)


def _rule(outcome: DecidedAs) -> str:
    return f"{outcome.rule or 'no rule'} ({outcome.kind}), folder {outcome.folder or 'as it is'}"


def _words() -> Iterator[str]:
    """What rules may ask for and do: first what all duties share, then what each adds."""
    shared = fields_of(DUTIES[0].vocabulary)
    common = [field for field in shared.values() if field.name not in DUTIES[0].vocabulary.fields]
    yield "every duty"
    yield from (f"  when.{field.name} ({field.type.value}): {field.says}" for field in common)
    yield from (f"  do.{verb.name}: {verb.says}" for verb in KERNEL_VERBS.values())
    for duty in DUTIES:
        fields = fields_of(duty.vocabulary)
        yield f"{duty.name}, kinds: {', '.join(duty.vocabulary.kinds)}"
        yield from (f"  when.{name} ({fields[name].type.value})" for name in duty.vocabulary.fields)
        yield from (f"  do.{verb.name}: {verb.says}" for verb in duty.vocabulary.verbs.values())


def _folder(ctx: click.Context) -> Path:
    """The rules of the desk; where there are no settings yet, those that come with mailbot."""
    config = settings(ctx) if settings_path(ctx).exists() else None
    return config.rules if config and config.rules else SHIPPED / "rules"
