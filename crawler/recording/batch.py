"""Saving fetches together: the archive first, synced, then one transaction that names what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from news.fetch import Outcome, UrlState
from store.archive.exchange import KnownPayload
from store.archive.records import REMOVED_AT, article_fields
from store.archive.service import Archive, Exchange
from store.crawls.paces import AskedRequest
from store.forgetting.results import addresses_of
from store.records import ArchiveRef, FetchResult, Held, SavedFetch
from store.service import Store

AHEAD = timedelta(seconds=10)  # a fetch this far in the future was made before the clock was set back


@dataclass(frozen=True, kw_only=True, slots=True)
class Fetched:
    """A fetch to be saved: its result, and the exchange if there is one to archive."""

    result: FetchResult
    exchange: Exchange | None = None
    leads_to: str | None = None  # where the page sends its readers; to be asked first, before any of this is saved


def made_by_now(fetched: Fetched, now: datetime) -> Fetched:
    """The fetch, redated to now if it was made before the clock was set back, with its planned times shifted alike."""
    result = fetched.result
    ahead = result.fetched_at - now
    if ahead < AHEAD:
        return fetched
    next_due_at = result.next_due_at - ahead if result.next_due_at is not None else None
    return replace(fetched, result=replace(result, fetched_at=now, next_due_at=next_due_at))


def write_batch(store: Store, batch: Sequence[Fetched], asked: Sequence[AskedRequest] = ()) -> list[SavedFetch | None]:
    """Archive and save these fetches, and save the requests made to hosts. Blocks."""
    barred = store.saver.lead_to_forgotten([fetched.result for fetched in batch])
    exchanges = [
        None if is_barred or fetched.result.state is UrlState.GONE else fetched.exchange
        for fetched, is_barred in zip(batch, barred, strict=True)
    ]
    digests = [exchange.read_digest for exchange in exchanges if exchange]
    known = store.receipts.known_payloads(digests) if digests else {}
    kept = [fetched.result for fetched, exchange in zip(batch, exchanges, strict=True) if exchange is not None]
    identities = iter(_identities(store, kept))
    results = []
    for fetched, exchange in zip(batch, exchanges, strict=True):
        result = fetched.result
        if exchange is not None:
            ref = _archived(store.archive, exchange, known.get(exchange.read_digest), next(identities))
            result = replace(result, archive=ref)
        results.append(result)
    store.archive.sync()
    saved = store.saver.save(results, asked=asked, before_commit=partial(_keep_proof, store, batch))
    _scrub_late(store, results, saved)
    return saved


def _archived(
    archive: Archive, exchange: Exchange, earlier: KnownPayload | None, identity: dict[str, str] | None
) -> ArchiveRef:
    """Archive an exchange; `earlier` is where its payload is archived already."""
    if exchange.rendered is not None:
        return archive.append_rendered(exchange, exchange.rendered, earlier, identity)
    if earlier is not None:
        return archive.append_revisit(exchange, earlier, identity)
    return archive.append_response(exchange, identity)


def _keep_proof(store: Store, batch: Sequence[Fetched], saved: Sequence[SavedFetch | None]) -> None:
    """Archive the answers that confirm removals, which only the saving transaction knows."""
    proofs = [(each.result, each.exchange) for each, one in zip(batch, saved, strict=True) if one and one.is_removal]
    for result, exchange in proofs:
        if exchange is not None:
            about = article_fields(result.row, str(result.row.article_id))
            store.archive.append_response(exchange, {**about, REMOVED_AT: result.fetched_at.isoformat()})
    if proofs:
        store.archive.sync()


def _identities(store: Store, results: Sequence[FetchResult]) -> list[dict[str, str] | None]:
    """The fields that a rebuild needs about each page: its article, source and hints; None for one without a story."""
    new = [result for result in results if _may_be_new(result)]
    ids = iter(store.saver.article_ids(new) if new else ())
    mine = [next(ids) if _may_be_new(result) else result.row.article_id for result in results]
    return [article_fields(result.row, its) if its else None for result, its in zip(results, mine, strict=True)]


def _may_be_new(result: FetchResult) -> bool:
    """Whether the page's article has to be looked up: it has none yet, or may belong to another."""
    if result.story is not None:
        return True
    led_elsewhere = result.redirected_to is not None or result.reading.extraction is not None
    return result.row.article_id is not None and led_elsewhere


def _scrub_late(store: Store, results: Sequence[FetchResult], saved: Sequence[SavedFetch | None]) -> None:
    """Remove from the archive what was forgotten between archiving and saving it."""
    for result, one in zip(results, saved, strict=True):
        if result.archive is not None and one is not None and one.outcome is Outcome.FORGOTTEN:
            digests = (result.archive.payload_digest,)
            held = Held(article_ids=(), addresses=tuple(addresses_of(result)), payload_digests=digests, version_count=0)
            store.forgetting.forget_archived(held, now=result.fetched_at)
