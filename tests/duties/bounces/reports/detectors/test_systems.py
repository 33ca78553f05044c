"""Every mail system in its own words; and the same words where nobody who carries mail wrote them."""

from __future__ import annotations

import pytest

from mailbot.duties.bounces.reports.detectors import failures_in
from mailbot.duties.bounces.reports.failure import DEATHS, Outcome
from tests.duties.bounces.reports.detectors.providers import PROVIDERS
from tests.duties.bounces.reports.detectors.systems import SYSTEMS, Said
from tests.duties.bounces.sample_reports import in_words, message

ALL = (*SYSTEMS, *PROVIDERS)


@pytest.mark.parametrize("said", ALL, ids=str)
def test_every_recipient_is_read_with_its_reason_in_the_words_of_the_system(said: Said) -> None:
    failures = failures_in(message(said.raw))
    assert tuple((each.address, each.reason) for each in failures) == said.expected
    assert {each.outcome for each in failures} == {said.outcome}


@pytest.mark.parametrize("said", ALL, ids=str)
def test_only_those_are_dead_who_are_said_not_to_exist_and_for_good(said: Said) -> None:
    dead = [each.is_dead for each in failures_in(message(said.raw))]
    assert dead == [reason in DEATHS and said.outcome is Outcome.FAILED for _, reason in said.expected]


@pytest.mark.parametrize("said", ALL, ids=str)
def test_where_the_lines_end_in_another_way_the_same_is_read(said: Said) -> None:
    expected = failures_in(message(said.raw))
    for ending in (b"\r\n", b"\r"):
        found = failures_in(message(said.raw.replace(b"\n", ending)))
        assert [(each.address, each.reason, each.outcome) for each in found] == [
            (each.address, each.reason, each.outcome) for each in expected
        ]


@pytest.mark.parametrize("said", ALL, ids=str)
def test_a_person_who_passes_the_words_on_sends_no_bounce(said: Said) -> None:
    forwarded = f"Look what came back, can you help?\n\n---------- Forwarded message ---------\n\n{said.text}"
    quoted = "We fixed it, please send it again.\n\n" + "".join(f"> {line}\n" for line in said.text.splitlines())
    tom = "Tom Okafor <tom@harbourpine.example>"
    for text, subject in ((forwarded, f"Fwd: {said.subject}"), (quoted, f"Re: {said.subject}")):
        assert failures_in(message(in_words(text, sender=tom, subject=subject, headers=()))) == ()
