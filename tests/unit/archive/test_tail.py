"""Where the whole records of a file end, whatever a crash left behind them."""

from __future__ import annotations

import gzip
import io
import random

import pytest

from store.archive import tail

FIRST = gzip.compress(b"one")
NOISE = random.Random(1).randbytes(2_000)  # which gzip cannot make smaller
LAST = gzip.compress(NOISE)


@pytest.mark.parametrize("read_bytes", [64, 1 << 20])
@pytest.mark.parametrize(
    "left",
    [
        pytest.param(LAST[:-1], id="cut off"),
        pytest.param(LAST[:-5] + b"\0" + LAST[-4:], id="of another checksum"),
        pytest.param(bytes(700), id="zeros"),
        pytest.param(LAST[:700] + bytes(700), id="zeros behind a part"),
    ],
)
def test_what_is_behind_the_last_whole_member_does_not_count(
    monkeypatch: pytest.MonkeyPatch, read_bytes: int, left: bytes
) -> None:
    monkeypatch.setattr(tail, "READ_BYTES", read_bytes)
    assert tail.good_bytes(io.BytesIO(FIRST + left)) == len(FIRST)
    assert tail.good_bytes(io.BytesIO(FIRST + LAST)) == len(FIRST) + len(LAST)


def test_a_cut_at_any_byte_of_the_last_member_leaves_those_before_it() -> None:
    for end in range(len(LAST)):
        assert tail.good_bytes(io.BytesIO(FIRST + LAST[:end])) == len(FIRST), end
