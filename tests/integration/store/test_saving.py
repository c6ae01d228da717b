"""What a fetched story becomes in the record. Runs on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Barrier, Thread
from typing import Any

import pytest
import sqlalchemy as sa

from news.article import Article, NotArticle, NotArticleReason
from news.fetch import Discovered, Outcome, UrlKind, UrlState
from news.index import first_revision
from news.urls import url_key
from news.versions.digest import article_id_for, content_digest
from store.records import FetchResult, NewUrl, SavedFetch
from store.schema import article
from store.service import Store
from store.sql.database import Database
from tests.support.stores import (
    FIRST_REVISION,
    NOW,
    Place,
    add_urls,
    after,
    deliver,
    fetch_story,
    make_result,
    make_story,
    row_of,
    saved_one,
    take,
)

Saves = list[SavedFetch | None]
PAGE = "https://paper.example/world/storm-1"
TWIN = "https://paper.example/article/9f8e7d6c5b4a"
AMP = "https://paper.example/amp/world/storm-1"


def version_titles(store: Store, article_id: str | None) -> list[str]:
    assert article_id is not None
    return [version.article.title for version in store.articles.versions(article_id)]


def due_at(store: Store, url: str) -> datetime | None:
    view = store.frontier.find(url)
    assert view is not None
    return view.next_due_at


def outbox_of(store: Store) -> list[tuple[str, int, bool]]:
    """(article id, revision, removal?) of what waits."""
    pending = store.outbox.pending(limit=100, now=after(days=999))
    return sorted((item.article_id, item.revision, item.stored is None) for item in pending)


def test_a_new_story_is_an_article_with_one_version_and_an_outbox_entry(store: Store) -> None:
    story = make_story("Storm", "It blows.", published_at=after(hours=-2), authors=("A Desk",), flags=("doubt",))
    saved = fetch_story(store, PAGE, story, effective_url=PAGE)
    article_id = article_id_for(url_key(PAGE))
    assert saved == SavedFetch(outcome=Outcome.NEW_ARTICLE, article_id=article_id, version=1)
    view = store.articles.get(article_id)
    assert view is not None
    assert view.stored.article == story
    assert (view.stored.url, view.stored.version, view.stored.revision, view.state) == (PAGE, 1, FIRST_REVISION, "live")
    assert (view.aliases, view.merged_from) == ((), ())
    assert outbox_of(store) == [(article_id, FIRST_REVISION, False)]
    (entry,) = store.articles.fetches(article_id)
    assert (entry.outcome, entry.status, entry.requested_url) == (Outcome.NEW_ARTICLE, 200, PAGE)


def test_the_id_foretold_is_the_id_given(store: Store) -> None:
    add_urls(store, PAGE, TWIN)
    first = make_result(row_of(store, PAGE), make_story(), canonical_url=TWIN)
    foretold = store.saver.article_id(first)
    assert saved_one(store.saver.save([first])).article_id == foretold
    again = make_result(row_of(store, TWIN), make_story("Other"))
    assert store.saver.article_id(again) == foretold == saved_one(store.saver.save([again])).article_id


def test_an_id_from_the_archive_is_given_once(store: Store) -> None:
    first, other = "https://paper.example/first", "https://paper.example/other"
    minted = "0123456789abcdef0123"
    assert fetch_story(store, first, make_story("One"), minted_id=minted).article_id == minted
    assert fetch_story(store, other, make_story("Two"), minted_id=minted).article_id == article_id_for(url_key(other))


def test_the_same_content_again_makes_no_version_and_tells_the_index_nothing(store: Store) -> None:
    fetch_story(store, PAGE, make_story())
    deliver(store)
    saved = fetch_story(store, PAGE, make_story(), at=after(hours=1))
    assert (saved.outcome, saved.version) == (Outcome.UNCHANGED, 1)
    assert outbox_of(store) == []
    assert [entry.outcome for entry in store.articles.url_fetches(PAGE)] == [Outcome.UNCHANGED, Outcome.NEW_ARTICLE]


def test_changed_content_is_a_new_version_with_the_next_revision(store: Store) -> None:
    fetch_story(store, PAGE, make_story("One"))
    deliver(store)
    saved = fetch_story(store, PAGE, make_story("Two"), at=after(hours=1))
    assert (saved.outcome, saved.version) == (Outcome.NEW_VERSION, 2)
    assert version_titles(store, saved.article_id) == ["One", "Two"]
    assert outbox_of(store) == [(saved.article_id, FIRST_REVISION + 1, False)]
    row = row_of(store, PAGE)
    assert (row.change_count, row.last_changed_at, row.last_fetched_at) == (1, after(hours=1), after(hours=1))


def test_a_text_put_back_is_a_third_version(store: Store) -> None:
    for hour, title in enumerate(("A", "B", "A")):
        saved = fetch_story(store, PAGE, make_story(title), at=after(hours=hour))
    assert (saved.outcome, saved.version) == (Outcome.NEW_VERSION, 3)
    assert version_titles(store, saved.article_id) == ["A", "B", "A"]


def test_a_page_that_is_no_article_leaves_the_version_that_was_good(store: Store) -> None:
    first = fetch_story(store, PAGE, make_story("Good"))
    wall = make_result(
        row_of(store, PAGE),
        outcome=Outcome.NOT_ARTICLE,
        extraction=NotArticle(reason=NotArticleReason.CONSENT_WALL),
        detail="consent_wall",
        fetched_at=after(hours=1),
    )
    saved = saved_one(store.saver.save([wall]))
    assert (saved.outcome, saved.article_id, saved.version) == (Outcome.NOT_ARTICLE, first.article_id, None)
    assert version_titles(store, first.article_id) == ["Good"]
    back = fetch_story(store, PAGE, make_story("Good"), at=after(hours=2))
    assert back.outcome is Outcome.UNCHANGED


def test_a_304_moves_the_times_and_keeps_the_validators(store: Store) -> None:
    fetch_story(store, PAGE, make_story(), etag='"1"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")
    row = row_of(store, PAGE)
    store.saver.save([make_result(row, outcome=Outcome.NOT_MODIFIED, status=304, fetched_at=after(hours=1))])
    again = row_of(store, PAGE)
    assert (again.etag, again.last_modified) == ('"1"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert (again.payload_digest, again.content_digest) == (row.payload_digest, row.content_digest)
    assert again.last_fetched_at == after(hours=1)


def test_addresses_a_page_declares_or_redirects_to_lead_to_its_article(store: Store) -> None:
    saved = fetch_story(store, PAGE, make_story(), canonical_url=TWIN, redirected_to=AMP)
    assert {store.articles.id_at(url) for url in (PAGE, TWIN, AMP)} == {saved.article_id}
    assert saved.article_id is not None
    view = store.articles.get(saved.article_id)
    assert view is not None
    assert (view.stored.url, set(view.aliases)) == (TWIN, {PAGE, AMP})
    add_urls(store, AMP)
    assert fetch_story(store, AMP, make_story(), at=after(hours=1)).outcome is Outcome.UNCHANGED
    assert store.counts(now=NOW).articles == 1


def test_two_articles_found_to_be_one_are_merged_into_the_older(store: Store) -> None:
    older = fetch_story(store, PAGE, make_story("Storm"))
    younger = fetch_story(store, TWIN, make_story("The storm"), at=after(hours=1))
    assert older.article_id is not None
    assert younger.article_id is not None
    deliver(store)
    found = fetch_story(store, TWIN, make_story("The storm"), at=after(hours=2), canonical_url=PAGE)
    assert found.article_id == older.article_id
    view = store.articles.get(younger.article_id)
    assert view is not None
    assert (view.stored.id, view.merged_from) == (older.article_id, (younger.article_id,))
    assert (younger.article_id, first_revision(after(hours=1)) + 1, True) in outbox_of(store)
    assert store.articles.id_at(TWIN) == older.article_id
    assert row_of(store, TWIN).article_id == older.article_id
    assert len(store.articles.fetches(older.article_id)) == 3
    counts = store.counts(now=NOW)
    assert (counts.articles, counts.versions) == (1, 2)


def test_a_chain_of_merges_leads_to_the_oldest(store: Store) -> None:
    ids = [
        fetch_story(store, url, make_story(url), at=after(hours=hour)).article_id
        for hour, url in enumerate((PAGE, TWIN, AMP))
    ]
    fetch_story(store, AMP, make_story("x"), at=after(hours=5), canonical_url=TWIN)
    fetch_story(store, TWIN, make_story("y"), at=after(hours=6), canonical_url=PAGE)
    for article_id in ids:
        assert article_id is not None
        view = store.articles.get(article_id)
        assert view is not None
        assert view.stored.id == ids[0]
        assert set(view.merged_from) == {*ids[1:]}
    assert store.counts(now=NOW).articles == 1


def test_an_amp_page_with_its_own_small_differences_makes_no_versions(store: Store) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    add_urls(store, AMP)
    for hour in range(1, 7):
        url, title = (AMP, "Storm | AMP") if hour % 2 else (PAGE, "Storm")
        saved = fetch_story(store, url, make_story(title), at=after(hours=hour), canonical_url=PAGE)
        assert saved.outcome is Outcome.UNCHANGED
    assert version_titles(store, saved.article_id) == ["Storm"]
    view = store.frontier.find(AMP)
    assert view is not None
    assert "another address of" in view.last_detail


def test_an_amp_page_met_first_gives_way_to_the_page_it_names_and_is_left_alone(store: Store) -> None:
    fetch_story(store, AMP, make_story("Storm | AMP"), canonical_url=PAGE)
    page = fetch_story(store, PAGE, make_story("Storm"), at=after(hours=1), canonical_url=PAGE)
    amp = fetch_story(
        store, AMP, make_story("Storm | AMP"), at=after(hours=2), canonical_url=PAGE, next_due_at=after(hours=3)
    )
    assert (page.outcome, amp.outcome) == (Outcome.NEW_VERSION, Outcome.UNCHANGED)
    assert version_titles(store, page.article_id) == ["Storm | AMP", "Storm"]
    view = store.frontier.find(AMP)
    assert view is not None
    assert view.next_due_at is None


def test_an_address_that_leads_on_to_one_that_is_followed_is_looked_at_daily_at_most(store: Store) -> None:
    soon: dict[str, Any] = {"next_due_at": after(hours=2), "canonical_url": TWIN}
    first = fetch_story(store, PAGE, make_story("Storm"))
    fetch_story(store, PAGE, make_story("Storm"), at=after(hours=1), redirected_to=TWIN, **soon)
    assert due_at(store, PAGE) == after(hours=2), "nobody follows where it leads to"
    add_urls(store, TWIN)
    again = fetch_story(store, TWIN, make_story("Storm"), at=after(hours=1), **soon)
    assert (again.outcome, again.article_id) == (Outcome.UNCHANGED, first.article_id)
    assert due_at(store, TWIN) == after(hours=2)
    fetch_story(store, PAGE, make_story("Storm"), at=after(hours=1), redirected_to=TWIN, **soon)
    assert due_at(store, PAGE) == after(hours=25)
    unread = make_result(row_of(store, PAGE), outcome=Outcome.UNCHANGED, effective_url=TWIN, fetched_at=after(days=2))
    store.saver.save([replace(unread, next_due_at=after(days=2, hours=1))])
    assert due_at(store, PAGE) == after(days=3), "also if the page is the same, byte for byte"


def test_an_alias_is_followed_once_the_address_it_stood_for_is_gone(store: Store) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    store.saver.save([make_result(row_of(store, PAGE), outcome=Outcome.GONE, status=410, state=UrlState.GONE)])
    saved = fetch_story(store, AMP, make_story("Storm, updated"), at=after(hours=1), canonical_url=PAGE)
    assert (saved.outcome, saved.version) == (Outcome.NEW_VERSION, 2)


def test_an_article_that_was_removed_lives_again_when_its_page_does(place: Place) -> None:
    store = place.open()
    saved = fetch_story(store, PAGE, make_story())
    deliver(store)
    with place.database().write() as connection:
        connection.execute(sa.update(article).values(state="removed", removed_at=NOW))
    fetch_story(store, PAGE, make_story(), at=after(days=1))
    assert saved.article_id is not None
    view = store.articles.get(saved.article_id)
    assert view is not None
    assert (view.state, view.removed_at) == ("live", None)
    assert outbox_of(store) == [(saved.article_id, FIRST_REVISION + 1, False)]


def test_urls_a_page_led_to_are_added_in_the_same_save(store: Store) -> None:
    add_urls(store, "https://paper.example/feed", kind=UrlKind.FEED)
    found = NewUrl(url=PAGE, kind=UrlKind.ARTICLE, found=Discovered(url=PAGE, title="Storm"))
    result = make_result(row_of(store, "https://paper.example/feed"), outcome=Outcome.DISCOVERED, urls=(found, found))
    assert saved_one(store.saver.save([result])).new_url_count == 1
    assert row_of(store, PAGE).title_hint == "Storm"


def test_fetches_of_one_story_in_one_save_see_each_other(store: Store) -> None:
    add_urls(store, PAGE, AMP)
    rows = {row.url: row for row in take(store, 1)}
    saved = store.saver.save(
        [
            make_result(rows[PAGE], make_story("Storm"), run_id=1, canonical_url=PAGE),
            make_result(rows[AMP], make_story("Storm"), run_id=1, canonical_url=PAGE),
        ]
    )
    assert [one and one.outcome for one in saved] == [Outcome.NEW_ARTICLE, Outcome.UNCHANGED]


def test_a_document_sees_what_was_fetched_before_it_in_one_save(store: Store) -> None:
    feed = "https://paper.example/feed"
    add_urls(store, PAGE)
    add_urls(store, feed, kind=UrlKind.FEED)
    page = make_result(row_of(store, PAGE), make_story(), next_due_at=after(days=9))
    found = NewUrl(url=PAGE, kind=UrlKind.ARTICLE, found=Discovered(url=PAGE, modified_at=after(minutes=1)))
    read_at = after(minutes=2)
    named = make_result(row_of(store, feed), outcome=Outcome.DISCOVERED, urls=(found,), fetched_at=read_at)
    store.saver.save([page, named])
    assert [row.url for row in take(store, 1, at=read_at)] == [PAGE]


def test_of_one_save_what_is_the_same_for_all_is_written_once(store: Store) -> None:
    pages = [f"https://paper.example/world/{number}" for number in range(12)]
    for number, page in enumerate(pages):
        fetch_story(store, page, make_story(f"Storm {number}", f"It blows for the {number}th time."))
    counts = []
    for limit in (2, 10):
        store.frontier.make_due(source_id="paper", kinds=[UrlKind.ARTICLE], now=NOW)
        rows = take(store, 1, limit=limit)
        results = [make_result(row, outcome=Outcome.NOT_MODIFIED, status=304, run_id=1) for row in rows]
        with counted_statements() as statements:
            store.saver.save(results)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_a_new_story_is_looked_up_and_written_with_the_others_of_its_save(store: Store) -> None:
    counts, numbers = [], random.Random(3)
    for count in (2, 10):
        add_urls(store, *(f"https://paper.example/{count}/{each}" for each in range(count)))
        texts = [" ".join(f"w{numbers.getrandbits(60)}" for _ in range(40)) for _ in range(count)]
        rows = take(store, 1, limit=count)
        results = [make_result(row, make_story("A", text), run_id=1) for row, text in zip(rows, texts, strict=True)]
        with counted_statements() as statements:
            saved = store.saver.save(results)
        assert [one and one.outcome for one in saved] == [Outcome.NEW_ARTICLE] * count
        counts.append(len(statements))
    assert (counts[1] - counts[0]) / 8 <= 3, "its sketch and its bands are written, and copies are looked for"


def test_a_new_story_is_written_before_what_is_of_it_whatever_else_is_saved(store: Store) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    store.frontier.make_due(source_id="paper", kinds=[UrlKind.ARTICLE], now=NOW)
    add_urls(store, TWIN)
    rows = {row.url: row for row in take(store, 1)}
    edited, new = make_story("Storm, updated"), make_story("Calm", "Nothing moves.")
    results = [make_result(rows[PAGE], edited, run_id=1), make_result(rows[TWIN], new, run_id=1)]
    saved = store.saver.save(results)
    assert [one and one.outcome for one in saved] == [Outcome.NEW_VERSION, Outcome.NEW_ARTICLE]


def test_a_story_is_found_under_an_address_that_came_up_in_the_same_save(store: Store) -> None:
    known = fetch_story(store, PAGE, make_story("Storm"))
    add_urls(store, AMP)
    results = [
        make_result(row_of(store, PAGE), make_story("Storm"), canonical_url=AMP),
        make_result(row_of(store, AMP), make_story("Storm")),
    ]
    saved = store.saver.save(results)
    assert [one and one.article_id for one in saved] == [known.article_id] * 2


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """The statements that run meanwhile, those of many rows as one."""
    seen: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", see)


def test_nothing_of_a_save_is_kept_when_one_of_its_results_cannot_be_written(store: Store) -> None:
    add_urls(store, PAGE, TWIN)
    good = make_result(row_of(store, PAGE), make_story("Good"))
    bad = make_result(row_of(store, TWIN), make_story("Bad"), extractor_version=None)  # the column is not null
    with pytest.raises(Exception, match=r"(?i)null"):
        store.saver.save([good, bad])
    counts = store.counts(now=NOW)
    assert (counts.articles, counts.versions, counts.outbox.pending) == (0, 0, 0)
    assert store.articles.url_fetches(PAGE) == []


def test_nothing_is_kept_where_the_archive_cannot_be_written_before_the_commit(store: Store) -> None:
    add_urls(store, PAGE)

    def fail(saved: Sequence[SavedFetch | None]) -> None:
        assert [one and one.outcome for one in saved] == [Outcome.NEW_ARTICLE]
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        store.saver.save([make_result(row_of(store, PAGE), make_story())], before_commit=fail)
    counts = store.counts(now=NOW)
    assert (counts.articles, counts.outbox.pending) == (0, 0)


def test_two_processes_saving_one_new_story_make_one_article(place: Place) -> None:
    stores = [place.open(), place.open()]
    for round_number in range(8):
        urls = [f"https://paper.example/{round_number}/{n}" for n in range(2)]
        canonical = f"https://paper.example/story-{round_number}"
        add_urls(stores[0], *urls)
        results = [make_result(row_of(stores[0], url), make_story(url), canonical_url=canonical) for url in urls]
        start = Barrier(2)
        saved: Saves = []

        def save(one: Store, result: FetchResult, start: Barrier = start, saved: Saves = saved) -> None:
            start.wait(timeout=600)
            saved.extend(one.saver.save([result]))

        threads = [Thread(target=save, args=each) for each in zip(stores, results, strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=600)
        assert len({one.article_id for one in saved if one}) == 1
        assert len(saved) == 2
    assert stores[0].counts(now=NOW).articles == 8


def test_a_newer_extraction_replaces_what_was_read_and_tells_the_index(store: Store) -> None:
    saved = fetch_story(store, PAGE, make_story("Storm READ MORE"))
    fetch_story(store, PAGE, make_story("Flood READ MORE"), at=after(hours=1))
    deliver(store)
    assert saved.article_id is not None
    for version, title in ((1, "Storm"), (2, "Flood")):
        story: Article = make_story(title)
        store.saver.replace_version(
            saved.article_id, version, story, content_digest=content_digest(story), extractor_version="2", now=NOW
        )
    assert version_titles(store, saved.article_id) == ["Storm", "Flood"]
    assert {version.extractor_version for version in store.articles.versions(saved.article_id)} == {"2"}
    assert outbox_of(store) == [(saved.article_id, FIRST_REVISION + 2, False)]
    assert fetch_story(store, PAGE, make_story("Flood"), at=after(hours=2)).outcome is Outcome.UNCHANGED


def test_text_that_no_database_takes_as_it_is_is_stored_all_the_same(store: Store) -> None:
    story = make_story("Nul \x00 and RTL \u202e", "half \ud800 a pair", "\ufeffmark")
    saved = fetch_story(store, PAGE, story)
    assert saved.article_id is not None
    view = store.articles.get(saved.article_id)
    assert view is not None
    assert view.stored.article.title.startswith("Nul ")


def test_the_first_archived_place_of_a_payload_is_told(store: Store) -> None:
    story = make_story()
    fetch_story(store, PAGE, story)
    fetch_story(store, PAGE, story, at=after(hours=1))
    digest = row_of(store, PAGE).payload_digest
    assert digest is not None
    known = store.receipts.known_payloads([digest, "sha256:00"])
    assert list(known) == [digest]
    assert (known[digest].url, known[digest].fetched_at) == (PAGE, NOW)


def test_live_articles_are_walked_in_order_of_their_ids(store: Store) -> None:
    for n in range(7):
        fetch_story(store, f"https://paper.example/{n}", make_story(str(n)))
    seen: list[str] = []
    while page := store.articles.iterate_live(after_id=seen[-1] if seen else "", limit=3):
        seen += [stored.id for stored in page]
    assert seen == sorted(set(seen))
    assert len(seen) == store.articles.count_live() == 7


def test_a_reader_sees_one_moment_while_another_writes(place: Place) -> None:
    store = place.open()
    fetch_story(store, PAGE, make_story("One"))
    database: Database = place.database()
    with database.read() as connection:
        first = connection.execute(sa.select(article.c.version)).scalar_one()
        fetch_story(store, PAGE, make_story("Two"), at=after(hours=1))
        assert connection.execute(sa.select(article.c.version)).scalar_one() == first == 1
    with database.read() as connection:
        assert connection.execute(sa.select(article.c.version)).scalar_one() == 2
