"""The lines of a change beside those of its file: what the mail says holds, and both are shown. Pure."""

from __future__ import annotations

from mailbot.duties.contracts.changes.facts import ChangeReading, Line


def of_file(line: Line, in_file: ChangeReading | None) -> Line | None:
    """What the file says of the same thing, where that is something else."""
    other = _counterpart(line, in_file)
    return other if other is not None and _said(other) != _said(line) else None


def only_in_file(reading: ChangeReading, in_file: ChangeReading | None) -> tuple[str, ...]:
    """What the file changes and the mail does not, in the words of the file."""
    if in_file is None:
        return ()
    lines = tuple(line.words for line in in_file.lines if _counterpart(line, reading) is None)
    ends_too = in_file.ends_on is not None and in_file.end_words and reading.ends_on is None and not reading.late_ends
    return (*lines, in_file.end_words) if ends_too else lines


def _counterpart(line: Line, other: ChangeReading | None) -> Line | None:
    """The one line that does the same to the same thing."""
    same = [each for each in (other.lines if other else ()) if each.deed is line.deed and _about(each) & _about(line)]
    return same[0] if len(same) == 1 else None


def _about(line: Line) -> set[int | str]:
    return {line.promise.kind} if line.promise is not None else {*line.rows, line.what}


def _said(line: Line) -> tuple[object, ...]:
    added = line.promise
    of_added = (added.quantity, added.starts_on, added.ends_on, added.issues) if added else ()
    return (line.ends_on, line.count, frozenset(line.rows), *of_added)
