"""Checking the archive: records, their order, what they refer to, indexes, and the places that the store names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.archive.index import IndexLine, index_line, index_path, index_text
from store.archive.names import archive_files, begun_at, is_open, lasting_name
from store.archive.open_file import has_writer
from store.archive.records import SCRUBBED
from store.archive.scan import CUT_OFF, PAGES, Member, Record, members_of, record_in
from store.records import ArchiveRef

FROM_BACKUP = "restore the file from a backup"
MEND = "the next crawl that writes cuts it"


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong in the archive."""

    file: str  # relative to the archive folder
    offset: int | None  # None = the file as a whole
    what: str
    to_do: str

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file}:{self.offset}"
        return f"{place}: {self.what}; {self.to_do}"


@dataclass(kw_only=True, slots=True)
class Checked:
    """What was checked so far."""

    file_count: int = 0
    record_count: int = 0
    byte_count: int = 0
    scrubbed_count: int = 0  # forgotten records
    ref_count: int = 0  # places that the store names
    payloads: dict[tuple[str, int], str] = field(default_factory=dict)  # (file, offset) of pages -> digest
    revisits: list[tuple[str, Record]] = field(default_factory=list)


def check_archive(folder: Path, files: Sequence[Path], refs: Iterable[ArchiveRef], seen: Checked) -> Iterator[Fault]:
    """The faults of these files, and of the places in them that the store names, as they are found."""
    for path in files:
        yield from _file_faults(folder, path, seen)
    whole = set(files) == set(archive_files(folder))
    yield from _revisit_faults(folder, seen, whole=whole)
    yield from _ref_faults(folder, refs, seen, whole=whole)


def _file_faults(folder: Path, path: Path, seen: Checked) -> Iterator[Fault]:
    name = lasting_name(folder, path)
    if not path.is_file():
        yield Fault(file=name, offset=None, what="there is no such file", to_do=FROM_BACKUP)
        return
    seen.file_count += 1
    seen.byte_count += path.stat().st_size
    lines: list[IndexLine] = []
    ids: set[str] = set()
    for member in members_of(path):
        record = record_in(member) if member.data is not None else None
        if record is None:
            if not (_is_tail(path, member) and has_writer(path)):
                yield _member_fault(name, path, member)
            continue
        seen.record_count += 1
        seen.scrubbed_count += SCRUBBED in record.fields
        for what in record.faults:
            yield Fault(file=name, offset=record.offset, what=what, to_do=FROM_BACKUP)
        companion = record.headers.get("warc-concurrent-to")
        if companion is not None and companion not in ids:
            what = f"a {record.type} record whose answer does not stand before it"
            yield Fault(file=name, offset=record.offset, what=what, to_do=FROM_BACKUP)
        ids.add(record.headers.get("warc-record-id", ""))
        if record.type in PAGES:
            seen.payloads[name, record.offset] = record.payload_digest
        elif record.type == "revisit":
            seen.revisits.append((name, record))
        if (line := index_line(record)) is not None:
            lines.append(line)
    if not is_open(path):
        yield from _index_faults(name, path, lines)


def _member_fault(name: str, path: Path, member: Member) -> Fault:
    if member.data is not None:
        what = "what is packed here is no WARC record"
        to_do = "take the file out of the archive if newsdex did not write it"
        return Fault(file=name, offset=member.offset, what=what, to_do=to_do)
    to_do = MEND if _is_tail(path, member) else FROM_BACKUP
    return Fault(file=name, offset=member.offset, what=member.fault, to_do=to_do)


def _is_tail(path: Path, member: Member) -> bool:
    """Whether this is the cut-off end of a file that is, or was, being written."""
    return is_open(path) and member.fault == CUT_OFF


def _index_faults(name: str, path: Path, lines: list[IndexLine]) -> Iterator[Fault]:
    index = index_path(path)
    to_do = "run `newsdex archive index`"
    try:
        written = index.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        yield Fault(file=name, offset=None, what="its index is missing", to_do=to_do)
        return
    if written != index_text(lines, path.name):
        yield Fault(file=name, offset=None, what=f"its index {index.name} says something else", to_do=to_do)


def _revisit_faults(folder: Path, seen: Checked, *, whole: bool) -> Iterator[Fault]:
    """Revisits of payloads that are missing, except those that retention deleted with their files."""
    if not whole:
        return
    digests = set(seen.payloads.values())
    first_at = next((begun_at(path) for path in archive_files(folder)), "")
    for name, record in seen.revisits:
        digest = record.payload_digest
        if digest in digests or record.headers.get("warc-refers-to-date", "")[: len(first_at)] < first_at:
            continue
        what = f"it refers to a payload that is nowhere in the archive ({digest[:24]}…)"
        yield Fault(file=name, offset=record.offset, what=what, to_do=FROM_BACKUP)


def _ref_faults(folder: Path, refs: Iterable[ArchiveRef], seen: Checked, *, whole: bool) -> Iterator[Fault]:
    checked = {name for name, _ in seen.payloads}
    named: set[tuple[str, int]] = set()  # two tables may name the same place
    missing: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        place = (ref.warc_file, ref.warc_offset)
        if place not in seen.payloads and ref.warc_file not in checked:
            if whole:
                missing[ref.warc_file].add(ref.warc_offset)
            continue
        named.add(place)
        found = seen.payloads.get(place)
        if found is None:
            what = "the store names a page here, and there is none"
            yield Fault(file=ref.warc_file, offset=ref.warc_offset, what=what, to_do=FROM_BACKUP)
        elif ref.payload_digest and found != ref.payload_digest:
            what = "the page here is another than the store says"
            yield Fault(file=ref.warc_file, offset=ref.warc_offset, what=what, to_do=FROM_BACKUP)
    seen.ref_count += len(named)
    for name, offsets in sorted(missing.items()):
        pages = "1 page" if len(offsets) == 1 else f"{len(offsets)} pages"
        lack = "it holds none" if (folder / name).exists() else "it is not there"
        what = f"the store names {pages} in it, and {lack}"
        yield Fault(file=name, offset=None, what=what, to_do=FROM_BACKUP)
