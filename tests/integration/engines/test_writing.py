"""Documents written, superseded, built anew and found again after reopening, on every engine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from config.settings import EngineSettings
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.index import IndexEntry, WriteStatus
from tests.support.engine_contract import entry, fill, found


def test_the_newest_revision_wins_in_any_order(engine: Engine) -> None:
    fill(engine, entry(1, "second", revision=2))
    assert engine.write([entry(1, "first", revision=1)])[0].status is WriteStatus.SUPERSEDED
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert found(engine, "second") == ["a1"]

    engine.write([IndexEntry(id="a1", revision=3, document=None)])
    assert engine.write([entry(1, "second", revision=2)])[0].status is WriteStatus.SUPERSEDED
    engine.refresh()
    assert engine.count() == 0
    assert engine.revisions(["a1"]) == {}


def test_a_rejected_document_leaves_its_neighbours(engine: Engine) -> None:
    results = engine.write([entry(1, "good"), entry(2, "bad", version="many"), entry(3, "good too")])
    assert [r.status for r in results] == [WriteStatus.INDEXED, WriteStatus.REJECTED, WriteStatus.INDEXED]
    assert "version" in (results[1].reason or "")


def test_a_build_is_unseen_until_promoted(engine: Engine) -> None:
    fill(engine, entry(1, "old"))
    build = engine.start_build()
    build.write([entry(1, "new", revision=2), entry(2, "new")])
    assert build.count() == 2
    assert found(engine, "new") == []
    build.promote()
    assert sorted(found(engine, "new")) == ["a1", "a2"]
    assert found(engine, "old") == []

    other = engine.start_build()
    other.write([entry(9, "never")])
    other.discard()
    assert engine.count() == 2


def test_an_index_tells_how_it_lies_on_disk(engine: Engine) -> None:
    fill(engine, entry(1, "one"), entry(2, "two"), entry(3, "three"))
    engine.write([IndexEntry(id="a3", revision=2, document=None)])
    status = engine.status()
    assert (status.documents, status.removed_marks, status.shards) == (2, 1, 1)
    assert status.size_bytes > 0
    assert status.segments >= 1
    assert status.matches_fields
    assert status.advice is None


def test_reopened_it_holds_the_same(engine: Engine, settings: EngineSettings, tmp_path: Path) -> None:
    fill(engine, entry(1, "kept"))
    engine.close()
    again = make_engine(settings, folder=tmp_path)
    again.open()
    assert found(again, "kept") == ["a1"]
    assert again.matches_fields()
    assert again.health().ok
    again.close()


def test_an_engine_without_an_index_says_so(settings: EngineSettings, tmp_path: Path) -> None:
    with closing(make_engine(settings, folder=tmp_path)) as unopened:
        assert (unopened.health().ok, unopened.health().has_index) == (False, False)
        unopened.open()
        assert (unopened.health().ok, unopened.health().has_index) == (True, True)
