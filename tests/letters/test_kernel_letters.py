from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from mailbot.letters import Templates

KERNEL = (
    "breaker",
    "broken_job",
    "forged",
    "held",
    "morning",
    "needs_person",
    "not_again",
    "not_done",
    "not_yours",
    "noted",
    "proposal",
    "refused_letter",
    "set_aside",
    "too_big",
    "too_many_answers",
    "undo_refused",
    "undone",
    "unknown_ref",
    "unsure_letter",
    "why",
)


def test_every_template_of_the_program_fits_its_samples(kernel: Templates) -> None:
    assert kernel.check() == ()


def test_the_letters_of_the_kernel_are_there_and_short(kernel: Templates) -> None:
    assert {f"desk/{name}" for name in KERNEL} <= set(kernel.sources.names)
    assert [fault for fault in kernel.advice() if "/desk/" in fault.file] == []


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", KERNEL)
def test_the_html_says_what_the_text_says(kernel: Templates, name: str, language: str) -> None:
    for sample in kernel.sources.samples[f"desk/{name}"]:
        written = kernel.preview(f"desk/{name}", language, sample.case)  # type: ignore[arg-type]
        shown = LexborHTMLParser(written.html).css_first(".letter").text(separator=" ")
        assert words_of(shown) == words_of(re.sub(r"^(> |- |\d+\. )", "", written.text, flags=re.MULTILINE))
        assert written.html.count("<style") == 1, "only what cannot be inlined stays"
        assert "prefers-color-scheme: dark" in written.html


def words_of(text: str) -> list[str]:
    return text.split()


def test_why_tells_the_whole_chain(kernel: Templates) -> None:
    assert kernel.preview("desk/why", "en").text == (
        "Priya, this is how Acme Corp, week 45 came about.\n"
        "\n"
        '7 Nov 21:40, N-0431: mail from Dana Reyes, "Re: week 45"\n'
        "Rule: numbers.booked\n"
        "Believed because our mail server says: dmarc=pass header.from=harbourpine.example\n"
        "\n"
        "> Acme 15,200\n"
        "\n"
        "- Acme Corp, week 45: 15,200.00 USD\n"
        "- letter N-0431 to Dana Reyes: Re: week 45 - booked 2 lines\n"
        "\n"
        '10 Nov 09:26, N-0440: mail from Dana Reyes, "oops"\n'
        "Rule: numbers.correction\n"
        "\n"
        "> Acme was 12,500 not 15,200\n"
        "\n"
        "- Acme Corp, week 45: 12,500.00 USD instead of 15,200.00 USD\n"
        "\n"
        'Not what was meant? Reply "undo N-0440".\n'
        "Ref n-0412-9kq2x7m3ab\n"
    )


def test_a_refusal_says_what_stands_in_the_way(kernel: Templates) -> None:
    assert 'reply "undo N-0446"' in kernel.preview("desk/undo_refused", "en").text
    assert 'reply "undo N-0440"' in kernel.preview("desk/undo_refused", "en", "overtaken").text
    assert "was an undo itself" not in kernel.preview("desk/undo_refused", "en").text
    assert "Das war selbst eine Rücknahme" in kernel.preview("desk/undo_refused", "de", "overtaken").text
    assert "schon zurückgenommen" in kernel.preview("desk/undo_refused", "de", "already_undone").text
    assert "undo N-" not in kernel.preview("desk/undo_refused", "en", "nothing_changed").text


def test_an_alarm_says_what_happened_and_what_to_do(kernel: Templates) -> None:
    assert kernel.preview("desk/forged", "en").subject == "A forged mail in the name of Priya Nair"
    assert "reply RESUME" in kernel.preview("desk/breaker", "en").text
    assert "Eine Mail wartet" in kernel.preview("desk/breaker", "de", "one_waits").text
    assert "reply SENT, or AGAIN" in kernel.preview("desk/unsure_letter", "en").text
    assert "FERTIG" in kernel.preview("desk/refused_letter", "de").text
    for name in ("broken_job", "forged", "too_many_answers"):
        assert "Antworte" not in kernel.preview(f"desk/{name}", "de").text, "it asks nothing of anybody"


@pytest.mark.parametrize("name", ["set_aside", "too_big"])
def test_a_mail_that_was_left_is_not_said_to_lie_in_a_folder(kernel: Templates, name: str) -> None:
    moved, left = kernel.preview(f"desk/{name}", "en"), kernel.preview(f"desk/{name}", "en", "left")

    assert "in the folder Held of the desk's mailbox" in moved.text
    assert "folder" not in left.text
    assert "where it arrived" in left.text


def test_what_fell_due_is_not_told_as_a_mail(kernel: Templates) -> None:
    for name in ("needs_person", "proposal"):
        assert " mail " not in kernel.preview(f"desk/{name}", "en", "clock").text
        assert " mail " in kernel.preview(f"desk/{name}", "en").text
    assert "(rule " in kernel.preview("desk/proposal", "en").text
    assert "(rule " not in kernel.preview("desk/proposal", "en", "clock").text


def test_a_yes_to_what_fell_due_holds_only_if_it_is_still_so(kernel: Templates) -> None:
    assert "Reply YES and I do it, NO" in kernel.preview("desk/proposal", "en").text
    assert "Reply YES and I do it if it is still so then, NO" in kernel.preview("desk/proposal", "en", "clock").text
