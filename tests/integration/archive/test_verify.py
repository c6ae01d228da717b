"""Whatever is wrong in the archive is named with its place and what to do."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from store.archive.check import Checked, check_archive
from store.archive.index import index_path
from store.archive.names import archive_files
from store.archive.scan import records_of
from store.archive.service import Archive
from store.records import ArchiveRef
from tests.support.archives import fill, left_by_a_dead_writer, open_archive


def made(folder: Path) -> tuple[Path, list[ArchiveRef]]:
    """A finished file and the places of its pages."""
    archive = open_archive(folder)
    refs = fill(archive)
    archive.close()
    (warc,) = archive_files(folder)
    return warc, refs


def faults(folder: Path, refs: Sequence[ArchiveRef] = (), files: Sequence[Path] | None = None) -> list[str]:
    """What is said of an archive, file names left out."""
    found = check_archive(folder, archive_files(folder) if files is None else files, refs, Checked())
    return [str(fault).partition(".warc.gz")[2] for fault in found]


def flip(warc: Path, at: int) -> None:
    """Change one byte."""
    data = bytearray(warc.read_bytes())
    data[at] ^= 0xFF
    warc.write_bytes(data)


def test_a_whole_archive_has_no_fault(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    seen = Checked()
    assert list(check_archive(tmp_path, [warc], refs, seen)) == []
    assert (seen.file_count, seen.record_count, seen.ref_count) == (1, 12, 3)
    assert seen.byte_count == warc.stat().st_size


def test_a_flipped_byte_is_found_wherever_it_is_and_the_records_behind_it_are_read(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    whole = warc.read_bytes()
    second = list(records_of(warc))[4]
    assert second.offset == refs[1].warc_offset
    for at in range(second.offset + 30, second.offset + second.length, 41):
        warc.write_bytes(whole)
        flip(warc, at)
        seen = Checked()
        found = [fault for fault in check_archive(tmp_path, [warc], (), seen) if fault.offset == second.offset]
        assert found, at
        assert found[0].to_do == "restore the file from a backup"
        assert seen.record_count >= 11


def test_a_changed_page_with_right_checksums_is_found_by_its_digest(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    page = next(record for record in records_of(warc) if record.url.endswith("/2"))
    whole = warc.read_bytes()
    member = gzip.decompress(whole[page.offset : page.offset + page.length]).replace(b"page 2", b"page 7")
    warc.write_bytes(whole[: page.offset] + gzip.compress(member) + whole[page.offset + page.length :])
    found = faults(tmp_path, refs)
    assert found[0].startswith(f":{refs[2].warc_offset}: its block is not the one that was written (sha1:")
    assert found[1].startswith(f":{refs[2].warc_offset}: its payload is not the one that was written (sha256:")


def test_a_cut_tail_is_found_and_what_the_store_names_in_it(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    with warc.open("r+b") as file:
        file.truncate(refs[2].warc_offset + 50)
    found = faults(tmp_path, refs)
    at = refs[2].warc_offset
    assert found == [
        f":{at}: it is cut off; restore the file from a backup",
        f": its index {index_path(warc).name} says something else; run `newsdex archive index`",
        f":{at}: the store names a page here, and there is none; restore the file from a backup",
    ]


def test_the_cut_tail_of_a_dead_writer_is_told_as_what_it_is(tmp_path: Path) -> None:
    writer = open_archive(tmp_path / "first")
    fill(writer)
    folder = left_by_a_dead_writer(tmp_path / "first", tmp_path / "copy")
    writer.close()
    (unfinished,) = archive_files(folder)
    size = unfinished.stat().st_size
    with unfinished.open("r+b") as file:
        file.truncate(size - 9)
    (fault,) = faults(folder)
    assert fault.endswith("it is cut off; the next crawl that writes cuts it")


def test_a_record_that_is_being_written_is_no_fault(tmp_path: Path) -> None:
    archive = open_archive(tmp_path)
    fill(archive)
    (held,) = archive_files(tmp_path)
    with held.open("ab") as file:
        file.write(gzip.compress(b"the beginning of one")[:-9])
    assert faults(tmp_path) == []
    archive.close()
    assert len(faults(tmp_path)) == 1


def test_a_missing_file_is_named_with_what_it_held(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    warc.unlink()
    assert faults(tmp_path, refs) == [
        ": the store names 3 pages in it, and it is not there; restore the file from a backup"
    ]
    assert faults(tmp_path, files=[warc]) == [": there is no such file; restore the file from a backup"]


def test_a_foreign_gzip_file_and_one_that_is_none_are_told(tmp_path: Path) -> None:
    made(tmp_path)
    day = tmp_path / "2026-03-02"
    day.mkdir()
    (day / "a.warc.gz").write_bytes(gzip.compress(b"a log of something else"))
    (day / "b.warc.gz").write_bytes(b"no gzip at all")
    found = faults(tmp_path)
    assert found[0].startswith(":0: what is packed here is no WARC record; take the file out")
    assert any(fault.startswith(":0: it cannot be unpacked") for fault in found)


def test_a_reference_to_another_page_and_a_revisit_of_nothing_are_faults(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    wrong = replace(refs[0], payload_digest="sha256:" + "0" * 64)
    assert faults(tmp_path, [wrong]) == [
        f":{refs[0].warc_offset}: the page here is another than the store says; restore the file from a backup"
    ]
    records = list(records_of(warc))
    first, revisit = records[1], next(record for record in records if record.type == "revisit")
    data = warc.read_bytes()
    warc.write_bytes(data[: first.offset] + data[first.offset + first.length :])
    found = faults(tmp_path)
    gone = f":{revisit.offset - first.length}: it refers to a payload that is nowhere in the archive"
    assert any(fault.startswith(gone) for fault in found)
    assert any("a request record whose answer does not stand before it" in fault for fault in found)


def test_a_missing_index_and_one_of_another_file_are_faults(tmp_path: Path) -> None:
    warc, _ = made(tmp_path)
    index = index_path(warc)
    index.write_text(index.read_text().replace("/1", "/7"))
    assert [fault.split("; ")[1] for fault in faults(tmp_path)] == ["run `newsdex archive index`"]
    index.unlink()
    assert faults(tmp_path) == [": its index is missing; run `newsdex archive index`"]


def test_what_a_deleted_file_of_the_same_day_held_is_no_fault_of_the_others(tmp_path: Path) -> None:
    archive = Archive(tmp_path, max_file_bytes=2000)
    fill(archive, count=9)
    archive.close()
    first, *rest = archive_files(tmp_path)
    assert rest
    assert {path.parent for path in rest} == {first.parent}
    archive.delete(first.relative_to(tmp_path).as_posix())  # as retention does it; the last record is a revisit of it
    assert faults(tmp_path) == []


def test_a_place_that_two_tables_name_counts_once(tmp_path: Path) -> None:
    warc, refs = made(tmp_path)
    seen = Checked()
    twice = [*refs, *(replace(ref, payload_digest="") for ref in refs)]
    assert list(check_archive(tmp_path, [warc], twice, seen)) == []
    assert seen.ref_count == 3
    lost = [replace(ref, warc_file="2026-03-01/lost.warc.gz") for ref in twice]
    (fault,) = faults(tmp_path, lost)
    assert fault == ": the store names 3 pages in it, and it is not there; restore the file from a backup"
