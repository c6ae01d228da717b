"""Backup, restore and reindex by the command line: the restored installation answers as the first one did."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.commands import ARTICLES, Site


def test_restored_installation_answers_as_before(crawled_site: Site) -> None:
    made = crawled_site.json("backup", "backup")
    assert made["counts"]["articles"] == ARTICLES
    assert made["missing"] == []

    settings = {"data_dir": "second", "sources_dir": "second-sources", "crawl": {"allow_private_networks": True}}
    (crawled_site.home / "newsdex.yaml").write_text(json.dumps(settings), encoding="utf-8")
    done = crawled_site.run("restore", "backup")
    assert done.returncode == 0, done.stderr
    assert "next: newsdex reindex" in done.stdout
    assert (crawled_site.home / "second-sources" / f"{crawled_site.source_id}.yaml").is_file()

    assert crawled_site.json("reindex")["documents"] == ARTICLES
    assert crawled_site.json("search", "muttaqi tehran talks")["total"] == 1
    assert crawled_site.json("replay")["read_count"] >= ARTICLES

    again = crawled_site.run("restore", "backup")
    assert again.returncode == 4
    assert "is not empty" in again.stderr


def test_backup_folder_is_for_its_owner_only(crawled_site: Site) -> None:
    crawled_site.json("backup", "backup")
    assert (crawled_site.home / "backup").stat().st_mode & 0o077 == 0
    assert Path(crawled_site.home / "backup" / "settings" / "newsdex.yaml").is_file()


def test_restore_of_a_folder_that_is_no_backup_is_one_line(site: Site) -> None:
    done = site.run("restore", str(site.home))
    assert done.returncode == 2
    assert done.stderr.startswith(f"newsdex: {site.home} is no backup")
