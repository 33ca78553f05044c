"""The codes of mail servers: read whole, and believed only as far as they go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.duties.bounces.reports.codes import codes_in, status_after_reply, status_in
from mailbot.duties.bounces.reports.failure import Reason


@pytest.mark.parametrize(
    ("field", "code"),
    [("5.1.10", "5.1.10"), ("5.1.1 (bad)", "5.1.1"), ("5.7.509", "5.7.509"), ("5.1.1.7", ""), ("15.1.1", ""), ("", "")],
)
def test_a_status_code_is_read_whole_or_not_at_all(field: str, code: str) -> None:
    assert status_in(field) == code


def test_a_status_code_in_running_text_needs_a_reply_code_or_a_mark() -> None:
    assert status_after_reply("550-5.1.10 gone") == "5.1.10"
    assert status_after_reply("failed (#5.2.2)") == "5.2.2"
    assert status_after_reply("Exim 4.92.3 says no") == ""


@given(subject=st.integers(0, 999), detail=st.integers(0, 999), kind=st.sampled_from("245"))
def test_every_well_formed_status_code_comes_back_as_it_was_written(subject: int, detail: int, kind: str) -> None:
    code = f"{kind}.{subject}.{detail}"
    assert status_in(f"{code} (as registered)") == code
    assert status_after_reply(f"550 {code} text") == code


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        ("5.1.1", "", Reason.NO_SUCH_MAILBOX),
        ("5.1.10", "", Reason.NO_SUCH_MAILBOX),
        ("5.4.310", "", Reason.NO_SUCH_HOST),
        ("5.7.13", "", Reason.DISABLED),
        ("5.7.509", "", Reason.BLOCKED),
        ("5.0.0", "", None),
        ("5.2.0", "550 no", None),
        ("", "556 no mail here", Reason.NO_SUCH_HOST),
        ("5.1.1", "552 5.2.2 no", Reason.MAILBOX_FULL),
    ],
)
def test_a_specific_code_gives_a_reason_and_a_general_one_none(status: str, words: str, reason: Reason | None) -> None:
    assert codes_in(status, words).reason is reason


def test_a_code_that_leaves_the_matter_to_words_still_hints() -> None:
    assert codes_in("5.6.0", "").hint is Reason.CONTENT
    assert codes_in("", "552 no").hint is Reason.MAILBOX_FULL
    assert codes_in("5.0.0", "550 no").hint is None


def test_the_first_figure_tells_the_passing_from_the_lasting() -> None:
    assert codes_in("4.2.2", "").is_transient
    assert codes_in("", "450 later").is_transient
    assert not codes_in("5.2.2", "").is_transient
    assert not codes_in("", "").is_transient
