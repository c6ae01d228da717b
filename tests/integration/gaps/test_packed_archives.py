"""Archives of others as they pack them: bodies with brotli and zstd, files with zstd, with a dictionary or without."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.errors import StoreError
from store.archive.unpacking import zstd
from store.archive.warc_files import WarcPage, read_warc, read_warc_page
from store.archive.warc_packing import MAX_DICTIONARY_BYTES
from tests.support.warcs import as_zstd, write_warc

THEN = datetime(2024, 3, 10, 12, tzinfo=UTC)
BODIES = [f"<p>The lock keepers of canal number {n} ask for more.</p>".encode() * 20 for n in range(30)]
PAGES = [(f"https://canal.example/{n}", THEN + timedelta(hours=n), 200, body) for n, body in enumerate(BODIES)]
DICTIONARY = zstd.train_dict(BODIES, 2_000).dict_content


def pages_of(path: Path, *, max_body_bytes: int = 1 << 20) -> list[WarcPage]:
    return list(read_warc(path, wanted=lambda url: True, max_body_bytes=max_body_bytes))


@pytest.mark.parametrize("packing", ["gzip", "br", "zstd"])
def test_bodies_are_unpacked_up_to_their_bound(tmp_path: Path, packing: str) -> None:
    path = write_warc(tmp_path / "a.warc.gz", PAGES, packing=packing)
    assert [page.body for page in pages_of(path)] == BODIES
    assert len(pages_of(path, max_body_bytes=len(BODIES[0]))) == 10  # the others have a digit more, twenty times
    assert pages_of(path, max_body_bytes=len(BODIES[0]) - 1) == []


@pytest.mark.parametrize("packing", ["br", "zstd"])
def test_a_body_that_is_not_packed_as_it_says_is_left_out_alone(tmp_path: Path, packing: str) -> None:
    whole = write_warc(tmp_path / "a.warc", PAGES[:2], packing=packing, gzipped=False)
    content = whole.read_bytes()
    start = content.index(b"\r\n\r\n", content.index(b"Content-Encoding")) + 4
    whole.write_bytes(content[:start] + b"\xff" * 8 + content[start + 8 :])
    assert [page.body for page in pages_of(whole)] == BODIES[1:2]


@pytest.mark.parametrize(("dictionary", "is_packed"), [(None, False), (DICTIONARY, False), (DICTIONARY, True)])
def test_files_packed_with_zstd_are_read_from_the_beginning_and_from_any_record(
    tmp_path: Path, dictionary: bytes | None, is_packed: bool
) -> None:
    plain = write_warc(tmp_path / "a.warc", PAGES, gzipped=False)
    path = as_zstd(plain, dictionary=dictionary, is_packed=is_packed)
    assert pages_of(path) == pages_of(plain)
    last = as_zstd(write_warc(tmp_path / "last.warc", PAGES[-1:], gzipped=False), dictionary=dictionary)
    frame = zstd.compress(_only_record(tmp_path), zstd_dict=zstd.ZstdDict(dictionary) if dictionary else None)
    assert last.read_bytes().endswith(frame)
    path.write_bytes(path.read_bytes() + frame)
    offset = path.stat().st_size - len(frame)
    page = read_warc_page(path, offset, url=PAGES[-1][0], max_body_bytes=1 << 20)
    assert page is not None
    assert page.body == BODIES[-1]


def _only_record(folder: Path) -> bytes:
    return (folder / "last.warc").read_bytes()


def test_a_file_cut_short_or_without_its_dictionary_is_named(tmp_path: Path) -> None:
    path = as_zstd(write_warc(tmp_path / "a.warc", PAGES, gzipped=False), dictionary=DICTIONARY)
    whole = path.read_bytes()
    head = 8 + len(DICTIONARY)
    huge = whole[:4] + (MAX_DICTIONARY_BYTES + 1).to_bytes(4, "little") + whole[8:]
    for content in (whole[:-20], whole[head:], whole[: head - 9], huge):
        path.write_bytes(content)
        with pytest.raises(StoreError, match=r"a\.warc\.zst: cannot be read to its end") as refusal:
            pages_of(path)
        assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_a_cut_is_told_wherever_it_lies_also_where_nothing_is_wanted(tmp_path: Path, name: str) -> None:
    path = write_warc(tmp_path / name.removesuffix(".zst"), PAGES[:2], gzipped=name.endswith(".gz"))
    path = as_zstd(path) if name.endswith(".zst") else path
    whole = path.read_bytes()
    assert list(read_warc(path, wanted=lambda url: False, max_body_bytes=1 << 20)) == []
    boundary = whole.index(whole[:5], 1)  # a file that ends there is whole
    ends = 4 if name == "a.warc" else 0  # the line ends behind a record are not missed
    for length in {*range(boundary + 1, len(whole) - ends), *range(5, boundary - ends)}:
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match="cannot be read to its end"):
            list(read_warc(path, wanted=lambda url: False, max_body_bytes=1 << 20))


def test_damage_in_what_is_not_wanted_is_told_in_one_line_without_what_it_made_of_the_file(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", PAGES)
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + b"\xff" * 60 + whole[middle + 60 :])
    with pytest.raises(StoreError, match="cannot be read to its end") as refusal:
        list(read_warc(path, wanted=lambda url: url == PAGES[0][0], max_body_bytes=1 << 20))
    assert str(refusal.value).isprintable()


def test_a_file_packed_with_gzip_as_a_whole_is_read_as_well(tmp_path: Path) -> None:
    plain = write_warc(tmp_path / "a.warc", PAGES, gzipped=False)
    packed = tmp_path / "b.warc.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert pages_of(packed) == pages_of(plain)


@pytest.mark.parametrize("names", ["gzip, br", "x-gzip", "deflate", "BR", "identity", "zstd, identity, gzip"])
def test_bodies_packed_more_than_once_and_by_other_names_are_unpacked(tmp_path: Path, names: str) -> None:
    path = write_warc(tmp_path / "a.warc.gz", PAGES[:1], packing=names)
    assert [page.body for page in pages_of(path)] == BODIES[:1]
    assert pages_of(path, max_body_bytes=len(BODIES[0]) - 1) == []


@pytest.mark.parametrize("name", ["gzip", "br", "zstd, gzip"])
def test_a_body_that_its_archive_unpacked_already_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    page = b"<!doctype html><html><body>" + BODIES[0]
    path = write_warc(tmp_path / "a.warc.gz", [(*PAGES[0][:3], page)], packing=name, is_packed=False)
    assert [page.body for page in pages_of(path)] == [page]
