"""The journal: one event, one line, and nothing in it that a terminal or a reader of lines would obey."""

from __future__ import annotations

import json
import logging

from hypothesis import given
from hypothesis import strategies as st

from mailbot.service.journal import JsonLines, json_line


def written(message: str, *arguments: object, trouble: BaseException | None = None) -> str:
    info = (type(trouble), trouble, trouble.__traceback__) if trouble else None
    record = logging.LogRecord("mailbot.post", logging.WARNING, __file__, 1, message, arguments, info)
    return JsonLines().format(record)


def test_an_event_is_one_line_of_json_with_its_part_and_level() -> None:
    line = json.loads(written("mail %s is put back: %s", 7, "Müller\n{}"))

    assert line["event"] == "mail 7 is put back: Müller\n{}"
    assert (line["level"], line["from"]) == ("warning", "mailbot.post")
    assert line["at"].endswith("+00:00")
    assert "Müller" in written("Müller")


def test_trouble_brings_its_trace_in_the_same_line() -> None:
    line = written("it broke", trouble=ValueError("broken\nin two"))

    assert "\n" not in line
    assert "ValueError: broken" in json.loads(line)["trace"]


@given(st.text(max_size=200))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    line = json_line({"event": text})

    assert len(line.splitlines()) == 1
    assert not any(sign < " " or "\x7f" <= sign <= "\x9f" or sign in "\u202e\u2066\u2028" for sign in line)
    assert json.loads(line)["event"] == text
