"""What is wrong with an installation at one moment: records; who finds them is search.operations.troubles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Severity(StrEnum):
    """The worse first, as lists have them."""

    URGENT = "urgent"  # work stands still or is about to, for all sources
    WARNING = "warning"  # something of one source or of one task


class TroubleKind(StrEnum):
    """What is wrong, in the order in which lists have it."""

    SPACE = "space"
    WORKER = "worker"
    NETWORK = "network"  # no site answers
    ENGINE = "engine"
    INDEX = "index"
    OUTBOX = "outbox"
    RELOAD = "reload"
    REFUSED = "refused"  # by the engine: dead letters of the outbox
    UNTOLD = "untold"  # matches that nobody took: dead letters of deliveries
    UNREACHED = "unreached"  # operators who do not get their notices
    BACKUP = "backup"
    STALLED = "stalled"
    DOCUMENTS = "documents"
    CRAWL = "crawl"
    ALARM = "alarm"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Trouble:
    """Something that is wrong now."""

    kind: TroubleKind
    severity: Severity
    source_id: str = ""  # empty = it is of the installation
    part: str = ""  # tells several of one kind and source apart
    what: str  # a clause, without the source
    evidence: str = ""  # the same in detail
    todo: str = ""
    since_at: datetime | None = None  # None = not known

    @property
    def key(self) -> tuple[str, str, str]:
        """The same for the same trouble, however long it lasts."""
        return self.kind.value, self.source_id, self.part

    @property
    def line(self) -> str:
        """All of it but the time.

        >>> Trouble(kind=TroubleKind.SILENT, severity=Severity.WARNING, source_id="paper", what="is silent").line
        'paper: is silent'
        """
        whose = f"{self.source_id}: {self.what}" if self.source_id else self.what
        told = f"{whose} ({self.evidence})" if self.evidence else whose
        return f"{told}; {self.todo}" if self.todo else told


def by_severity(trouble: Trouble) -> tuple[bool, int, str, str]:
    """The order of lists: what is urgent, then by kind, then by source."""
    order = list(TroubleKind).index(trouble.kind)
    return trouble.severity is not Severity.URGENT, order, trouble.source_id, trouble.part
