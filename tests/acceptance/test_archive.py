"""The archive proves what the record says, makes it anew when it is lost, and lets go of what is forgotten."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from store.archive.names import archive_files
from store.archive.scan import records_of
from tests.support.archives import warcio_says
from tests.support.commands import Commands
from tests.support.publisher import Publisher
from tests.support.sites import TEXT, stories, story_path

KILLED = str(Path(__file__).resolve().parents[1] / "support" / "killed.py")
KILLS = [
    ("store.forgetting.service:write_down", 1),  # on the list
    ("store.forgetting.service:forget_places", 1),  # within the transaction
    ("store.archive.forget:scrub", 1),  # a file rewritten
]


@pytest.fixture
def paper(commands: Commands, publisher: Publisher) -> Commands:
    """An installation that has crawled a paper with three stories."""
    feed = publisher.feed("/feed.xml", stories(publisher, len(KILLS)))
    commands.follow("paper", name="The Canal Post", home_url=f"{publisher.url}/", feeds=[feed], hosts=["127.0.0.1"])
    assert commands.crawl()["new_article"] == len(KILLS)
    return commands


def edit(paper: Commands, publisher: Publisher, url: str, line: str) -> None:
    """Change a story's text and have it fetched again."""
    publisher.article(url.removeprefix(publisher.url), "The lock keepers of town number 0", [line, *TEXT])
    assert paper.json("recrawl", "--url", url)["crawls"][0]["counts"]["new_version"] == 1


def lose_the_database(paper: Commands) -> None:
    """Delete it."""
    for file in (paper.home / "data").glob("newsdex.sqlite*"):
        file.unlink()


def record_of(paper: Commands) -> dict[str, Any]:
    """What the record says of every article."""
    with paper.opened() as opened:
        articles = opened.store.articles
        found = {}
        for each in articles.iterate_live(limit=100):
            view = articles.get(each.id)
            assert view is not None
            found[each.id] = {
                "article": (each.url, each.source_id, each.first_seen_at, view.state, view.aliases),
                **{
                    f"version {v.version}": (v.fetched_at, v.content_digest, v.article, v.warc_file, v.warc_offset)
                    for v in articles.versions(each.id)
                },
            }
        return found


def test_the_record_is_proved_by_the_archive_and_made_anew_from_it(paper: Commands, publisher: Publisher) -> None:
    url = publisher.url + story_path(0)
    for line in ("The first word of it.", "Another word of it.", "The first word of it."):
        edit(paper, publisher, url, line)
    assert paper.json("archive", "verify")["faults"] == []
    assert [warcio_says(warc)[0] for warc in archive_files(paper.home / "data" / "archive")] == [0] * 4
    checks = paper.json("verify", url)["versions"]
    assert [check["verdict"] for check in checks] == ["verified"] * 4
    receipts = paper.json("show", "--receipt", url)["versions"]
    assert receipts[3]["payload_digest"] == receipts[1]["payload_digest"] != receipts[2]["payload_digest"]
    assert receipts[0]["extractor_version"] == checks[0]["read_by"]

    before = record_of(paper)
    lose_the_database(paper)
    rebuilt = paper.json("archive", "rebuild")

    assert (rebuilt["articles"], rebuilt["versions"], rebuilt["unreadable"]) == (len(KILLS), len(KILLS) + 3, 0)
    after = record_of(paper)
    assert after.keys() == before.keys()
    for article_id, facts in before.items():
        for name, value in facts.items():
            assert after[article_id].get(name) == value, name
    assert paper.json("reindex")["documents"] == len(KILLS)
    assert paper.json("search", "word")["total"] == 1
    assert paper.run("archive", "rebuild").returncode == 1  # not over a record that holds something

    (warc, *_) = archive_files(paper.home / "data" / "archive")
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0xFF
    warc.write_bytes(data)
    faulty = paper.run("archive", "verify")
    assert faulty.returncode == 1
    assert f"{warc.parent.name}/{warc.name}:" in faulty.stdout


def test_a_forget_that_is_killed_is_finished_by_the_next_and_nothing_brings_it_back(
    paper: Commands, publisher: Publisher
) -> None:
    folder = paper.home / "data" / "archive"
    refused = paper.run("forget", publisher.url + story_path(1))
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)  # nobody can be asked here
    for number, (target, nth) in enumerate(KILLS):
        url = publisher.url + story_path(number)
        killed = paper.run(target, "after", str(nth), "--", "forget", url, "--yes", program=(KILLED,))
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        done = paper.run("forget", url, "--yes", "--reason", "asked")
        assert done.returncode == 0, done.stderr
        assert url not in {record.url for warc in archive_files(folder) for record in records_of(warc)}
        assert list((paper.home / "data" / "forgetting").glob("*.json")) == []
    assert paper.json("search", "keepers")["total"] == 0
    assert paper.json("archive", "verify")["faults"] == []

    lose_the_database(paper)
    assert paper.json("archive", "rebuild")["articles"] == 0
    assert "new_article" not in paper.crawl()
