"""The settings and sources that a daemon goes by, which a reload replaces."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from config.sources import SourceSet
from news.errors import ConfigError
from search.operations.overview import ReloadRefusal

FIXED = ("data_dir", "database_url", "engine", "web")  # settings that only a restart changes
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What the files say at one moment."""

    settings: Settings
    sources: SourceSet


class InForce:
    """The newest settings and sources that were taken."""

    def __init__(self, loaded: Loaded, *, load: Callable[[], Loaded], clock: Callable[[], datetime]) -> None:
        """`load` reads the files anew; it raises ConfigError."""
        self._loaded = loaded
        self._load = load
        self._clock = clock
        self.refusal: ReloadRefusal | None = None  # of the newest reload; None = it was taken

    @property
    def settings(self) -> Settings:
        """The settings."""
        return self._loaded.settings

    @property
    def sources(self) -> SourceSet:
        """All sources, those that are off too."""
        return self._loaded.sources

    def reload(self) -> bool:
        """Read settings and sources anew; False where they are wrong: then the old ones stay in force."""
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
        """Note why the newest reload, or a part of it, was not taken."""
        self.refusal = ReloadRefusal(at=self._clock(), reason=reason)
