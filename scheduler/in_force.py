"""The settings and sources a daemon currently uses; a reload replaces them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from config.sources import SourceSet
from news.errors import ConfigError
from search.operations.overview import ReloadRefusal

FIXED = ("data_dir", "database_url", "engine", "web")  # settings that change only with a restart
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The contents of the files at one moment."""

    settings: Settings
    sources: SourceSet


class InForce:
    """The newest accepted settings and sources."""

    def __init__(self, loaded: Loaded, *, load: Callable[[], Loaded], clock: Callable[[], datetime]) -> None:
        """`load` reads the files again; it raises ConfigError."""
        self._loaded = loaded
        self._load = load
        self._clock = clock
        self.refusal: ReloadRefusal | None = None  # of the newest reload; None = it was accepted

    @property
    def settings(self) -> Settings:
        """The settings in force."""
        return self._loaded.settings

    @property
    def sources(self) -> SourceSet:
        """All sources, including those that are off."""
        return self._loaded.sources

    def reload(self) -> bool:
        """Reload settings and sources; False if they are invalid: then the old ones stay in force."""
        try:
            fresh = self._load()
        except ConfigError as error:
            log.error("not reloaded, the old settings and sources stay in force: %s", error)
            self.refuse(str(error))
            return False
        for name in FIXED:
            if getattr(fresh.settings, name) != getattr(self.settings, name):
                log.warning("%s changed; that takes effect when the daemon is started again", name)
        self._loaded, self.refusal = fresh, None
        return True

    def refuse(self, reason: str) -> None:
        """Record why the newest reload, or a part of it, was refused."""
        self.refusal = ReloadRefusal(at=self._clock(), reason=reason)
