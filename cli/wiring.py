"""Assembles an installation from its settings."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from config.load import load_settings
from config.memory import share_arenas
from config.settings import Settings
from config.sources import SourceSet, load_sources, load_usable_sources
from indexer.engine import Engine
from news.errors import ConfigError
from store.service import Store

if TYPE_CHECKING:
    from indexer.delivery import Delivery
    from indexer.meaning import SentenceModel
    from search.meaning import Meaning


@dataclass(frozen=True)
class Installation:
    """Settings and what they open; each part is opened on first use."""

    settings: Settings

    @cached_property
    def store(self) -> Store:
        """The record."""
        return Store.open(
            self.settings.data_dir,
            database_url=self.settings.database_url,
            max_archive_file_bytes=self.settings.archive.max_file_bytes,
            archive_about=archive_about(self.settings.crawl.user_agent),
            story_forms=lambda: load_usable_sources(self.settings)[0].story_forms,
        )

    @cached_property
    def engine(self) -> Engine:
        """The opened search engine. Raises EngineError when it cannot be used now."""
        self.unopened_engine.open()
        return self.unopened_engine

    @cached_property
    def unopened_engine(self) -> Engine:
        """The search engine, for callers that start without it and open it once it answers."""
        from indexer.engines.factory import make_engine

        return make_engine(self.settings.engine, folder=self.settings.data_dir / "index")

    @cached_property
    def sources(self) -> SourceSet:
        """All sources."""
        return load_sources(self.settings)

    @cached_property
    def source_names(self) -> dict[str, str]:
        """The names of all sources, by id."""
        return {source.id: source.name for source in self.sources}

    @cached_property
    def sources_so_far(self) -> SourceSet:
        """All sources, for callers that may create the folder of the user's own: a missing one counts as empty."""
        folder = self.settings.sources_dir
        if folder is None or folder.exists():
            return self.sources
        return load_sources(self.settings.model_copy(update={"sources_dir": None}))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone that times are shown in."""
        return ZoneInfo(self.settings.time_zone)

    @cached_property
    def meaning(self) -> Meaning | None:
        """What puts hits in the order of meaning; None if it is off. Raises ConfigError without its packages."""
        if not self.settings.search.meaning:
            return None
        from indexer.meaning import check_installed
        from search.meaning import Meaning

        check_installed()
        return Meaning(self.store.vectors.of, load=lambda: self.sentence_model)

    @cached_property
    def sentence_model(self) -> SentenceModel:
        """The sentence model, loaded once for searches and for making vectors. Raises ConfigError."""
        from indexer.meaning import SentenceModel

        return SentenceModel()

    def make_vectors(self, goes_on: Callable[[], bool], *, most: int | None = None) -> int:
        """Make vectors that are missing, at most so many; returns how many were made. Raises ConfigError."""
        from indexer.vectors import make_vectors

        store, model = self.store, lambda: self.sentence_model
        return make_vectors(store.missing_vectors, store.vectors, model, most=most, goes_on=goes_on)

    def deliver(self) -> Delivery:
        """Deliver once what waits for the index, unless another process does; it notes what is left and why."""
        from indexer.delivery import Delivery  # imports everything that makes documents: few commands need it

        delivery = Delivery(self.store, lambda: self.engine)
        try:
            delivery.drain_once()
        finally:
            delivery.release()
        return delivery

    def close(self) -> None:
        """Close whatever was opened."""
        opened = vars(self)
        if "unopened_engine" in opened:
            self.unopened_engine.close()
        if "store" in opened:
            self.store.close()


def archive_about(user_agent: str) -> dict[str, str]:
    """What each archive file starts with: the operator is the one named by the user agent."""
    contact = re.search(r"\(\+?([^)]*)\)", user_agent)
    return {
        "software": f"newsdex/{version('newsdex')}",
        "operator": contact[1] if contact else user_agent,
        "http-header-user-agent": user_agent,
        "robots": "obey",
    }


def settings_here() -> Settings:
    """The settings chosen by the environment and the working folder. Raises ConfigError."""
    return load_settings(None, environ=os.environ, cwd=working_folder())


def working_folder() -> Path:
    """The working folder of this process. Raises ConfigError if it has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        raise ConfigError("the folder you are in was deleted; change to another one") from error


@contextmanager
def installation(settings: Settings | None = None) -> Iterator[Installation]:
    """Open the installation chosen by the environment and the working folder; it is closed at the end."""
    share_arenas()
    chosen = settings or settings_here()
    opened = Installation(chosen)
    try:
        yield opened
    finally:
        opened.close()
