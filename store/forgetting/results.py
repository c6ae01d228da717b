"""Emptying fetches that lead to a forgotten article: all that is kept is that they were made."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy.engine import Connection

from news.fetch import Outcome, UrlKind, UrlState
from news.forgetting import address_keys
from news.identity import StoryForms
from store.forgetting.forgotten_list import forgotten_among, is_any_forgotten
from store.records import NOTHING_NAMED, NOTHING_READ, FetchResult
from store.sql.database import forms_of


def without_forgotten(connection: Connection, results: Sequence[FetchResult]) -> list[FetchResult]:
    """These results, with those that lead to forgotten articles emptied.

    A page that has an article of its own was told apart from the forgotten one: only the address that it states is
    dropped, since templates may state one address on all pages.
    """
    if not is_any_forgotten(connection):
        return list(results)
    forms = forms_of(connection)
    keys = [address_keys(addresses_of(result), forms) for result in results]
    listed = forgotten_among(connection, frozenset().union(*keys))
    return [
        _kept(result, listed, forms) if mine & listed else result for result, mine in zip(results, keys, strict=True)
    ]


def _kept(result: FetchResult, listed: Collection[str], forms: StoryForms) -> FetchResult:
    """What is kept of a page that was met under a forgotten address or states one."""
    has_own = result.row.article_id is not None or result.minted_id is not None
    unclaimed = replace(result, canonical_url=None)
    if has_own and address_keys(addresses_of(unclaimed), forms).isdisjoint(listed):
        return unclaimed
    return emptied(result)


def addresses_of(result: FetchResult) -> list[str]:
    """The addresses under which an article page was met; none for other documents."""
    if result.row.kind is not UrlKind.ARTICLE:
        return []
    met = [result.canonical_url, result.redirected_to, result.effective_url, result.row.url]
    return list(dict.fromkeys(address for address in met if address))


def emptied(result: FetchResult) -> FetchResult:
    """The fetch without anything that it brought; its URL is never due again by itself."""
    return replace(
        result,
        outcome=Outcome.FORGOTTEN,
        state=UrlState.REFUSED,
        detail="",
        effective_url=None,
        etag=None,
        last_modified=None,
        archive=None,
        payload_digest=None,
        reading=NOTHING_READ,
        content_digest=None,
        canonical_url=None,
        redirected_to=None,
        discovery=NOTHING_NAMED,
        next_due_at=None,
    )
