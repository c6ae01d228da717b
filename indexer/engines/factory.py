"""The one place that chooses a search engine."""

from __future__ import annotations

from pathlib import Path

from config.settings import EngineSettings
from indexer.engine import Engine


def make_engine(settings: EngineSettings, *, folder: Path) -> Engine:
    """The engine that the settings name, not opened yet; `folder` is where the embedded one keeps its files."""
    if settings.kind == "elasticsearch":
        from indexer.engines.elasticsearch.engine import ElasticsearchEngine  # noqa: PLC0415 - only the chosen one is loaded

        return ElasticsearchEngine(settings)
    from indexer.engines.embedded.engine import EmbeddedEngine  # noqa: PLC0415 - only the chosen one is loaded

    return EmbeddedEngine(folder=folder, name=settings.index_name)
