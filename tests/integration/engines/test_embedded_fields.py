"""The embedded index that another version of newsdex made."""

from __future__ import annotations

from pathlib import Path

import pytest
import tantivy

from indexer.engines.embedded import writer
from indexer.engines.embedded.engine import EmbeddedEngine
from news.errors import EngineUnavailable
from news.index import SearchRequest


def test_a_search_that_needs_a_field_it_lacks_tells_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as of_another_version:
        schema = tantivy.SchemaBuilder().add_text_field("id").build()
        of_another_version.setattr(writer, "make_schema", lambda: schema)
        of_another_version.setattr("indexer.engines.embedded.engine.fields_digest", lambda: "another")
        EmbeddedEngine(folder=tmp_path, name="newsdex").open()
    engine = EmbeddedEngine(folder=tmp_path, name="newsdex")
    with pytest.raises(EngineUnavailable) as refused:
        engine.search(SearchRequest())
    assert str(refused.value) == (
        f"the index in {tmp_path} was made with other fields than today's; `newsdex reindex` makes it anew"
    )
    engine.close()
