"""The subject of an answer: one "Re:", the words of the thread, and once what is new; every program shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mailbot.letters import Draft, Letter, Thread
from mailbot.letters.subjects import of_answer, of_thread, shown

Post = Callable[[Draft], Letter]
BOOKED = "Re: numbers - booked 3 lines, 15,700.50 USD (week 44)"


@pytest.mark.parametrize(
    ("subject", "thread"),
    [
        (BOOKED, "numbers"),
        (f"AW: {BOOKED}", "numbers"),
        (f"Fwd: RE: AW: {BOOKED}", "numbers"),
        (f"re:  {BOOKED.upper()}", "numbers"),
        ("Re: numbers", "numbers"),
        ("WG: AW: Umsätze", "Umsätze"),
        ("Re: numbers - booked 2 lines", "numbers - booked 2 lines"),
        ("week 44 - Dana", "week 44 - Dana"),
        ("Reminder: numbers", "Reminder: numbers"),
        ("", ""),
        ("Re:", ""),
    ],
)
def test_the_subject_of_a_thread_is_its_own_without_what_our_letters_put_behind_it(subject: str, thread: str) -> None:
    assert of_thread(subject, ["Which Acme for 12,500.00 USD? (a digit is enough)", BOOKED]) == thread


def test_a_dash_of_the_senders_stays_in_the_thread() -> None:
    assert of_thread("Re: Re: week 44 - Dana - changed: Acme Corp", ["Re: week 44 - Dana - changed: Acme Corp"]) == (
        "week 44 - Dana"
    )


def test_a_letter_that_began_a_thread_gave_it_its_whole_subject() -> None:
    ours = "I-0091: Globex Tools - banner"
    assert of_thread(f"AW: {ours}", [ours]) == ours


def test_a_dash_in_what_is_new_is_told_from_the_one_before_it() -> None:
    sent = of_answer("Re: numbers - booked for Smith - Sons", "numbers")
    assert sent == "Re: numbers - booked for Smith – Sons"
    assert of_thread(f"Re: {sent}", [sent]) == "numbers"
    assert of_answer("Which Smith - Sons?", "numbers") == "Which Smith - Sons?"
    assert of_answer("Which Smith - Sons?", "") == "Which Smith - Sons?"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_chain_of_answers_does_not_grow(subject: str, news: list[str]) -> None:
    first = shown(of_thread(subject, []))
    assume(first)
    ours = of_answer(f"Re: {first} - booked 3 lines", first)
    for new in news:
        thread = shown(of_thread(f"AW: {ours}", [ours]))
        assert thread == first
        ours = of_answer(f"Re: {thread} - {' '.join(f'changed {new}'.split())}", thread)


def subject_of(letter: Letter) -> tuple[str, str]:
    """The header as its bytes stand, and as a mail program reads it."""
    head = letter.content.partition(b"\r\nDate:")[0].decode()
    return head[head.index("\r\nSubject:") + 2 :], str(message_from_bytes(letter.content, policy=default)["Subject"])


@pytest.mark.parametrize("thread", ["x" * 40, "x" * 63, "x" * 72, "x" * 105, "Umsätze " * 12, "ü" * 105, "日本" * 50])
def test_the_first_line_of_a_subject_is_never_empty(draft: Draft, post: Post, thread: str) -> None:
    letter = post(replace(draft, answers=Thread(thread, None)))
    written, read = subject_of(letter)
    first, *others = written.split("\r\n")
    assert first.removeprefix("Subject:").strip()
    assert all(line.startswith(" ") and line.strip() for line in others)
    assert read == letter.subject
    assert all(len(line) <= 78 or " " not in line.removeprefix("Subject: ").strip() for line in (first, *others))


def test_a_subject_that_fits_stays_on_one_line(draft: Draft, post: Post) -> None:
    assert subject_of(post(draft))[0] == f"Subject: {BOOKED}"


@pytest.mark.parametrize("subject", ["", "  ", "Re:", "AW: WG:"])
def test_the_answer_to_a_mail_without_a_subject_says_only_what_is_new(draft: Draft, post: Post, subject: str) -> None:
    letter = post(replace(draft, answers=Thread(subject, "a@b")))
    assert letter.subject == "booked 3 lines, 15,700.50 USD (week 44)"


def test_a_long_subject_leaves_room_for_what_is_new(draft: Draft, post: Post) -> None:
    letter = post(replace(draft, answers=Thread("word " * 60, None)))
    assert "… - booked 3 lines" in letter.subject
