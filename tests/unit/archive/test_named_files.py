"""Which files are read where archives of others are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.archived.taken_pages import named_files
from news.errors import NotFoundError


def test_a_folder_stands_for_the_warc_files_in_it_and_below_in_order(tmp_path: Path) -> None:
    below = tmp_path / "2024"
    below.mkdir()
    files = [below / "a.warc.gz", below / "b.warc", tmp_path / "c.warc.zst"]
    for path in [*files, below / "a.cdxj", tmp_path / "notes.txt"]:
        path.touch()
    assert named_files([tmp_path, below / "a.cdxj"]) == [*files, below / "a.cdxj"]


def test_a_folder_without_any_and_a_file_that_is_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="there is no WARC file in this folder"):
        named_files([tmp_path])
    with pytest.raises(NotFoundError, match=r"gone\.warc: there is no such file"):
        named_files([tmp_path / "gone.warc"])
