"""Which HTML elements a reader does not see."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_HIDING = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|mso-hide:all|font-size:0(?:px|pt|em|%)?(?:;|!|$)"
    r"|opacity:0(?:\.0+)?(?:;|!|$)|max-height:0(?:px)?(?:;|!|$)"
)
_BLANKS = re.compile(r"\s+")


def hidden_nodes(root: LexborNode) -> frozenset[int]:
    """The `mem_id` of every element that is hidden by itself; what is inside of one is not named."""
    return frozenset(node.mem_id for node in root.css("[hidden], [style]") if _is_hidden(node))


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _HIDING.search(_BLANKS.sub("", style[:2_000].lower())) is not None
