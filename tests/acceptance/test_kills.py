"""SIGKILL at each write of a crawl: after a plain second start every stored article is in the index exactly once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.engines.factory import make_engine
from store.records import ArchiveRef
from store.service import Store
from tests.support.commands import ARTICLES, Site

KILLED = str(Path(__file__).resolve().parents[1] / "support" / "killed.py")
WRITES = [
    ("store.archive:Archive.append_response", "before", 5),
    ("store.archive:Archive.append_response", "after", 5),
    ("store.archive:Archive.sync", "after", 2),
    ("store.saving:FetchSaver.save", "before", 2),
    ("store.saving:FetchSaver.save", "after", 2),
    ("indexer.engines.embedded:EmbeddedEngine.write", "before", 1),
    ("indexer.engines.embedded:EmbeddedEngine.write", "after", 1),
    ("store.outbox:Outbox.delivered", "after", 1),
]


@pytest.mark.parametrize(("target", "when", "nth"), WRITES)
def test_killed_crawl_is_made_whole_by_the_next(site: Site, target: str, when: str, nth: int) -> None:
    killed = site.run(target, when, str(nth), "--", "crawl", site.source_id, program=(KILLED,))
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    site.crawl()
    assert_whole(site)


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_swap_leaves_one_full_index(site: Site, when: str) -> None:
    site.crawl()
    target = "indexer.engines.embedded:EmbeddedBuild.promote"
    killed = site.run(target, when, "1", "--", "reindex", program=(KILLED,))
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert site.json("search", "muttaqi tehran talks")["total"] == 1

    assert site.json("reindex")["documents"] == ARTICLES
    assert_whole(site)


def assert_whole(site: Site) -> None:
    """Store, index and archive say the same, and nothing waits."""
    data = site.home / "data"
    store = Store.open(data, max_archive_file_bytes=1 << 28)
    engine = make_engine(EngineSettings(), folder=data / "index")
    engine.open()
    try:
        articles = store.articles.iterate_live(limit=1000)
        assert len(articles) == ARTICLES
        assert engine.revisions([a.id for a in articles]) == {a.id: a.revision for a in articles}
        assert engine.count() == len(articles)
        assert store.outbox.counts().pending == 0
        for article in articles:
            versions = store.articles.versions(article.id)
            assert [v.version for v in versions] == [1], article.url
            newest = versions[0]
            assert newest.warc_file is not None
            assert newest.warc_offset is not None
            ref = ArchiveRef(warc_file=newest.warc_file, warc_offset=newest.warc_offset, payload_digest="")
            assert store.archive.read(ref).body
    finally:
        engine.close()
        store.close()
