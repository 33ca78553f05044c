"""The HTML part: Markdown without links, images or HTML, put into the one layout, its CSS written into the tags.

All that is done with slots where the values of the letter will stand, and once for letters that differ in those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Final

from css_inline import CSSInliner
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from mailbot.errors import Fault, Faults
from mailbot.letters.drawn import draw_marks
from mailbot.letters.model import Language
from mailbot.letters.slots import around_slots, slot, taken_out
from mailbot.letters.sources import Source

_KEPT: Final = 50  # of the last letters, what is the same in others
_SLOTS = frozenset({"body", "company", "desk", "language", "subject"})

# All that a letter needs. What is not named here does not exist: links, autolinks, images, HTML, code, headings.
_MARKS = ("blockquote", "emphasis", "escape", "list", "newline", "table")


class Page:
    """The layout, compiled. Raises Faults where its file is broken."""

    def __init__(self, layout: Source) -> None:
        environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
        try:
            unknown = sorted(meta.find_undeclared_variables(environment.parse(layout.text)) - _SLOTS)
            self._layout = environment.from_string(layout.text)
        except TemplateError as error:
            raise Faults((Fault(layout.file, getattr(error, "lineno", None), str(error)),)) from error
        if unknown:
            wanted = ", ".join(sorted(_SLOTS))
            raise Faults((Fault(layout.file, None, f"unknown name '{unknown[0]}': the layout has {wanted}"),))
        self._markdown = MarkdownIt("zero", {"breaks": True, "html": False, "linkify": False}).enable(list(_MARKS))
        draw_marks(self._markdown)
        self._inliner = CSSInliner(load_remote_stylesheets=False)
        self._kept = lru_cache(_KEPT)(self._laid_out)

    def write(self, markdown: str, language: Language, subject: str, names: Mapping[str, str]) -> str:
        """The whole HTML document of a letter. `names` holds the company, the desk and the signed reference."""
        words, values = taken_out(markdown)
        return self._kept(words, language)({**values, **names, "subject": subject})

    def _laid_out(self, markdown: str, language: Language) -> Callable[[Mapping[str, str]], str]:
        """The document around the values of a letter."""
        tokens = _without_empty_heads(self._markdown.parse(markdown))
        env = {"signed_ref": slot("signed_ref")}
        document = self._layout.render(
            body=Markup(self._markdown.renderer.render(tokens, self._markdown.options, env)),  # noqa: S704 - holds no data
            language=language,
            subject=slot("subject"),
            company=slot("company"),
            desk=slot("desk"),
        )
        return around_slots(self._inliner.inline(document))


def _without_empty_heads(tokens: list[Token]) -> list[Token]:
    """Markdown wants a head over every table; one without words is left out."""
    kept: list[Token] = []
    place = 0
    while place < len(tokens):
        if tokens[place].type == "thead_open":
            head = list(takewhile(lambda token: token.type != "thead_close", tokens[place:]))
            if not any(token.content for token in head):
                place += len(head) + 1
                continue
        kept.append(tokens[place])
        place += 1
    return kept
