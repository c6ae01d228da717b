"""Where a box says that its lines are set."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from crawler.extraction.page.alignment import alignment
from crawler.extraction.page.walk import read_passages


@pytest.mark.parametrize(
    ("attributes", "side"),
    [
        ("", ""),
        ("align=center", "center"),
        ("align=' Right '", "right"),
        ("style='margin:0; TEXT-ALIGN : Right'", "right"),
        ("style='text-align:center; text-align:left'", "left"),
        ("style='text-align:left' align=right", "left"),
        ("style='text-align-last:center'", ""),
    ],
)
def test_an_inline_style_counts_before_the_attribute(attributes: str, side: str) -> None:
    passages, _ = read_passages(fromstring(f"<body><p {attributes}>The harbour of Kemer</p></body>"))
    assert alignment(passages[0].box) == side
