"""The two marks of our own in the Markdown of a letter: `{bar 63}`, and `{picture chart.png ALT}`.

Words of strangers cannot write them: Markdown does not read the values of a letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import escape

from mailbot.letters.enclosures import content_id

_BAR: Final = re.compile(r"\{bar ([0-9]{1,3})\}")
_PICTURE: Final = re.compile(r"\{picture ([A-Za-z0-9._-]{1,80}) ([^{}]{0,300})\}")


def draw_marks(markdown: MarkdownIt) -> None:
    """Teaches a Markdown parser to read both, and to write them as HTML."""
    for name, mark, written in (("bar", _BAR, _bar), ("picture", _PICTURE, _picture)):
        markdown.inline.ruler.push(name, _reader(name, mark))
        markdown.add_render_rule(name, written)


def _reader(name: str, mark: re.Pattern[str]) -> Callable[[StateInline, bool], bool]:
    def read(state: StateInline, silent: bool) -> bool:
        found = mark.match(state.src, state.pos, state.posMax)
        if found is None:
            return False
        if not silent:
            state.push(name, "", 0).meta = {"of": found.groups()}
        state.pos = found.end()
        return True

    return read


def _bar(_self: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType) -> str:
    """A table of two cells: the one form of a bar that every mail program draws."""
    length = min(100, int(tokens[place].meta["of"][0]))
    full = f'<td class="full" width="{length}%">&nbsp;</td>' if length else ""
    rest = f'<td class="rest" width="{100 - length}%">&nbsp;</td>' if length < 100 else ""
    return f'<table class="bar" role="presentation" aria-hidden="true"><tr>{full}{rest}</tr></table>'


def _picture(_self: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, env: EnvType) -> str:
    name, alt = tokens[place].meta["of"]
    source = content_id(name, str(env["signed_ref"]))
    return f'<img class="picture" src="cid:{escape(source)}" alt="{escape(alt)}" width="544">'
