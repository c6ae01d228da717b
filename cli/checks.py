"""The judgements of `newsdex doctor`: pure functions whose findings are one line and end with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cli.output import counted
from indexer.engine import EngineHealth
from search.operations.troubles import BACKUP_PATIENCE, OUTBOX_PATIENCE
from search.web.access import is_loopback
from store.inspection import Inspection, Schema
from store.leases.service import DAEMON_LEASE
from store.upkeep.free_space import FreeSpace
from store.views import OutboxCounts, StoreCounts

MIB = 1024 * 1024
CLOCK_TOLERANCE = timedelta(minutes=1)


class Level(StrEnum):
    """The result of a check."""

    OK = "ok"
    NOTE = "note"  # worth knowing; nothing fails because of it
    WRONG = "wrong"  # something does not work


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """The outcome of one check."""

    name: str
    level: Level
    text: str


def ok(name: str, text: str) -> Finding:
    """A finding that all is well."""
    return Finding(name=name, level=Level.OK, text=text)


def note(name: str, text: str) -> Finding:
    """A finding worth knowing."""
    return Finding(name=name, level=Level.NOTE, text=text)


def wrong(name: str, text: str) -> Finding:
    """A finding that something does not work."""
    return Finding(name=name, level=Level.WRONG, text=text)


def judge_space(space: FreeSpace, *, folder: str) -> Finding:
    """Whether the data folder's file system has room for the archive."""
    free = f"{space.free_bytes // MIB:,} MiB free in {folder}"
    if space.is_short:
        least = space.least_bytes // MIB
        return wrong("space", f"{free}, less than {least:,} MiB; free some before a crawl stops for it")
    return ok("space", free)


def judge_schema(schema: Schema) -> Finding:
    """Whether this newsdex can use the database as it is."""
    if schema.found == schema.wanted:
        return ok("database", f"sound, schema {schema.found}")
    if schema.found is None:
        return note("database", "has no tables yet; the first command that stores something makes them")
    if schema.found > schema.wanted:  # migrations are numbered
        return wrong(
            "database", f"schema {schema.found} is newer than this newsdex ({schema.wanted}); upgrade newsdex to use it"
        )
    return note("database", f"schema {schema.found} is upgraded to {schema.wanted} at the next start; back up first")


def judge_record(found: Inspection, *, now: datetime) -> Iterator[Finding]:
    """Findings on the archive, processes running and left by dead ones, the clock and the outbox."""
    yield _archive(found)
    yield _daemon(found)
    yield _leases(found)
    yield _clock(found.newest_at, now)
    yield _outbox(found.counts, now, has_daemon=DAEMON_LEASE in found.leases)


def _archive(found: Inspection) -> Finding:
    if found.unreadable:
        many = f"{len(found.unreadable)} of the {found.sampled_count} newest pages cannot be read"
        are_all = len(found.unreadable) == found.sampled_count
        elsewhere = "; if another machine wrote them, give both the same archive folder" if are_all else ""
        return wrong("archive", f"{many}: {found.unreadable[0]}{elsewhere}")
    if found.torn_files:
        torn = found.torn_files[0]
        return note(
            "archive",
            f"{torn.name} ends in {torn.torn_bytes} bytes of a record that was never finished; the next crawl cuts it",
        )
    return ok("archive", f"newest pages that read back: {found.sampled_count}")


def _daemon(found: Inspection) -> Finding:
    holder = found.leases.get(DAEMON_LEASE)
    if holder is None:
        return note("daemon", "none runs, so nothing is crawled by itself; start `newsdex daemon`")
    return ok("daemon", holder.shown)


def _leases(found: Inspection) -> Finding:
    if not found.dead_leases and not found.lost_run_count:
        return ok("leases", "none is held by a process that died")
    held = f"{len(found.dead_leases)} leases and {found.lost_run_count} crawls of processes that died"
    return note("leases", f"{held}; the next crawl takes them over")


def _clock(newest_at: datetime | None, now: datetime) -> Finding:
    if newest_at is not None and newest_at - now > CLOCK_TOLERANCE:
        ahead = str(newest_at - now).partition(".")[0]
        todo = "set the clock (timedatectl status), or, if it was wrong then, have the daemon run for ten minutes"
        return wrong("clock", f"the newest record is {ahead} in the future; {todo}")
    return ok("clock", f"{now:%Y-%m-%d %H:%M:%S} UTC")


def _outbox(counts: StoreCounts, now: datetime, *, has_daemon: bool) -> Finding:
    waiting = counts.outbox
    if waiting.dead:
        refused = f"{waiting.dead} dead letters: articles that the engine refuses"
        return wrong("outbox", f"{refused}; `newsdex status` names the reasons")
    if waiting.oldest_at is not None and now - waiting.oldest_at > OUTBOX_PATIENCE:
        age = str(now - waiting.oldest_at).partition(".")[0]
        todo = "the daemon's log tells why" if has_daemon else "start `newsdex daemon`"
        return wrong("outbox", f"{_entries(waiting)}, the oldest for {age}; {todo}")
    return ok("outbox", _entries(waiting))


def judge_backup(last_at: datetime | None, *, now: datetime) -> Finding:
    """Whether there is a recent backup of the record."""
    if last_at is None:
        return note("backup", "none was made yet; make one: newsdex backup FOLDER")
    made = f"the last is of {last_at:%Y-%m-%d %H:%M} UTC"
    if now - last_at > BACKUP_PATIENCE:
        return note("backup", f"{made}, more than {BACKUP_PATIENCE.days} days ago; make one: newsdex backup FOLDER")
    return ok("backup", made)


def judge_notices(ways: Sequence[str]) -> Finding:
    """Whether operators are notified of troubles, and in which ways."""
    if not ways:
        todo = "set notices.emails, notices.webhook_url or notices.heartbeat_url"
        return note("notices", f"nobody is told when something is wrong; {todo}")
    return ok("notices", f"told by {', '.join(ways)}")


def judge_engine(health: EngineHealth, matches_fields: bool | None, *, article_count: int) -> Finding:
    """Whether the search engine can be used; `matches_fields` is None if it could not be asked."""
    if not health.ok and not health.has_index:
        if article_count == 0:
            return note("engine", f"{health.name}: there is no index yet; the first crawl makes it")
        return wrong("engine", f"{health.name}: there is no index; run newsdex reindex")
    if not health.ok:
        return wrong("engine", f"{health.detail}; check engine.kind and its address")
    if health.takes_nothing:
        return wrong("engine", f"{health.detail} takes no articles: {health.takes_nothing}")
    if not matches_fields:
        return wrong("engine", f"{health.detail}: made by another version of newsdex; run newsdex reindex")
    return ok("engine", health.detail)


def _entries(waiting: OutboxCounts) -> str:
    return "1 entry waits" if waiting.pending == 1 else f"{waiting.pending} entries wait"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """How the index holds some articles of which it confirmed the newest revision."""

    article_count: int = 0
    behind_count: int = 0  # of these, not there or as they were before


def judge_index(documents: int | None, before: StoreCounts, after: StoreCounts, sample: Sample) -> Finding:
    """Whether the index holds what the record says; crawls may continue between the two reads of the record."""
    waiting = max(counts.outbox.pending + counts.outbox.dead for counts in (before, after))
    held = f"{documents} documents for {counted(after.searchable, 'article')}, {waiting} waiting"
    least, most = sorted((before.searchable, after.searchable))
    if documents is None or not least - waiting <= documents <= most + waiting:
        return wrong("index", f"{held}; run newsdex reindex")
    if sample.behind_count:
        behind = f"{sample.behind_count} of the newest {counted(sample.article_count, 'article')} not as it is now"
        return wrong("index", f"{held}, {behind}; run newsdex reindex")
    return ok("index", held)


def judge_user_agent(user_agent: str, default: str) -> Finding:
    """Whether publishers can tell who crawls them."""
    if user_agent == default:
        return note("user agent", "still the default; say who you are and how to reach you in crawl.user_agent")
    return ok("user agent", user_agent)


def judge_browser(
    source_ids: Sequence[str], *, path: str, missing: str | None, as_root: bool, sandbox: bool
) -> Finding:
    """Whether pages of the sources that need it can be rendered; `missing` says what has to be installed."""
    wanted = f"{source_ids[0]} and {len(source_ids) - 1} more" if len(source_ids) > 1 else source_ids[0]
    if missing is not None:
        return wrong("browser", f"pages of {wanted} are not rendered: {missing}")
    if as_root and sandbox:
        return wrong("browser", "Chromium has no sandbox as root; run as another user, or set browser.sandbox: false")
    return ok("browser", f"{path} renders pages of {wanted}")


def judge_web(host: str, *, has_key: bool) -> Finding:
    """Whether the page may listen where `web.host` says."""
    if is_loopback(host):
        return ok("web", f"{host}: this machine only")
    if not has_key:
        return wrong(
            "web", f"{host} can be reached by others and there is no key: newsdex keys create NAME --scope admin"
        )
    return ok("web", f"{host}: others reach it, keys are in force")
