"""The claim of the kill tests: store, archive and index say the same, each article once, and nothing waits."""

from __future__ import annotations

from elasticsearch import Elasticsearch

from cli.wiring import Installation
from config.settings import EngineSettings
from store.records import ArchiveRef
from tests.support.commands import Commands


def assert_whole(commands: Commands, *, articles: int) -> None:
    """The installation holds so many articles, each in its first version, and is in order in every part."""
    with commands.opened() as opened:
        stored = opened.store.articles.iterate_live(limit=10 * articles)
        assert len({article.url for article in stored}) == len(stored) == articles
        assert opened.engine.revisions([a.id for a in stored]) == {a.id: a.revision for a in stored}
        assert opened.engine.count() == articles
        assert opened.store.counts().outbox.pending == 0
        assert opened.store.counts().outbox.dead == 0
        for article in stored:
            assert_archived_once(opened, article.id)
        if opened.settings.engine.kind == "elasticsearch":
            assert_one_index_is_aliased(opened.settings.engine)


def assert_archived_once(opened: Installation, article_id: str) -> None:
    """The article has one version, and the archive gives its page back."""
    (version,) = opened.store.articles.versions(article_id)
    assert version.version == 1
    assert version.warc_file is not None
    assert version.warc_offset is not None
    ref = ArchiveRef(
        warc_file=version.warc_file, warc_offset=version.warc_offset, payload_digest=version.payload_digest or ""
    )
    assert opened.store.archive.read(ref).body


def assert_one_index_is_aliased(settings: EngineSettings) -> None:
    """Reads and writes go to one and the same index."""
    with Elasticsearch(settings.elasticsearch_url) as client:
        held = client.indices.get_alias(name=f"{settings.index_name}-*")
    assert [sorted(about["aliases"]) for about in held.values()] == [
        [f"{settings.index_name}-articles-read", f"{settings.index_name}-articles-write"]
    ]
