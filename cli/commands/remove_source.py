"""`sources remove`: stops following a source, and on request removes its articles."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cli.commands.forget import FINISHED_BY
from cli.operating import operations_of
from cli.output import console, counted, print_json, progress_bar, says_yes
from cli.wiring import Installation, installation
from config.sources import SUFFIX, is_source_id, shipped_text, switched_off
from news.errors import ConfigError, NewsdexError, NotFoundError
from store.clock import utc_now
from store.forgetting.source_rows import ARTICLES_AT_ONCE, Holdings
from store.forgetting.sources import Removed
from store.leases.holders import Holder, is_alive, shown_holder
from store.views import RunView

ASIDE = ".removed"  # suffix of a file that is set aside, which makes it no source file
RUN_PATIENCE_SECONDS = 90.0  # a paused crawl ends after the requests under way
RELOAD_PATIENCE_SECONDS = 5.0
LOOK_SECONDS = 0.25
REQUESTS_READ = 1000  # open ones
STILL_KNOWS = "begins no crawl of it, and knows it until it reads its sources again (SIGHUP)"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Files:
    """What happens to the files of a source."""

    file: Path | None  # the user's own file, which is set aside
    off: tuple[Path, str] | None  # where a shipped source is switched off, and the text that does so

    def change(self) -> Path | None:
        """Make no file describe a followed source; returns where the user's file is now."""
        aside = None
        try:
            if self.file is not None:
                aside = self.file.with_name(f"{self.file.name}{ASIDE}")
                self.file.replace(aside)
            if self.off is not None:
                path, text = self.off
                path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"{error.filename}: cannot be changed: {error.strerror}; see to its folder") from error
        return aside


def remove_source(source_id: str, *, articles: bool, yes: bool, as_json: bool) -> None:
    """Stop following a source; with `articles`, after asking, remove everything kept of it.

    Raises NotFoundError for an unknown source, and NewsdexError while a crawl of it continues despite the pause.
    """
    with installation() as opened:
        held = opened.store.forgetting.sources.holdings(source_id)
        files = _files_of(opened, source_id, held, articles=articles)
        if articles and not yes and not _agreed(source_id, held, as_json=as_json):
            console.print("nothing was removed")
            return
        with _paused(opened, source_id):
            if articles:
                _wait_for_run(opened, source_id)
            _cancel_requests(opened, source_id)
            aside = files.change()
        daemon = operations_of(opened).daemon()
        has_let_go = daemon is None or _has_read_again(opened, daemon, source_id)
        removed = _remove(opened, source_id, held, quiet=as_json) if articles else None
        if daemon is None:
            opened.store.pauses.resume(source_id)
        note = opened.deliver().note if daemon is None else "the running daemon tells it within seconds"
        if as_json:
            print_json(_facts(source_id, aside, held, removed))
        else:
            _tell(source_id, files, aside, held, removed, note=note)
        if not has_let_go:
            print(f"newsdex: the daemon ({shown_holder(daemon or '')}) {STILL_KNOWS}", file=sys.stderr)


def _files_of(opened: Installation, source_id: str, held: Holdings, *, articles: bool) -> _Files:
    settings = opened.settings
    shipped = shipped_text(settings, source_id) if is_source_id(source_id) else None
    own = settings.sources_dir / f"{source_id}{SUFFIX}" if settings.sources_dir and is_source_id(source_id) else None
    file = own if own is not None and own.is_file() else None
    if shipped is not None:
        if own is None:
            why = f"{source_id} is shipped with newsdex; set sources_dir, where a file that switches it off can lie"
            raise ConfigError(why)
        off = switched_off(shipped)
        is_off = file is not None and file.read_text(encoding="utf-8") == off
        return _Files(file=None if is_off else file, off=None if is_off else (own, off))
    if file is None and not (held.articles or held.urls):
        raise NotFoundError(f"no source {source_id!r}, neither a file nor articles; `newsdex sources list` shows them")
    if file is None and not articles:
        kept = f"no file describes {source_id}, so it is not followed; --articles removes what is kept of it"
        raise ConfigError(f"{kept}: {_holdings_words(held)}")
    return _Files(file=file, off=None)


def _holdings_words(held: Holdings) -> str:
    return f"{counted(held.articles, 'article')} in {counted(held.versions, 'version')}, {counted(held.urls, 'URL')}"


def _agreed(source_id: str, held: Holdings, *, as_json: bool) -> bool:
    if as_json or not sys.stdin.isatty():
        raise ConfigError("what is removed cannot be brought back; say --yes where nobody can be asked")
    console.print(f"{_holdings_words(held)} would go, from record, index and archive, and cannot be brought back")
    return says_yes(f"remove {source_id} with its articles?")


@contextmanager
def _paused(opened: Installation, source_id: str) -> Iterator[None]:
    """Let no crawl of the source start, and one under way end; restores the previous state if the block fails."""
    pauses = opened.store.pauses
    was_paused = source_id in pauses.all()
    pauses.pause(source_id, now=utc_now())
    try:
        yield
    except BaseException:
        if not was_paused:
            pauses.resume(source_id)
        raise


def _wait_for_run(opened: Installation, source_id: str) -> None:
    ends_at = time.monotonic() + RUN_PATIENCE_SECONDS
    while (run := _run_of(opened, source_id)) is not None:
        if time.monotonic() > ends_at:
            raise NewsdexError(f"run {run.id} of {source_id} is still under way; end it or wait, then try again")
        time.sleep(LOOK_SECONDS)


def _cancel_requests(opened: Installation, source_id: str) -> None:
    for request in opened.store.requests.recent(limit=REQUESTS_READ, only_open=True):
        if request.scope.source_id == source_id:
            opened.store.requests.cancel(request.id, now=utc_now())


def _run_of(opened: Installation, source_id: str) -> RunView | None:
    return next((run for run in opened.store.activity.open_runs() if run.source_id == source_id), None)


def _has_read_again(opened: Installation, daemon: str, source_id: str) -> bool:
    """Make the daemon reload its sources if it runs on this machine; returns whether it did, which ends the pause."""
    holder = Holder.parse(daemon)
    if not is_alive(holder):
        return False
    with suppress(OSError):  # it is just ending, or belongs to another user
        os.kill(holder.pid, signal.SIGHUP)
        ends_at = time.monotonic() + RELOAD_PATIENCE_SECONDS
        while source_id in opened.store.pauses.all():
            if time.monotonic() > ends_at:
                return False
            time.sleep(LOOK_SECONDS)
        return True
    return False


def _remove(opened: Installation, source_id: str, held: Holdings, *, quiet: bool) -> Removed:
    with progress_bar(quiet=quiet) as bar:
        task = bar.add_task("archive", total=None)

        def show(step: str) -> None:
            if step == "articles":
                bar.update(task, description="record", total=held.articles, advance=ARTICLES_AT_ONCE)

        try:
            return opened.store.forgetting.sources.remove(source_id, now=utc_now(), on_step=show)
        except KeyboardInterrupt:
            print(f"newsdex: broken off; {FINISHED_BY}", file=sys.stderr)
            raise


def _facts(source_id: str, aside: Path | None, held: Holdings, removed: Removed | None) -> dict[str, object]:
    """What programs are told: where the file is, and what was kept or removed."""
    gone = removed and {
        "articles": removed.article_count,
        "versions": removed.version_count,
        "archived_records": removed.record_count,
    }
    return {"id": source_id, "file": aside and str(aside), "kept": None if removed else held, "removed": gone}


def _tell(
    source_id: str,
    files: _Files,
    aside: Path | None,
    held: Holdings,
    removed: Removed | None,
    *,
    note: str,
) -> None:
    if aside is not None:
        console.print(f"{source_id} is not followed any more; its file is {aside} now")
    if files.off is not None:
        console.print(f"{source_id} is shipped with newsdex and is switched off by {files.off[0]}")
    if removed is None and not held.urls:
        console.print("nothing of it was kept")
    elif removed is None:
        kept = f"its {_holdings_words(held)} stay and are found as before"
        console.print(f"{kept}; `newsdex sources remove {source_id} --articles` removes them")
    else:
        gone = f"{counted(removed.article_count, 'article')} in {counted(removed.version_count, 'version')}"
        records = f"{counted(removed.record_count, 'archived record')} in {counted(removed.file_count, 'file')}"
        console.print(f"removed: {gone}, {records}; backups made before keep them")
        console.print(f"the index: {note or 'it finds none of them any more'}")
