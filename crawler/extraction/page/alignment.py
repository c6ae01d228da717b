"""Where a box's lines are set: to the left or right, or centred, as its own element states."""

from __future__ import annotations

import re

from crawler.extraction.page.passages import Box

_ALIGNED = re.compile(r"(?<![\w-])text-align\s*:\s*([a-z]+)", re.IGNORECASE)


def alignment(box: Box) -> str:
    """The value of CSS's text-align, such as "center" or "right"; "" if the element states none.

    An inline style counts before the `align` attribute of older HTML, as in browsers.
    """
    styled = _ALIGNED.findall(box.element.get("style") or "")
    stated = styled[-1] if styled else box.element.get("align") or ""
    return str(stated).strip().lower()
