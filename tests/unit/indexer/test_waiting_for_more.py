"""For how long delivery waits for more: a lone article is found at once, a long crawl's are written in few commits."""

from __future__ import annotations

import pytest

from indexer.delivery import MANY, SOME, WHILE_FEW_COME, WHILE_MANY_COME, WHILE_SOME_COME, Patience, patience_after


@pytest.mark.parametrize(
    ("last_count", "expected"),
    [
        (0, WHILE_FEW_COME),
        (SOME - 1, WHILE_FEW_COME),
        (SOME, WHILE_SOME_COME),
        (MANY - 1, WHILE_SOME_COME),
        (MANY, WHILE_MANY_COME),
    ],
)
def test_what_came_last_tells_how_much_will_come(last_count: int, expected: Patience) -> None:
    assert patience_after(last_count) == expected
