"""Restoring a backup into an empty data folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from news.errors import StoreError
from store.backups.backup import ARCHIVE, DATABASE
from store.backups.manifest import BackupFile, Manifest, read_manifest
from store.forgetting.forgotten_list import NAME, ask_for_sweep, merge_list
from store.syncing import sync_path

STAGE = "restoring"  # files are collected here until all are verified
_IGNORED = frozenset({STAGE, "lost+found", NAME})  # what was forgotten since the backup stays forgotten
_BLOCK_BYTES = 1 << 20


def restore(
    folder: Path, data_dir: Path, *, on_progress: Callable[[int, int], None] = lambda done, total: None
) -> Manifest:
    """Verify every file of a backup and copy the record into a data folder that is still empty.

    Nothing appears in the data folder until all digests were verified; the database comes last. A list of what was
    forgotten may lie there: with the backup's own, it is applied when the record is opened. Raises StoreError, and
    ConfigError for a folder that is no backup.
    """
    manifest = read_manifest(folder)
    stage = data_dir / STAGE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        held = sorted(path.name for path in data_dir.iterdir() if path.name not in _IGNORED)
        if held:
            raise StoreError(f"{data_dir} is not empty (it holds {held[0]}); restore into a new data_dir")
        shutil.rmtree(stage, ignore_errors=True)  # left by a restore that was killed
        stage.mkdir()
        for number, file in enumerate(manifest.files, start=1):
            _take(folder, file, stage / file.path if _is_record(file) else None)
            on_progress(number, len(manifest.files))
        merge_list(data_dir / NAME, stage / NAME)
        if (data_dir / NAME).exists():
            ask_for_sweep(data_dir)
        for name in (ARCHIVE, DATABASE):
            if (stage / name).exists():
                (stage / name).rename(data_dir / name)
        sync_path(data_dir)
    except OSError as error:
        raise StoreError(f"{folder} cannot be restored into {data_dir}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return manifest


def _is_record(file: BackupFile) -> bool:
    return file.path in {DATABASE, NAME} or file.path.startswith(f"{ARCHIVE}/")


def _take(folder: Path, file: BackupFile, target: Path | None) -> None:
    """Read a file of the backup, verify its digest, and write it to the target if there is one."""
    digest = hashlib.sha256()
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    source = folder / file.path
    if source.is_symlink() or not source.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"{source} is a symbolic link, which a backup never holds; restore from another backup")
    try:
        with source.open("rb") as reading, (target or Path(os.devnull)).open("wb") as writing:
            while block := reading.read(_BLOCK_BYTES):
                digest.update(block)
                writing.write(block)
            writing.flush()
            if target is not None:
                os.fsync(writing.fileno())
    except FileNotFoundError:
        raise StoreError(f"{source} is missing from the backup; restore from another one") from None
    if digest.hexdigest() != file.sha256:
        raise StoreError(f"{source} is not what was backed up (its digest differs); restore from another backup")
