"""Bodies as they came are unpacked as Scrapy does it: whole, cut, damaged, too large, in ways that nobody knows."""

from __future__ import annotations

import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import pytest
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware

from crawler.fetching.bodies import TOO_LARGE, PackedBody, Unpacked, UnpackingFailed
from crawler.fetching.packing import packings_of
from news.fetch import Outcome
from store.archive.unpacking import zstd

PAGE = b"<html><body>" + random.Random(0).randbytes(100_000) * 2
MOST = 1 << 20


def without_head(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}
EACH = pytest.mark.parametrize("packing", PACKERS)


def unpacked(packed: bytes, *packings: str, most: int = MOST) -> Unpacked:
    return PackedBody(content=packed, packings=packings, most_bytes=most).unpacked()


def by_scrapy(packed: bytes, packing: str) -> bytes | None:
    """What Scrapy makes of it; None where it refuses."""
    try:
        return HttpCompressionMiddleware._decode(packed, packing.encode(), MOST)
    except Exception:
        return None


@EACH
def test_what_was_packed_is_unpacked_and_whole(packing: str) -> None:
    is_member = packing in {"gzip", "x-gzip"}
    assert unpacked(PACKERS[packing](PAGE), packing) == Unpacked(PAGE, is_member=is_member)
    assert unpacked(PACKERS[packing](b""), packing) == Unpacked(b"", is_member=is_member)
    assert unpacked(PAGE) == Unpacked(PAGE), "not packed at all"


@EACH
@pytest.mark.parametrize("missing", [1, 4, 200, 60_000])
def test_of_what_is_cut_there_is_as_much_as_scrapy_finds_and_it_is_not_whole(packing: str, missing: int) -> None:
    cut = PACKERS[packing](PAGE)[:-missing]
    found = unpacked(cut, packing)
    assert found == Unpacked(by_scrapy(cut, packing) or b"", is_whole=False)
    assert PAGE.startswith(found.body)


@EACH
def test_nothing_packed_is_not_whole_and_nothing_else(packing: str) -> None:
    assert unpacked(b"", packing) == Unpacked(b"", is_whole=False)
    assert unpacked(b"") == Unpacked(b"")


def test_several_members_or_frames_behind_one_another_are_one_body() -> None:
    assert unpacked(gzip.compress(PAGE) + gzip.compress(b"more"), "gzip") == Unpacked(PAGE + b"more")
    assert unpacked(zstd.compress(PAGE) + zstd.compress(b"more"), "zstd") == Unpacked(PAGE + b"more")


@pytest.mark.parametrize("behind", [b"\0" * 600, b"<!-- from the cache -->", b"\x1f\x8b"])
def test_what_stands_behind_a_gzip_member_is_no_part_of_it(behind: bytes) -> None:
    assert unpacked(gzip.compress(PAGE) + behind, "gzip").body == PAGE


def test_a_wrong_sum_and_a_missing_head_are_passed_over() -> None:
    packed = bytearray(gzip.compress(PAGE))
    packed[-8] ^= 1
    assert unpacked(bytes(packed), "gzip") == Unpacked(PAGE)
    assert unpacked(without_head(PAGE), "deflate") == Unpacked(PAGE)


@EACH
def test_damage_is_read_over_where_scrapy_does_and_refused_where_it_refuses(packing: str) -> None:
    packed = PACKERS[packing](PAGE)
    numbers = random.Random(7)
    damaged = [b"garbage" * 20, b"<html>", packed[:5]]
    for _ in range(60):
        place = numbers.randrange(len(packed))
        damaged.append(packed[:place] + numbers.randbytes(9) + packed[place + 9 :])
    for body in damaged:
        expected = by_scrapy(body, packing)
        if expected is None and body != packed[:5]:
            with pytest.raises(UnpackingFailed) as refused:
                unpacked(body, packing)
            assert refused.value.outcome is Outcome.INCOMPLETE  # an answer: the network is not to blame
            assert str(refused.value).startswith(f"the body is not {packing}, as Content-Encoding says: ")
        else:
            assert unpacked(body, packing).body == (expected or b"")


@EACH
def test_a_body_too_large_is_refused_before_it_is_all_unpacked(packing: str) -> None:
    bomb = PACKERS[packing](bytes(5_000_000))
    with pytest.raises(UnpackingFailed, match=TOO_LARGE) as refused:
        unpacked(bomb, packing)
    assert refused.value.outcome is Outcome.TOO_LARGE
    assert unpacked(PACKERS[packing](PAGE), packing, most=len(PAGE)).body == PAGE
    with pytest.raises(UnpackingFailed):
        unpacked(PACKERS[packing](PAGE), packing, most=len(PAGE) - 1)


def test_packings_are_taken_off_from_the_last_to_the_first_that_nobody_knows() -> None:
    inner = gzip.compress(PAGE)
    twice = brotli.compress(inner)
    assert unpacked(twice, "gzip", "br") == Unpacked(PAGE)
    assert unpacked(twice[:-9], "gzip", "br").is_whole is False
    odd = PackedBody(content=twice, packings=("gzip", "rot13", "br"), most_bytes=MOST)
    assert odd.unpacked() == Unpacked(inner)
    assert odd.unknown_packings == ("gzip", "rot13")


@pytest.mark.parametrize(
    ("values", "packings"),
    [([], ()), ([b"gzip"], ("gzip",)), ([b"Deflate , gzip"], ("deflate", "gzip")), ([b"br", b"gzip"], ("br", "gzip")),
     ([b"identity"], ()), ([b"gzip, identity"], ("gzip",))],
)  # fmt: skip
def test_packings_are_read_from_all_headers_and_identity_is_none(
    values: list[bytes], packings: tuple[str, ...]
) -> None:
    assert packings_of(values) == packings
