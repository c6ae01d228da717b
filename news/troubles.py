"""Records of what is currently wrong with an installation; search.operations.troubles finds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """How bad a trouble is, the worse first, in the order of lists."""

    URGENT = "urgent"  # work for all sources has stopped or is about to
    WARNING = "warning"  # concerns a single source or task


class TroubleKind(StrEnum):
    """The kind of trouble, in the order of lists."""

    SPACE = "space"
    WORKER = "worker"
    NETWORK = "network"  # no site answers
    ENGINE = "engine"
    INDEX = "index"
    OUTBOX = "outbox"
    RELOAD = "reload"
    REFUSED = "refused"  # dead letters of the outbox: documents the engine refused
    UNTOLD = "untold"  # dead letters of deliveries: matches that no receiver accepted
    UNREACHED = "unreached"  # operators whom notices do not reach
    BACKUP = "backup"
    STALLED = "stalled"
    IDLE = "idle"  # all that a source names belongs to another, which fetches it
    DOCUMENTS = "documents"
    PAGES = "pages"  # many that were read answer that they are gone
    CRAWL = "crawl"
    ALARM = "alarm"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """Something that is wrong now."""

    kind: TroubleKind
    severity: Severity
    source_id: str = ""  # empty = concerns the whole installation
    part: str = ""  # distinguishes several of one kind and source
    what: str  # a clause that does not name the source
    evidence: str = ""  # the details
    todo: str = ""
    since_at: datetime | None = None  # None = unknown

    @property
    def key(self) -> tuple[str, str, str]:
        """The key that identifies this trouble for as long as it lasts."""
        return self.kind.value, self.source_id, self.part

    @property
    def line(self) -> str:
        """Everything but the time, in one line.

        >>> Trouble(kind=TroubleKind.SILENT, severity=Severity.WARNING, source_id="paper", what="is silent").line
        'paper: is silent'
        """
        whose = f"{self.source_id}: {self.what}" if self.source_id else self.what
        told = f"{whose} ({self.evidence})" if self.evidence else whose
        return f"{told}; {self.todo}" if self.todo else told


def by_severity(trouble: Trouble) -> tuple[bool, int, str, str]:
    """The sort key of lists: urgent first, then by kind, then by source."""
    order = list(TroubleKind).index(trouble.kind)
    return trouble.severity is not Severity.URGENT, order, trouble.source_id, trouble.part
