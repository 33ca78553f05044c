"""A chart of bars as a picture: an SVG of our own, drawn with the font that comes with the program. Pure.

The fonts of the machine are never asked, so a machine without any draws the same picture, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from markupsafe import escape
from resvg_py import svg_to_bytes

from mailbot.config import SHIPPED

_FONT: Final = SHIPPED / "templates" / "fonts" / "DejaVuSans.ttf"
_WIDTH: Final = 544  # of the paper of a letter, in CSS pixels
_HEIGHT: Final = 184
_LEFT, _RIGHT, _TOP, _BOTTOM = 12, 12, 38, 30
_TITLE, _LABEL = 13, 14  # of the letters, to be read on a telephone, where the picture is two thirds as wide
_SCALE: Final = 2  # for screens with small pixels
_PAPER, _QUIET, _LOUD, _MARK, _INK = "#ffffff", "#b5cbbd", "#3f7a58", "#b4562f", "#45524a"
_MOST: Final = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what stands below it, how high it is, and the mark that it is measured by (None for none)."""

    label: str
    height: Decimal
    mark: Decimal | None = None


def bar_chart(title: str, bars: Sequence[Bar], last: str) -> bytes:
    """The bars as a PNG, the last one in a stronger colour, with the words `last` over it. ValueError without bars."""
    if not bars:
        raise ValueError("a chart needs at least one bar")
    shown = bars[-_MOST:]
    drawing = "".join(_drawn(title, shown, last))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="DejaVu Sans" font-size="{_LABEL}" fill="{_INK}">{drawing}</svg>'
    )
    return svg_to_bytes(
        svg_string=svg,
        zoom=_SCALE,
        skip_system_fonts=True,
        font_files=[str(_FONT)],
        font_family="DejaVu Sans",
        sans_serif_family="DejaVu Sans",
    )


def _drawn(title: str, bars: Sequence[Bar], last: str) -> Iterator[str]:
    step = (_WIDTH - _LEFT - _RIGHT) / len(bars)
    width = min(48.0, step * 0.68)
    base = _HEIGHT - _BOTTOM
    highest = max(max(bar.height, bar.mark or Decimal(0)) for bar in bars)
    scale = (base - _TOP) / float(highest) if highest > 0 else 0.0
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" rx="6" fill="{_PAPER}"/>'
    yield f'<g font-size="{_TITLE}"><text x="{_LEFT}" y="20">{escape(title)}</text>'
    yield f'<text x="{_WIDTH - _RIGHT}" y="20" text-anchor="end" fill="{_LOUD}">{escape(last)}</text></g>'
    yield f'<path d="M{_LEFT} {base}.5H{_WIDTH - _RIGHT}" stroke="{_QUIET}"/>'
    every = max(1, -(-len(bars) // 13))  # so that labels do not run into each other
    for place, bar in enumerate(bars):
        is_last = place == len(bars) - 1
        middle = _LEFT + step * (place + 0.5)
        high = max(0.0, float(bar.height) * scale)
        colour = _LOUD if is_last else _QUIET
        left = middle - width / 2
        yield f'<rect x="{left:.1f}" y="{base - high:.1f}" width="{width:.1f}" height="{high:.1f}" fill="{colour}"/>'
        if bar.mark is not None and bar.mark > 0:
            level = base - float(bar.mark) * scale
            yield f'<path d="M{left - 3:.1f} {level:.1f}h{width + 6:.1f}" stroke="{_MARK}" stroke-width="2"/>'
        if (len(bars) - 1 - place) % every == 0:
            yield f'<text x="{middle:.1f}" y="{base + 20}" text-anchor="middle">{escape(bar.label)}</text>'
