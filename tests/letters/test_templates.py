import pickle
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from mailbot.config import SHIPPED
from mailbot.errors import Faults, Never, OurBug
from mailbot.letters import Templates, Unwritten

GREETING = "Subject: Hello\n\nHello {{ recipient.first_name }}, {{ amount | money('USD') }}. {{ signed_ref }}\n"
STANDING = {
    "answered": "",
    "company": "Harbour & Pine Media",
    "desk": "Sales Desk",
    "signed_ref": "n-1-0",
    "recipient": {"first_name": "Ada"},
}


@pytest.fixture
def greeting(folder: Path) -> Path:
    """A second template, in both languages and with a sample."""
    for language in ("en", "de"):
        (folder / language / "greeting.md").write_text(GREETING)
    (folder / "samples" / "greeting.toml").write_text("facts.amount = 5.0\n")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(Faults) as caught:
        Templates.load(folder)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_a_folder_without_faults_is_loaded_and_checks_clean(greeting: Path) -> None:
    templates = Templates.load(greeting)
    assert templates.check() == ()
    assert templates.advice() == ()


def test_all_faults_of_all_files_are_named_at_once(greeting: Path) -> None:
    (greeting / "en" / "greeting.md").write_text("Hello\nBody {{ amount | mony('USD') }}\n")
    (greeting / "de" / "greeting.md").write_text("Subject: Hallo\n\n{% if amount %}\n{{ amount | geld }}\n")
    (greeting / "de" / "sales" / "booked.md").unlink()
    (greeting / "en" / "odd.md").write_text(GREETING)
    (greeting / "samples" / "lost.toml").write_text("")
    syntax, *others = faults_of(greeting)
    assert syntax.startswith("de/greeting.md:4: Unexpected end of template.")
    assert others == [
        "en/greeting.md:1: the first line is the subject: write 'Subject: …'",
        "en/greeting.md:2: a blank line stands between the subject and the body",
        "en/greeting.md:2: unknown filter 'mony' - did you mean 'money'?",
        "en/odd.md: there is no 'odd' in de/: write it, or delete this one",
        "en/odd.md: there is no sample of its facts: write samples/odd.toml",
        "en/sales/booked.md: there is no 'sales/booked' in de/: write it, or delete this one",
        "samples/lost.toml: there is no template 'lost': rename the sample, or delete it",
    ]


def test_both_languages_use_the_same_facts(greeting: Path) -> None:
    german = GREETING.replace("amount |", "betrag |")
    (greeting / "de" / "greeting.md").write_text(german)
    assert faults_of(greeting) == [
        (
            "de/greeting.md: the two languages differ: uses 'betrag', which en/ does not; "
            "does not use 'amount', which en/ does"
        )
    ]


@pytest.mark.parametrize("tag", ["{% include 'x' %}", "{% macro m() %}{% endmacro %}", "{% set x %}a{% endset %}"])
def test_a_template_is_one_file_without_blocks(greeting: Path, tag: str) -> None:
    (greeting / "en" / "greeting.md").write_text(GREETING + tag)
    (fault,) = faults_of(greeting)
    assert fault.startswith("en/greeting.md:4: a template ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("facts.when = 2025-10-31T16:42:11", "facts.when is a moment without an offset"),
        ("facts.when = 16:42:11", "facts.when is a time without a day"),
        ("fcats.a = 1", "unknown table 'fcats'"),
        ("facts = ", "Invalid value"),
    ],
)
def test_a_sample_that_cannot_be_read_is_named(greeting: Path, content: str, words: str) -> None:
    (greeting / "samples" / "greeting.toml").write_text(content)
    (fault,) = faults_of(greeting)
    assert fault.startswith(f"samples/greeting.toml: {words}")


def test_files_that_are_not_there_or_not_utf8_are_named(greeting: Path) -> None:
    (greeting / "layout.html").unlink()
    (greeting / "de" / "greeting.md").write_bytes("Subject: a\n\nGr\xfc\xdfe\n".encode("latin-1"))
    assert faults_of(greeting) == [
        "de/greeting.md:3: this is not UTF-8: save the file as UTF-8",
        "layout.html: cannot be read: No such file or directory",
    ]


def test_a_layout_with_a_name_that_no_letter_has_is_refused(greeting: Path) -> None:
    (greeting / "layout.html").write_text("<p>{{ bdoy }}</p>")
    assert faults_of(greeting) == [
        "layout.html: unknown name 'bdoy': the layout has body, company, desk, language, subject"
    ]


def test_check_names_the_line_and_the_fact_that_is_missing(greeting: Path) -> None:
    (greeting / "samples" / "greeting.toml").write_text("facts.amuont = 5.0\n")
    assert [str(fault).removeprefix(f"{greeting}/") for fault in Templates.load(greeting).check()] == [
        "en/greeting.md:3: 'amount' is undefined; mend the template or its facts",
        "de/greeting.md:3: 'amount' is undefined; mend the template or its facts",
    ]


def test_check_misses_the_reference_and_advice_the_brevity(greeting: Path) -> None:
    for language in ("en", "de"):
        long = "Subject: a\n\n" + "line\n" * 40 + "{{ amount }}"
        (greeting / language / "greeting.md").write_text(long)
    templates = Templates.load(greeting)
    assert [fault.what[:40] for fault in templates.check()] == ["the letter does not name its reference: "] * 2
    assert [fault.what[:8] for fault in templates.advice()] == ["41 lines"] * 2


def test_preview_knows_the_cases_of_a_sample(greeting: Path) -> None:
    (greeting / "samples" / "greeting-much.toml").write_text("facts.amount = 1_000_000.0\n")
    templates = Templates.load(greeting)
    assert "1.000.000,00 USD" in templates.preview("greeting", "de", "much").text
    with pytest.raises(Never, match=r"'greeting' has no sample 'less': known are \(none\), much"):
        templates.preview("greeting", "en", "less")
    with pytest.raises(Never, match="no such template"):
        templates.preview("nothing", "en")


def test_templates_go_to_a_worker_process_and_write_the_same_there(greeting: Path) -> None:
    here = Templates.load(greeting)
    shutil.rmtree(greeting)
    there = pickle.loads(pickle.dumps(here))  # noqa: S301 - our own bytes
    assert there.preview("sales/booked", "de") == here.preview("sales/booked", "de")


def test_a_missing_fact_is_our_bug_and_names_template_line_and_fact(greeting: Path) -> None:
    templates = Templates.load(greeting)
    with pytest.raises(OurBug, match=r"en/greeting\.md:3: 'amount' is undefined") as caught:
        templates.write("greeting", "en", STANDING)
    assert isinstance(caught.value, Unwritten)
    assert pickle.loads(pickle.dumps(caught.value)).fault == caught.value.fault  # noqa: S301 - our own bytes
    with pytest.raises(OurBug, match=r"en/greeting\.md:3: an amount is wanted here, not a str"):
        templates.write("greeting", "en", STANDING | {"amount": "12"})
    with pytest.raises(OurBug, match="there is no template 'greting' in en/"):
        templates.write("greting", "en", STANDING)


@pytest.mark.parametrize(
    "expression",
    [
        "amount.__class__.__mro__",
        "recipient.items()",
        "'a'.upper()",
        "''.join.__globals__",
        "amount.as_tuple",
        "recipient['__class__']",
        "table.__self__",
        "self.__init__",
    ],
)
def test_a_template_sees_data_and_no_methods(greeting: Path, expression: str) -> None:
    for language in ("en", "de"):
        (greeting / language / "greeting.md").write_text(GREETING + "{{ " + expression + " }}\n")
    templates = Templates.load(greeting)
    with pytest.raises(Unwritten, match=r"greeting\.md:4: "):
        templates.write("greeting", "en", STANDING | {"amount": Decimal(1)})


def test_a_fact_may_be_called_like_a_method(greeting: Path) -> None:
    for language in ("en", "de"):
        (greeting / language / "greeting.md").write_text(GREETING + "{{ recipient.items }}\n")
    names = STANDING | {"amount": 1, "recipient": {"first_name": "Ada", "items": "three crates"}}
    assert Templates.load(greeting).write("greeting", "en", names).text.endswith("three crates\n")


def test_a_tag_behind_words_keeps_the_line_break_and_a_tag_alone_takes_it(greeting: Path) -> None:
    for language in ("en", "de"):
        body = "One{% if amount %} more{% endif %}\nTwo\n{% if amount %}\n- three\n{% endif %}\n- four\n"
        (greeting / language / "greeting.md").write_text("Subject: a\n\n" + body)
    text = Templates.load(greeting).write("greeting", "en", STANDING | {"amount": 1}).text
    assert text == "One more\nTwo\n- three\n- four\n"


def test_markdown_makes_no_links_images_code_or_html_even_in_a_template(greeting: Path) -> None:
    for language in ("en", "de"):
        body = "[a](https://evil.example) ![b](c.png) <b>d</b> <https://e.example> `f` https://g.example {{ amount }}\n"
        (greeting / language / "greeting.md").write_text("Subject: a\n\n" + body)
    html = Templates.load(greeting).write("greeting", "en", STANDING | {"amount": 1}).html
    assert not re.search(r"<(a|img|b|code)\b", html)
    assert "&lt;b&gt;d&lt;/b&gt;" in html


@pytest.mark.parametrize("value", ["1. one", "- one", "> one", "**one**", "| one |", "{bar 63}", "a & b", "<b>one</b>"])
def test_what_is_laid_out_once_shows_the_values_of_each_letter(greeting: Path, value: str) -> None:
    for language in ("en", "de"):
        body = "{{ amount }}\n\n- {{ amount }}\n"
        (greeting / language / "greeting.md").write_text(f"Subject: {value}\n\n{body}")
    templates = Templates.load(greeting)
    for said in ("first", value, "third"):
        written = templates.write("greeting", "en", STANDING | {"amount": said})
        document = LexborHTMLParser(written.html)
        assert document.css_first(".letter > p").text() == said
        assert document.css_first(".letter > ul > li").text() == said
        assert document.css_first("title").text() == written.subject
        assert document.css_first(".foot").text() == "Sales Desk · Harbour & Pine Media"
        assert not document.css(".letter b, .letter strong, .letter ol, .letter blockquote, .letter table")


@pytest.mark.parametrize("source", sorted((SHIPPED / "templates").rglob("*.md")), ids=lambda each: each.stem)
def test_a_line_of_a_letter_of_ours_can_be_read_by_a_person(source: Path) -> None:
    """However much a letter asks: it stands on lines of its own, with few questions on each."""
    most = max(line.count("{%") for line in source.read_text(encoding="utf-8").split("\n"))
    assert most <= 13
