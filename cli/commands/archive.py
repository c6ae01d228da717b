"""`archive`: whether the WARC files are as written, how much they hold, and their indexes."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from rich.table import Table

from cli.output import MIB, console, counted, mebibytes, plain, print_json
from cli.wiring import installation
from news.errors import NotFoundError
from store.archive.check import Checked, Fault, check_archive
from store.archive.index import index_of, index_path, index_text, write_index
from store.archive.names import archive_files, finished_files, is_open, lasting_name

FAULTY_EXIT_CODE = 1


def verify_archive(files: list[Path], *, as_json: bool) -> None:
    """Print one line for each fault; exits with 1 if there is one."""
    with installation() as opened:
        folder = opened.store.archive.folder
        chosen = [_found(folder, file) for file in files] or archive_files(folder)
        seen = Checked()
        faults: list[Fault] = []
        for fault in check_archive(folder, chosen, opened.store.receipts.places(), seen):
            faults.append(fault)
            if not as_json:
                print(fault)
    if as_json:
        counts = {"files": seen.file_count, "records": seen.record_count, "bytes": seen.byte_count}
        told = [_fault(each) for each in faults]
        print_json({**counts, "scrubbed": seen.scrubbed_count, "places": seen.ref_count, "faults": told})
    else:
        size = f"{counted(seen.file_count, 'file')}, {mebibytes(seen.byte_count)}"
        about = f"{counted(seen.record_count, 'record')} in {size}"
        console.print(f"{about}; {seen.ref_count} places the store names; {_count(len(faults))}")
    if faults:
        sys.exit(FAULTY_EXIT_CODE)


def _fault(fault: Fault) -> dict[str, Any]:
    return {"warc_file": fault.file, "warc_offset": fault.offset, "what": fault.what, "to_do": fault.to_do}


def _count(faults: int) -> str:
    return {0: "no fault", 1: "1 fault"}.get(faults, f"{faults} faults")


def _found(folder: Path, file: Path) -> Path:
    """A file by its path or by its name in the store."""
    for path in (file, folder / file, folder / f"{file}.open"):
        if path.is_file():
            return path.resolve() if not path.is_relative_to(folder) else path
    raise NotFoundError(f"{file} is neither a file nor one of the archive in {folder}; `newsdex archive list` has them")


def list_archive(*, as_json: bool) -> None:
    """Print the files with what their indexes list."""
    rows: list[dict[str, Any]] = []
    total = 0
    with installation() as opened:
        folder = opened.store.archive.folder
        for path in archive_files(folder):
            total += path.stat().st_size
            counts = Counter(line["mime"] == "warc/revisit" for line in _lines(path))
            rows.append(
                {
                    "warc_file": lasting_name(folder, path),
                    "bytes": path.stat().st_size,
                    "pages": counts[False],
                    "revisits": counts[True],
                    "is_open": is_open(path),
                }
            )
    if as_json:
        print_json({"files": rows})
        return
    table = Table("file", "MiB", "pages", "met again", "", box=None)
    for row in rows:
        size, state = f"{row['bytes'] / MIB:,.1f}", "being written" if row["is_open"] else ""
        table.add_row(str(row["warc_file"]), size, str(row["pages"]), str(row["revisits"]), state)
    console.print(table)
    console.print(f"{counted(len(rows), 'file')}, {mebibytes(total)}")


def _lines(path: Path) -> list[dict[str, str]]:
    index = index_path(path)
    if index.is_file():
        return [json.loads(line.split(" ", 2)[2]) for line in index.read_text(encoding="utf-8").splitlines()]
    return [plain({"mime": line.mime}) for line in index_of(path)]


def index_archive(*, as_json: bool) -> None:
    """Create the indexes that are missing or do not match their files."""
    made = []
    with installation() as opened:
        folder = opened.store.archive.folder
        finished = finished_files(folder)
        for path in finished:
            lines, index = index_of(path), index_path(path)
            if not index.is_file() or index.read_text(encoding="utf-8") != index_text(lines, path.name):
                write_index(path, lines)
                made.append(lasting_name(folder, path))
    if as_json:
        print_json({"files": len(finished), "made": made})
    else:
        console.print(f"{len(made)} of {len(finished)} indexes made anew")
