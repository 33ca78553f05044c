"""Which HTML elements a reader does not see."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?:px|pt|em|%)?(?:;|!|$)"
    r"|opacity:0(?:\.0+)?(?:;|!|$)|max-height:0(?:px)?(?:;|!|$)"
)
_BLANKS = re.compile(r"\s+")


def is_hidden(node: LexborNode) -> bool:
    """Whether the element itself is hidden, by attribute or by its own style."""
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDING.search(_BLANKS.sub("", style[:2_000].lower())) is not None
