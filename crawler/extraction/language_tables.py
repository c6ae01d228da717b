"""The language detector's tables, cached in a file for the user: making them costs a second at each reader's start.

The file can be deleted at any time. A damaged file or one of another version is made again; if the file cannot be
written, nothing is cached.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FORM = 1  # of the file; raised when its format changes


@dataclass(frozen=True)
class Sequences:
    """The byte sequences of one length that the model knows."""

    keys: NDArray[np.uint64]  # each sequence's bytes as one number, ascending
    features: NDArray[np.int32]  # the feature that each sequence stands for; -1 for none


@dataclass(frozen=True)
class Tables:
    """The data by which a text's language is detected."""

    scores: NDArray[np.float16]  # by feature and language
    priors: NDArray[np.float32]  # by language
    languages: NDArray[np.str_]
    sequences: tuple[Sequences, ...]  # by length, from one byte up


def tables_file(environ: Mapping[str, str]) -> Path | None:
    """The file for the tables; None if neither a cache nor a home folder is known."""
    if environ.get("XDG_CACHE_HOME"):
        folder = Path(environ["XDG_CACHE_HOME"])
    elif environ.get("HOME"):
        folder = Path(environ["HOME"]) / ".cache"
    else:
        return None
    return folder / "newsdex" / f"languages-{_FORM}-{version('py3langid')}.npz"


def kept_tables(file: Path | None) -> Tables | None:
    """The cached tables; None if there are none or the file is damaged."""
    if file is None:
        return None
    try:
        with file.open("rb") as stream, np.load(stream) as held:  # each part has a checksum
            lengths = range(sum(name.startswith("keys") for name in held.files))
            return Tables(
                scores=held["scores"],
                priors=held["priors"],
                languages=held["languages"],
                sequences=tuple(Sequences(held[f"keys{each}"], held[f"features{each}"]) for each in lengths),
            )
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):
        return None


def keep_tables(tables: Tables, file: Path | None) -> None:
    """Cache the tables for the next start, if the file can be written."""
    if file is None:
        return
    parts: dict[str, Any] = {"scores": tables.scores, "priors": tables.priors, "languages": tables.languages}
    for number, each in enumerate(tables.sequences):
        parts |= {f"keys{number}": each.keys, f"features{number}": each.features}
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".new")
        try:
            with os.fdopen(descriptor, "wb") as new:
                np.savez(new, **parts)
            os.replace(name, file)
        except BaseException:
            os.unlink(name)
            raise
