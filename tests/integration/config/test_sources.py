"""Source folders on disk: the shipped ones, the user's, and what must not be followed."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from config.settings import Settings
from config.sources import check_source_files, load_sources
from news.errors import ConfigError, NotFoundError

ROOT = Path(__file__).parents[3]
OWN = "name: Mine\nhome_url: https://mine.example.org/\n"


def settings(folder: Path | None = None) -> Settings:
    return Settings(sources_dir=folder)


def test_the_shipped_sources_are_all_valid() -> None:
    assert check_source_files([ROOT / "config" / "sources"]) == []
    assert {"trtworld", "trthaber", "trt-research-centre"} == {
        source.id for source in load_sources(settings()).enabled()
    }


@pytest.mark.parametrize(
    ("path", "is_article", "is_ignored"),
    [
        ("/article/dee04574da32", True, False),
        ("/article/dee04574da32?_rt=1", True, False),
        ("/article/18240727", True, False),
        ("/middle-east/some-slug-17811425", True, False),
        ("/turkey/some-slug-55278", True, False),
        ("/world/article/12835719", True, False),  # on trt.global
        ("/afrika-english/article/12430571", False, False),  # another source's
        ("/article/dee04574da32/amp", True, True),
        ("/video/showcase/some-slug-16067690", False, True),
        ("/world", False, False),
        ("/author/682ec3da0733d32bc21263b8", False, False),
    ],
)
def test_trt_world_tells_articles_by_their_address(path: str, is_article: bool, is_ignored: bool) -> None:
    source = load_sources(settings()).get("trtworld")
    assert any(re.search(pattern, path) for pattern in source.article_patterns) is is_article
    assert any(re.search(pattern, path) for pattern in source.ignore_patterns) is is_ignored


def test_a_users_file_is_added_or_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "trtworld.yaml").write_text(OWN + "enabled: false\n", encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("broken: [", encoding="utf-8")
    (tmp_path / "mine.yaml~").write_text("broken: [", encoding="utf-8")
    found = load_sources(settings(tmp_path))
    assert found.get("mine").name == "Mine"
    assert not found.get("trtworld").enabled
    assert found.files["trtworld"] == str(tmp_path / "trtworld.yaml")
    assert "trthaber" in found


def test_an_unknown_id_names_the_nearest_one() -> None:
    with pytest.raises(NotFoundError, match=r'no source "trtwrld"; did you mean "trtworld"\?'):
        load_sources(settings()).get("trtwrld")


def test_a_broken_file_stops_the_load_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(OWN + "feeds: [x]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"mine\.yaml, line 3: feeds\[0\]"):
        load_sources(settings(tmp_path))


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="folder of source files is not there"):
        load_sources(settings(tmp_path / "gone"))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside.yaml", tmp_path / "sources"
    outside.write_text(OWN, encoding="utf-8")
    inside.mkdir()
    os.symlink(outside, inside / "mine.yaml")
    with pytest.raises(ConfigError, match="symbolic link out of the folder"):
        load_sources(settings(inside))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.yaml")
    with pytest.raises(ConfigError, match="there is no such file"):
        load_sources(settings(tmp_path))


def test_a_file_with_the_other_suffix_is_not_silently_ignored(tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(OWN, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"rename it to mine\.yaml"):
        load_sources(settings(tmp_path))
    assert "rename it to mine.yaml" in str(check_source_files([tmp_path])[0])


def test_shipped_sources_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "gazette.yaml").write_text("name: Gazette\nhome_url: https://www.example.org/\n", encoding="utf-8")
    own = load_sources(Settings(sources_dir=tmp_path, shipped_sources=False))
    assert list(own.by_id) == ["gazette"]
    assert list(load_sources(Settings(shipped_sources=False)).by_id) == []
