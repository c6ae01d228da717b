"""A source that is removed takes its articles along from record, index and archive, and others keep theirs."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from config.settings import EngineSettings
from indexer.drain import drain
from indexer.engines.factory import make_engine
from news.crawl_ends import FinishReason
from news.fetch import Outcome, UrlKind
from news.requests import RequestKind, RequestScope
from news.triggers import Trigger
from store.archive.check import Checked, check_archive
from store.archive.names import archive_files
from store.archive.records import article_fields
from store.forgetting import source_rows
from store.forgetting.journals import begun_in
from store.schema import article, url
from store.service import Store
from tests.integration.archive.test_forgetting import Killed, archived, texts_of
from tests.support.archives import warcio_says
from tests.support.fetching import fetch_page, fetched
from tests.support.stores import NOW, Place, add_urls, after, deliver, make_story

FEED = "https://paper.example/feed.xml"
COPY = "https://gazette.example/copy"
TOLD = [f"Sentence number {n} of a report that both papers print in the same words." for n in range(40)]
STEPS = ["journal", "file", "articles", "urls", "record"]


def filled(store: Store) -> str:
    """Three articles of "paper" with a history, and a copy of one of them in "gazette"; the copy's id."""
    add_urls(store, FEED, kind=UrlKind.FEED)
    for number in range(3):
        paragraphs = TOLD if number == 0 else (f"Only the paper told story {number}.",)
        fetch_page(store, f"https://paper.example/{number}", make_story(f"Scoop {number}", *paragraphs))
    fetch_page(
        store, "https://paper.example/1", make_story("Scoop 1", "Only the paper corrected it."), at=after(hours=1)
    )
    add_urls(store, "https://paper.example/waits")
    store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=after(hours=1))
    run_id = store.runs.start("paper", Trigger.CLI, now=NOW)
    store.runs.finish(run_id, reason=FinishReason.FINISHED, counts={}, now=NOW)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    copy = make_story("Told elsewhere", *TOLD, url=COPY)
    saved = fetch_page(store, COPY, copy, at=after(hours=2), source_id="gazette")
    return saved.article_id or ""


def remove(store: Store, **options: object) -> object:
    return store.forgetting.sources.remove("paper", now=after(days=1), **options)  # type: ignore[arg-type]  # those of `remove`, passed on


def assert_only_gazette(place: Place, store: Store, copy_id: str) -> None:
    told = texts_of(store)
    assert "paper" not in told.replace("both papers", "")
    assert "Only the paper" not in archived(place.folder)
    assert "paper.example" not in archived(place.folder)
    view = store.articles.get(copy_id)
    assert view is not None
    assert view.stored.article.title == "Told elsewhere"
    assert store.copies.of(copy_id) == []
    warcs = archive_files(place.folder / "archive")
    assert list(check_archive(place.folder / "archive", warcs, store.receipts.places(), Checked())) == []
    assert [warcio_says(warc) for warc in warcs] == [(0, "")]
    assert begun_in(place.folder) == []


def test_all_of_it_goes_and_a_copy_of_another_source_stays(place: Place) -> None:
    store = place.open()
    copy_id = filled(store)
    assert len(store.copies.of(copy_id)) == 2
    deliver(store, at=after(hours=5))
    store.archive.close()

    held = store.forgetting.sources.holdings("paper")
    assert (held.articles, held.versions, held.urls) == (3, 4, 5)
    done = store.forgetting.sources.remove("paper", now=after(days=1))

    assert (done.article_count, done.version_count, done.record_count, done.file_count) == (3, 4, 12, 1)
    told = store.outbox.pending(limit=9, now=after(days=2))
    assert [(item.article_id, item.stored is None) for item in told].count((copy_id, False)) == 1
    assert sum(item.stored is None for item in told) == 3  # the index is told that they are gone
    deliver(store, at=after(days=2))
    assert_only_gazette(place, store, copy_id)
    assert not (place.folder / "forgotten.txt").exists()  # no address is barred


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies_after_any_step_is_followed_by_one_that_finishes(
    place: Place, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_rows, "ARTICLES_AT_ONCE", 2)
    monkeypatch.setattr(source_rows, "URLS_AT_ONCE", 1)
    store = place.open()
    copy_id = filled(store)
    store.archive.close()

    def dies(at: str) -> None:
        if at == step:
            raise Killed

    with pytest.raises(Killed):
        remove(store, on_step=dies)
    again = place.open()
    assert len(again.forgetting.finish_begun()) == 1
    deliver(again, at=after(days=2))
    assert_only_gazette(place, again, copy_id)
    assert again.forgetting.finish_begun() == []


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_file_in_which_nothing_is_left_is_deleted(place: Place) -> None:
    store = place.open()
    fetch_page(store, "https://paper.example/1", make_story("Alone"))
    store.archive.close()
    fetch_page(store, "https://paper.example/2", make_story("Being written"), at=after(hours=1))
    assert len(archive_files(place.folder / "archive")) == 2
    remove(store)
    (left,) = archive_files(place.folder / "archive")
    assert left.name.endswith(".open")


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_what_came_after_it_was_begun_stays(place: Place) -> None:
    """The source was added again before a killed removal is finished."""
    store = place.open()
    filled(store)

    def dies(at: str) -> None:
        raise Killed

    with pytest.raises(Killed):
        remove(store, on_step=dies)
    new = fetch_page(store, "https://paper.example/new", make_story("New"), at=after(days=2))
    assert store.forgetting.finish_begun(goes_on=lambda: False) == []
    assert len(store.forgetting.finish_begun()) == 1
    with place.database().read() as connection:
        mine = sa.select(article.c.id).where(article.c.source_id == "paper")
        assert list(connection.execute(mine).scalars()) == [new.article_id]
    assert "paper.example/new" in archived(place.folder)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_it_may_be_added_again_and_the_index_takes_its_articles(place: Place) -> None:
    """An address gives the article the id that it had, of which the index knows a later revision than the first."""
    store, engine = place.open(), make_engine(EngineSettings(), folder=place.folder / "index")
    filled(store)
    engine.open()
    drain(store.outbox, engine, clock=lambda: after(hours=4))
    remove(store)
    drain(store.outbox, engine, clock=lambda: after(days=1))
    again = fetch_page(store, "https://paper.example/1", make_story("Scoop 1", "Once more."), at=after(days=2))
    assert again.outcome is Outcome.NEW_ARTICLE
    drain(store.outbox, engine, clock=lambda: after(days=2))
    assert again.article_id in engine.revisions([again.article_id or ""])
    engine.close()


def test_what_leads_to_an_article_of_another_source_goes_to_that_one(place: Place) -> None:
    store = place.open()
    copy_id = filled(store)
    with place.database().write() as connection:
        leads = sa.update(url).where(url.c.url == "https://paper.example/waits")
        connection.execute(leads.values(article_id=copy_id))
        first = sa.select(article.c.id).where(article.c.url == "https://paper.example/2").scalar_subquery()
        merged = {"state": "merged", "merged_into": copy_id}
        connection.execute(sa.update(article).where(article.c.id == first).values(**merged))
    remove(store)
    with place.database().read() as connection:
        rows = connection.execute(sa.select(url.c.url, url.c.source_id).where(url.c.article_id == copy_id)).all()
        assert {row.url for row in rows} >= {"https://paper.example/waits", COPY}
        assert {row.source_id for row in rows} == {"gazette"}
        kept = connection.execute(sa.select(article.c.source_id, article.c.merged_into)).all()
        assert {tuple(row) for row in kept} == {("gazette", None), ("gazette", copy_id)}


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_pages_that_were_archived_and_never_saved_go_and_those_of_a_renamed_source_stay(place: Place) -> None:
    store = place.open()
    filled(store)
    lost = fetched(store, "https://paper.example/lost", make_story("Lost", "Nobody saved it."), at=after(hours=3))
    assert lost.exchange is not None
    store.archive.append_response(lost.exchange, article_fields(lost.result.row, "f" * 32))
    store.renaming.rename("paper", "herald", now=after(hours=3))  # its archive says "paper" still
    fetch_page(store, "https://paper.example/again", make_story("Again"), at=after(hours=4))
    store.archive.close()
    assert "Nobody saved it" in archived(place.folder)

    remove(store)

    assert "Nobody saved it" not in archived(place.folder)
    assert "Only the paper told story 2" in archived(place.folder)
    assert "herald" in {row.source_id for row in map(store.frontier.row_at, [FEED]) if row}
    store.forgetting.sources.remove("herald", now=after(days=2))
    assert "Only the paper" not in archived(place.folder)
