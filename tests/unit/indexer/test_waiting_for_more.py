"""For how long delivery waits for more."""

from __future__ import annotations

import doctest

import indexer.delivery


def test_the_documented_examples() -> None:
    assert doctest.testmod(indexer.delivery).failed == 0
