"""What the archive writes is what web archives read."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from store.archive.files import ArchiveFiles
from store.archive.index import index_path
from store.archive.records import scrubbed_member
from store.archive.scan import Member, record_in, records_of
from store.archive.scrubs import scrub
from tests.support.archives import (
    FETCHED,
    exchange,
    files_of,
    fill,
    left_by_a_dead_writer,
    open_archive,
    warcio_says,
)


def test_a_file_tells_who_made_it_and_each_answer_has_its_request_without_secrets(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive, count=1)
    archive.close()

    (warc,) = files_of(tmp_path)
    records = list(records_of(warc))

    kinds = [record.type for record in records]
    assert kinds == ["warcinfo", "response", "request", "metadata", "revisit", "request"]
    first, answer, request = records[:3]
    assert first.headers["warc-filename"] == warc.name
    assert (first.fields["software"], first.fields["robots"]) == ("newsdex/1", "obey")
    assert request.headers["warc-concurrent-to"] == answer.headers["warc-record-id"]
    assert request.block.startswith(b"GET /0 HTTP/1.1\r\nHost: paper.example\r\n")
    assert request.http_headers.keys() == {"host", "accept", "user-agent"}
    assert all("warc-block-digest" in record.headers and not record.faults for record in records)


def test_warcio_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive)
    archive.close()
    (warc,) = files_of(tmp_path)
    assert warcio_says(warc) == (0, "")


def test_the_index_lists_every_answer_sorted_with_the_fields_pywb_reads(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    refs = fill(archive)
    archive.close()

    (warc,) = files_of(tmp_path)
    lines = index_path(warc).read_text().splitlines()

    assert lines == sorted(lines)
    keys = [line.split(" ")[0] for line in lines]
    assert keys == ["example,paper)/0", "example,paper)/0", "example,paper)/1", "example,paper)/2"]
    _, stamp, fields = lines[3].split(" ", 2)
    found = json.loads(fields)
    assert stamp == "20260301120200"
    assert found.keys() == {"url", "mime", "status", "digest", "length", "offset", "filename"}
    assert (found["url"], found["mime"], found["status"]) == ("https://paper.example/2", "text/html", "200")
    assert (int(found["offset"]), found["digest"]) == (refs[2].warc_offset, refs[2].payload_digest)
    assert found["filename"] == warc.name
    assert json.loads(lines[1].split(" ", 2)[2])["mime"] == "warc/revisit"


def test_a_file_ends_with_its_day(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    first = archive.append_response(exchange("https://paper.example/a", b"a"))
    second = archive.append_response(exchange("https://paper.example/b", b"b", minutes=24 * 60))
    archive.close()
    assert [ref.warc_file.split("/")[0] for ref in (first, second)] == ["2026-03-01", "2026-03-02"]
    assert all(index_path(warc).exists() for warc in files_of(tmp_path))


def test_a_file_goes_with_its_index(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    (ref, *_) = fill(archive)
    archive.close()
    assert archive.files_before(FETCHED + timedelta(days=1)) == [ref.warc_file]
    archive.delete(ref.warc_file)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_a_dead_writer_left_is_cut_and_its_index_is_whole(tmp_path: Path) -> None:
    writer = open_archive(tmp_path / "first")
    fill(writer)
    folder = left_by_a_dead_writer(tmp_path / "first", tmp_path / "copy")
    writer.close()
    (unfinished,) = files_of(folder)
    with unfinished.open("ab") as file:
        file.write(b"\x1f\x8b\x08 half a record")

    archive = open_archive(folder)
    archive.append_response(exchange("https://paper.example/9", b"nine", minutes=9))
    archive.close()

    (warc,) = files_of(folder)
    assert len(index_path(warc).read_text().splitlines()) == 5
    assert warcio_says(warc) == (0, "")


@pytest.mark.parametrize("finished", [True, False])
def test_a_scrubbed_record_is_gone_and_the_others_keep_their_places(tmp_path: Path, finished: bool) -> None:
    archive = open_archive(tmp_path)
    refs = fill(archive)
    if finished:
        archive.close()
    (warc,) = files_of(tmp_path)
    size = warc.stat().st_size
    mine = [(r.offset, r.length) for r in records_of(warc) if r.url == "https://paper.example/1"]
    assert len(mine) == 3

    for _ in range(2):
        scrub(warc, mine, at=FETCHED + timedelta(days=1))
    archive.close()

    (warc,) = files_of(tmp_path)
    assert warc.stat().st_size == size
    assert b"/1 " not in b"".join(record.block for record in records_of(warc))
    assert {record.url for record in records_of(warc)} == {"", "https://paper.example/0", "https://paper.example/2"}
    assert archive.read(refs[2]).body.startswith(b"<p>page 2")
    assert "paper)/1" not in index_path(warc).read_text()
    assert warcio_says(warc) == (0, "")
    assert len(list(warc.parent.iterdir())) == 2


def test_a_scrub_that_was_killed_half_way_is_finished_by_whoever_finds_the_file(tmp_path: Path) -> None:
    writer = open_archive(tmp_path / "first")
    fill(writer)
    (held,) = files_of(tmp_path / "first")
    (place, *_) = [(r.offset, r.length) for r in records_of(held) if r.url.endswith("/1")]
    scrub(held, [place], at=FETCHED)
    folder = left_by_a_dead_writer(tmp_path / "first", tmp_path / "copy")
    writer.close()
    (unfinished,) = files_of(folder)
    with unfinished.open("r+b") as file:  # as if only half of it had been written
        file.seek(place[0] + 20)
        file.write(b"?" * 20)

    archive = open_archive(folder)
    archive.append_response(exchange("https://paper.example/9", b"nine", minutes=9))
    archive.close()

    (warc,) = files_of(folder)
    assert [r.type for r in records_of(warc)].count("response") == 3
    assert warcio_says(warc) == (0, "")


def test_the_mark_of_a_scrubbed_record_has_any_length_that_records_have(tmp_path: Path) -> None:
    for length in (260, 261, 1000, 70_000):
        member = scrubbed_member(length, at=FETCHED, place="a:1")
        assert len(member) == length
        (tmp_path / "one.warc.gz").write_bytes(member)
        assert warcio_says(tmp_path / "one.warc.gz") == (0, "")


def test_a_new_file_that_got_no_record_leaves_nothing(tmp_path: Path) -> None:
    files = ArchiveFiles(tmp_path, max_file_bytes=1 << 20, first_record=lambda name, at: b"head")
    files.append(b"", FETCHED)
    files.close()
    assert files_of(tmp_path) == []


def test_a_digest_of_another_body_is_a_fault() -> None:
    block = b"hello"
    head = b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Block-Digest: sha1:AAAA\r\nContent-Length: 5\r\n\r\n"
    record = record_in(Member(0, 1, head + block + b"\r\n\r\n"))
    assert record is not None
    assert [fault[:9] for fault in record.faults] == ["its block"]
