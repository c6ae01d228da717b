"""What is wrong with an installation, judged from its state; pure. Page, API, metrics, commands and notices show it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from news.advice import advice_on
from news.crawl_ends import FinishReason
from news.notices import Noted
from news.troubles import Severity, Trouble, TroubleKind, by_severity
from search.operations.network import cut_off
from search.operations.overview import Condition, DaemonState, SourceCondition
from store.learned.audits import AlarmView
from store.notices import NoticeDelivery
from store.views import FailureView

OUTBOX_PATIENCE = timedelta(minutes=10)  # a drain retries within five minutes
BACKUP_PATIENCE = timedelta(days=7)  # a choice: a weekly backup stays within it
STALL_PATIENCE = timedelta(hours=3)  # a crawl takes at most an hour by default, and may wait for others
CRASHES = 3  # in a row: one may be chance
DOCUMENTS_NAMED = 3  # at most, of failing documents; `newsdex sources show` lists all
OF_THE_DAEMON = frozenset({TroubleKind.WORKER, TroubleKind.RELOAD, TroubleKind.STALLED})  # visible only to the daemon
OF_THE_NETWORK = frozenset({TroubleKind.DOCUMENTS, TroubleKind.SILENT})  # what a source shows while no site answers
OF_THE_DISK = frozenset({TroubleKind.CRAWL})  # what a source shows while nothing can be stored
MIB = 1024 * 1024


def troubles_of(condition: Condition) -> list[Trouble]:
    """Everything that is wrong, the worst first; sources that are paused or off are skipped."""
    found = [*_of_the_record(condition), *_of_the_index(condition)]
    if condition.daemon_state is not None:
        found += _of_the_daemon(condition.daemon_state)
    away = cut_off([row for row in condition.sources if is_watched(row)], condition.failing_documents)
    found += _of_the_network(away, condition)
    cut = {row.source.id for row in away}
    for row in condition.sources:
        explained = {
            *(OF_THE_NETWORK if row.source.id in cut else ()),
            *(OF_THE_DISK if condition.space.is_short else ()),
        }
        mine = source_troubles(row, condition.alarms, condition.failing_documents)
        found += [each for each in mine if each.kind not in explained]
        if condition.daemon_state is not None and condition.paused_at is None:
            found += _stalled(row, condition.daemon_state, condition.made_at)
    return sorted(found, key=by_severity)


def with_noted(found: Sequence[Trouble], noted: Collection[Noted], *, by_the_daemon: bool) -> list[Trouble]:
    """Add what a running daemon noted: since when, and in other processes also what only the daemon sees."""
    known = {each.trouble.key: each for each in noted}
    told = [_since(each, known[each.key].first_seen_at) if each.key in known else each for each in found]
    if not by_the_daemon:
        standing = (each for each in noted if each.gone_at is None and each.trouble.kind in OF_THE_DAEMON)
        told += [_since(each.trouble, each.first_seen_at) for each in standing]
    return sorted(told, key=by_severity)


def source_troubles(
    row: SourceCondition, alarms: Collection[AlarmView], failing_documents: Collection[FailureView] = ()
) -> list[Trouble]:
    """What is wrong with one source, the worst first; alarms and documents are those of all sources."""
    if not is_watched(row):
        return []
    documents = _documents(row, failing_documents)
    found = (*_idle(row), *documents, *_pages(row), *_crawl(row), *_alarms(row, alarms), *_silent(row))
    return [replace(trouble, source_id=row.source.id) for trouble in found]


def is_watched(row: SourceCondition) -> bool:
    """Whether news is expected from this source."""
    return row.source.enabled and row.paused_at is None


def _since(trouble: Trouble, at: datetime) -> Trouble:
    return trouble if trouble.since_at is not None else replace(trouble, since_at=at)


def _urgent(kind: TroubleKind, what: str, evidence: str, todo: str, since_at: datetime | None = None) -> Trouble:
    return Trouble(kind=kind, severity=Severity.URGENT, what=what, evidence=evidence, todo=todo, since_at=since_at)


def _warning(kind: TroubleKind, what: str, evidence: str, todo: str, since_at: datetime | None = None) -> Trouble:
    return Trouble(kind=kind, severity=Severity.WARNING, what=what, evidence=evidence, todo=todo, since_at=since_at)


def _of_the_record(condition: Condition) -> Iterator[Trouble]:
    space, last_at = condition.space, condition.last_backup_at
    if space.is_short:
        free = f"{space.free_bytes // MIB:,} MiB free for the data folder, less than {space.least_bytes // MIB:,} MiB"
        if space.free_bytes < MIB:
            yield _urgent(TroubleKind.SPACE, "the disk is full", free, "free some; then crawls go on by themselves")
        else:
            yield _urgent(TroubleKind.SPACE, "the disk is nearly full", free, "free some before a crawl stops for it")
    if dead := condition.standing.alerts.dead:
        what = f"{dead:,} match{'es' if dead > 1 else ''} of saved searches could not be told"
        todo = "`newsdex searches show` tells why, `newsdex searches retry` tells them again"
        yield _warning(TroubleKind.UNTOLD, what, "", todo)
    if condition.unreached:
        told = ", ".join(_unreached(each) for each in condition.unreached)
        todo = "mend that; `newsdex notices test` tells whether it is mended"
        yield _warning(TroubleKind.UNREACHED, "notices to operators do not arrive", told, todo)
    if last_at is not None and condition.made_at - last_at > BACKUP_PATIENCE:
        made = f"it is of {last_at:%Y-%m-%d %H:%M} UTC, more than {BACKUP_PATIENCE.days} days ago"
        todo = "make one: newsdex backup FOLDER"
        yield _warning(TroubleKind.BACKUP, "the last backup is old", made, todo, last_at + BACKUP_PATIENCE)


def _unreached(delivery: NoticeDelivery) -> str:
    """Who was not reached and why, masking what would let others write to them."""
    name, at, host = delivery.target.address.rpartition("@")
    return f"{f'{name[:1]}…@' if at else ''}{host}: {delivery.reason}"


def _of_the_index(condition: Condition) -> Iterator[Trouble]:
    """Troubles of the engine, or else of the outbox; and of what the engine refuses."""
    outbox = condition.outbox
    if not condition.engine.ok and not condition.engine.has_index:
        todo = "start `newsdex daemon`, which makes" if condition.daemon is None else "the daemon makes"
        todo += " it anew from the record; searches fail until then"
        yield _urgent(TroubleKind.ENGINE, "the search engine has no index", condition.engine.detail, todo)
    elif not condition.engine.ok:
        todo = "see to it; articles are kept meanwhile and are indexed later"
        yield _urgent(TroubleKind.ENGINE, "the search engine does not answer", condition.engine.detail, todo)
    elif condition.engine.takes_nothing is not None:
        todo = "articles are kept meanwhile and are indexed later"
        yield _urgent(TroubleKind.INDEX, "the index takes no articles", condition.engine.takes_nothing, todo)
    elif outbox.oldest_at is not None and condition.made_at - outbox.oldest_at > OUTBOX_PATIENCE:
        todo = "start `newsdex daemon`" if condition.daemon is None else "the daemon's log tells why"
        waiting = f"{outbox.pending:,} {'entry waits' if outbox.pending == 1 else 'entries wait'}"
        yield _urgent(TroubleKind.OUTBOX, "the index is behind", waiting, todo, outbox.oldest_at)
    if outbox.dead:
        what = f"the search engine refuses {outbox.dead:,} article{'s' if outbox.dead > 1 else ''}"
        todo = "`newsdex status` names the reasons; mend them, then `newsdex reindex`"
        yield _warning(TroubleKind.REFUSED, what, "", todo)


def _of_the_daemon(state: DaemonState) -> Iterator[Trouble]:
    if state.crash_count >= CRASHES:
        todo = "nothing is crawled meanwhile; the daemon's log tells why"
        yield _urgent(
            TroubleKind.WORKER, "the worker dies again and again", f"{state.crash_count} times in a row", todo
        )
    if state.refusal is not None:
        what = "changed settings or sources were refused, the old ones stay in force"
        yield _warning(TroubleKind.RELOAD, what, state.refusal.reason, "mend that and reload again", state.refusal.at)


def _of_the_network(away: Sequence[SourceCondition], condition: Condition) -> Iterator[Trouble]:
    """One trouble in place of one per source."""
    if not away:
        return
    ids = {row.source.id for row in away}
    met = next((f": {_why(each)}" for each in condition.failing_documents if each.source_id in ids), "")
    evidence = f"{len(away)} sources fail, and none has been answered since the first of them did{met}"
    todo = "see to this machine's network, name service or proxy; crawls go on by themselves"
    since = (row.figures.documents_failing_since for row in away)
    since_at = min((at for at in since if at is not None), default=None)
    yield _urgent(TroubleKind.NETWORK, "no site answers", evidence, todo, since_at)


def _stalled(row: SourceCondition, daemon: DaemonState, now: datetime) -> Iterator[Trouble]:
    """A source with work due since before the daemon last had a chance to do it, if no crawl starts."""
    due_at, last = row.figures.next_due_at, row.figures.last_run
    if not is_watched(row) or row.running is not None or due_at is None:
        return
    since = max(due_at, daemon.since_at, *([last.ended_at or last.started_at] if last is not None else []))
    if now - since > STALL_PATIENCE:
        todo = "the daemon's log tells what the worker does"
        found = _warning(TroubleKind.STALLED, "it is due and is not crawled", "", todo, since)
        yield replace(found, source_id=row.source.id)


def _idle(row: SourceCondition) -> Iterator[Trouble]:
    if row.owner is not None:
        mine, other = row.source.id, row.owner
        evidence = f"all that it names belongs to the source {other}"
        todo = (
            f"if that is its former id: newsdex sources rename {other} {mine}; otherwise: newsdex sources remove {mine}"
        )
        yield _warning(TroubleKind.IDLE, "it fetches nothing", evidence, todo)


def _documents(row: SourceCondition, failing: Collection[FailureView]) -> Iterator[Trouble]:
    number = row.figures.failing_documents
    if not number:
        return
    mine = [each for each in failing if each.source_id == row.source.id]
    told = [f"{each.url}: {_why(each)}" for each in mine[:DOCUMENTS_NAMED]]
    if told and number > len(told):
        told.append(f"and {number - len(told)} more")
    yield _warning(
        TroubleKind.DOCUMENTS,
        f"{number} of its feeds, sitemaps and sections {'fails' if number == 1 else 'fail'}",
        ", ".join(told),
        advice_on(mine[0].outcome, mine[0].kind) if mine else "",
        row.figures.documents_failing_since,
    )


def _pages(row: SourceCondition) -> Iterator[Trouble]:
    if lost := row.figures.lost_pages:
        evidence = f"{lost:,} that were read before answer 404 or 410, and hardly any other answers"
        todo = "look at one of them; nothing is taken for removed meanwhile, and all are asked again once one is back"
        yield _warning(TroubleKind.PAGES, "its pages are not there", evidence, todo)


def _why(failure: FailureView) -> str:
    return failure.outcome.replace("_", " ") + (f" ({failure.detail})" if failure.detail else "")


def _crawl(row: SourceCondition) -> Iterator[Trouble]:
    last_run = row.figures.last_run
    if last_run is not None and last_run.finish_reason is FinishReason.FAILED:
        todo = "the daemon's log tells why"
        yield _warning(TroubleKind.CRAWL, "no crawl ended well", "", todo, row.figures.last_success_at)


def _alarms(row: SourceCondition, alarms: Collection[AlarmView]) -> Iterator[Trouble]:
    mine = (each for each in alarms if each.source_id == row.source.id)
    for alarm in sorted(mine, key=lambda each: (each.since_at, each.kind)):
        todo = "look at some of its pages; if the site was rebuilt, its file may need other selectors"
        what = f"its pages do not read as they usually did: {alarm.kind.replace('_', ' ')}"
        found = _warning(TroubleKind.ALARM, what, alarm.evidence, todo, alarm.since_at)
        yield replace(found, part=alarm.kind)


def _silent(row: SourceCondition) -> Iterator[Trouble]:
    if row.figures.silent_since is not None:
        todo = "look at its feeds and its site"
        yield _warning(TroubleKind.SILENT, "nothing new is found", "", todo, row.figures.silent_since)
