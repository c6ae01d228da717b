"""Settings of operating: a display time zone, reading without a key, the first key."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load_settings
from news.errors import ConfigError


def test_a_time_zone_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "newsdex.yaml").write_text("web:\n  port: 1\ntime_zone: Europe/Ankara\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r'newsdex\.yaml, line 3: time_zone: "Europe/Ankara" is not a time zone'):
        load_settings(None, environ={"HOME": str(tmp_path)}, cwd=tmp_path)


def test_reads_are_closed_and_times_are_utc_unless_said_otherwise(tmp_path: Path) -> None:
    settings = load_settings(None, environ={"HOME": str(tmp_path)}, cwd=tmp_path)
    assert (settings.time_zone, settings.web.open_reads, settings.web.initial_key_file) == ("UTC", False, None)


def test_the_first_key_s_file_counts_from_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "newsdex.yaml").write_text("web:\n  initial_key_file: secrets/key\n", encoding="utf-8")
    settings = load_settings(None, environ={"HOME": str(tmp_path)}, cwd=tmp_path)
    assert settings.web.initial_key_file == tmp_path / "secrets" / "key"
