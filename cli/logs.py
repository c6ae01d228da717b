"""Log lines on standard error: one per event, as text for people or as JSON for programs."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from config.settings import LogSettings

SECRETS = re.compile(r"(ndx_[0-9a-f]{12}_|ndf_|ndu_[0-9a-f]{16}_)[0-9a-f]{48}|(://[^/@\s:]+:)[^/@\s]+(?=@)")
FIELDS = ("source_id", "run_id", "slot_at", "missed_count", "outcome", "finish_reason")  # extra fields that are shown
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_QUIET = ("scrapy", "twisted", "apscheduler", "urllib3", "elastic_transport", "uvicorn", "alembic")
_SELDOM = ("apscheduler.scheduler",)  # reports each turn of a job while the last one waits for a hanging store
SELDOM_SECONDS = 600.0
_SILENT = ("elastic_transport.node_pool",)  # reports each failed request, as its caller does anyway

Event = MutableMapping[str, Any]


def set_up_logging(settings: LogSettings, *, process: str) -> None:
    """Send every log record of this process to standard error in the format of the settings."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if settings.format == "text":
        renderer = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    common: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(allow=FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        lambda logger, name, event: {**event, "process": process},
        structlog.processors.format_exc_info,
        _one_safe_line,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=common, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.level.upper())
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    for name in _SELDOM:
        logging.getLogger(name).filters[:] = [Seldom()]
    for name in _SILENT:
        logging.getLogger(name).setLevel(max(logging.ERROR, root.level))


class Seldom(logging.Filter):
    """Lets a message through unless its logger reported it within ten minutes, whatever its arguments."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is logged."""
        now, text = self._clock(), str(record.msg)
        if now - self._told_at.get(text, -SELDOM_SECONDS) < SELDOM_SECONDS:
            return False
        self._told_at[text] = now
        return True


def _one_safe_line(logger: Any, name: str, event: Event) -> Event:
    """Make events safe: no foreign text can start a line, move the cursor or show a secret; tracebacks are indented."""
    written = {key: safe(value) if isinstance(value, str) else value for key, value in event.items()}
    if isinstance(trace := event.get("exception"), str):
        written["exception"] = "\n".join(f"    {safe(line)}" for line in trace.splitlines())
    return written


def safe(text: str) -> str:
    """A text with control characters escaped and secrets masked.

    >>> safe("a\\nb")
    'a\\\\nb'
    >>> safe("postgresql://user:secret@host/db")
    'postgresql://user:***@host/db'
    """
    masked = SECRETS.sub(lambda found: f"{found[1] or found[2]}***", text)
    return _CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), masked)
