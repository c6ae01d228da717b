"""What tests of gaps and backfills share."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.sources import load_source
from news.source import Source


@pytest.fixture
def canal(tmp_path: Path) -> Source:
    """A source whose pages stand in archives."""
    path = tmp_path / "paper.yaml"
    path.write_text("name: Canal\nhome_url: https://canal.example/\n")
    return load_source(path)
