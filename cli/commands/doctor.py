"""`doctor`: checks everything an installation needs, changes nothing, and says what to do."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cli.checks import (
    Finding,
    Level,
    Sample,
    judge_backup,
    judge_browser,
    judge_engine,
    judge_index,
    judge_notices,
    judge_record,
    judge_schema,
    judge_space,
    judge_user_agent,
    judge_web,
    note,
    ok,
    wrong,
)
from cli.commands.forget import FINISHED_BY
from cli.output import console, print_json
from cli.wiring import settings_here, working_folder
from config.load import settings_file
from config.settings import CrawlSettings, Settings
from config.sources import load_sources
from crawler.browser.choice import BrowserMissing, browser_path
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.errors import ConfigError, EngineError, NewsdexError, StoreError
from news.keys import key_id_of
from scheduler.notifying.sending_notices import targets_of
from store.backups.last import last_backup_at
from store.clock import utc_now
from store.forgetting.journals import begun_in
from store.inspection import Inspection, has_record, inspect, record_counts, schema_of, told_revisions
from store.upkeep.free_space import existing, free_space_at


def run_doctor(*, as_json: bool) -> None:
    """Print one line for each check. Raises NewsdexError when something is wrong."""
    findings = []
    for finding in _findings():
        findings.append(finding)
        if not as_json:
            console.print(f"{finding.level:<6}{finding.name:<12}{finding.text}", soft_wrap=True)
    if as_json:
        print_json(findings)
    bad = [finding.name for finding in findings if finding.level is Level.WRONG]
    if bad:
        raise NewsdexError(f"{len(bad)} of {len(findings)} checks found something wrong: {', '.join(bad)}")


def _findings() -> Iterator[Finding]:
    try:
        file = settings_file(None, environ=os.environ, cwd=working_folder())
        settings = settings_here()
    except ConfigError as error:
        yield wrong("settings", str(error))
        return
    yield ok("settings", f"read from {file}" if file else "no file; defaults and environment")
    yield _sources(settings)
    yield from _browser(settings)
    yield from _meaning(settings)
    yield judge_user_agent(settings.crawl.user_agent, CrawlSettings().user_agent)
    yield _folder(settings.data_dir)
    yield _space(settings)
    found = None
    for finding in _record(settings):
        if isinstance(finding, Inspection):
            found = finding
        else:
            yield finding
    yield judge_notices([*_ways(settings)])
    yield _web(settings, found)
    yield from _engine(settings, found)


def _sources(settings: Settings) -> Finding:
    try:
        sources = load_sources(settings)
    except ConfigError as error:
        return wrong("sources", str(error))
    if not sources.enabled():
        return wrong("sources", f"none of {len(sources)} is enabled; `newsdex sources add URL` adds one")
    return ok("sources", f"{len(sources)}, of which {len(sources.enabled())} are enabled")


def _browser(settings: Settings) -> Iterator[Finding]:
    """The browser's finding; nothing if no source needs rendering."""
    try:
        rendered = [source.id for source in load_sources(settings).enabled() if source.renders]
    except ConfigError:  # reported by the check of sources
        return
    if not rendered:
        return
    path, missing = "", None
    try:
        path = browser_path(settings.browser)
    except BrowserMissing as error:
        missing = str(error)
    as_root = os.geteuid() == 0
    yield judge_browser(rendered, path=path, missing=missing, as_root=as_root, sandbox=settings.browser.sandbox)


def _meaning(settings: Settings) -> Iterator[Finding]:
    """The sentence model's finding; nothing if it is off."""
    if not settings.search.meaning:
        return
    from indexer.meaning import MODEL, check_installed

    try:
        check_installed()
    except ConfigError as error:
        yield wrong("meaning", str(error))
    else:
        yield ok("meaning", f"{MODEL} is installed")


def _folder(data_dir: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=existing(data_dir)):
            pass
    except OSError as error:
        return wrong("data folder", f"{data_dir} cannot be written: {error.strerror}; change its owner or data_dir")
    return ok("data folder", str(data_dir) if data_dir.is_dir() else f"{data_dir} is made at the first start")


def _space(settings: Settings) -> Finding:
    try:
        space = free_space_at(settings.data_dir, archive_file_bytes=settings.archive.max_file_bytes)
    except StoreError as error:
        return wrong("space", str(error))
    return judge_space(space, folder=str(settings.data_dir))


def _record(settings: Settings) -> Iterator[Finding | Inspection]:
    where = settings.data_dir, settings.database_url
    try:
        if not has_record(*where):
            yield note("database", "not there yet; the first crawl makes it")
            return
        schema = schema_of(*where)
        yield judge_schema(schema)
        if schema.found != schema.wanted:
            return
        now = utc_now()
        found = inspect(*where, now=now)
    except StoreError as error:
        yield wrong("database", str(error))
        return
    yield from judge_record(found, now=now)
    yield from _forgetting(settings.data_dir)
    yield judge_backup(last_backup_at(settings.data_dir), now=now)
    yield found


def _forgetting(data_dir: Path) -> Iterator[Finding]:
    """A note if forgetting is under way."""
    if count := len(begun_in(data_dir)):
        yield note("forgetting", f"{count} under way or broken off; {FINISHED_BY}")


def _ways(settings: Settings) -> Iterator[str]:
    """The ways in which operators are notified of troubles."""
    yield from dict.fromkeys(kind for kind, _ in targets_of(settings))
    if settings.notices.heartbeat_url is not None:
        yield "heartbeat"


def _web(settings: Settings, found: Inspection | None) -> Finding:
    file = settings.web.initial_key_file
    try:
        given = file is not None and key_id_of(file.read_text(encoding="ascii", errors="replace").strip()) is not None
    except OSError as error:
        return wrong("web", f"web.initial_key_file {file} cannot be read: {error.strerror}; check its owner")
    return judge_web(settings.web.host, has_key=given or (found is not None and found.keys_in_force))


def _engine(settings: Settings, found: Inspection | None) -> Iterator[Finding]:
    if found is None and settings.engine.kind == "embedded":
        return  # its files are created together with the record
    with closing(make_engine(settings.engine, folder=settings.data_dir / "index")) as engine:
        health = engine.health()
        try:
            matches = engine.matches_fields() if health.ok else None
        except EngineError:
            matches = None
        sample = _sampled(settings, engine) if matches and found is not None else Sample()
    yield judge_engine(health, matches, article_count=found.counts.searchable if found is not None else 0)
    if health.ok and found is not None:
        after = record_counts(settings.data_dir, settings.database_url, now=utc_now())
        yield judge_index(health.documents, found.counts, after, sample)


def _sampled(settings: Settings, engine: Engine) -> Sample:
    """How the index holds the newest articles; what changes during the two reads of the record does not count."""
    where = settings.data_dir, settings.database_url
    before = told_revisions(*where)
    try:
        held = engine.revisions(list(before))
    except EngineError:  # reported as the engine's health
        return Sample()
    told = before.items() & told_revisions(*where).items()
    return Sample(article_count=len(told), behind_count=sum(held.get(each, -1) < revision for each, revision in told))
