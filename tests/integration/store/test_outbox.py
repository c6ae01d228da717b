"""What the index still has to be told. Runs on both databases."""

from __future__ import annotations

from threading import Thread

from news.index import first_revision
from store.outbox import RETRY_BASE_SECONDS, RETRY_CAP_SECONDS
from store.records import Undelivered
from store.service import Store
from tests.support.stores import FIRST_REVISION, NOW, Place, after, deliver, fetch_story, make_story


def publish(store: Store, name: str, text: str = "One.", *, at_minute: int = 0) -> str:
    saved = fetch_story(store, f"https://paper.example/{name}", make_story(name, text), at=after(minutes=at_minute))
    assert saved.article_id is not None
    return saved.article_id


def undelivered(article_id: str, reason: str) -> Undelivered:
    return Undelivered(article_id=article_id, revision=FIRST_REVISION, reason=reason)


def pending_ids(store: Store, *, seconds: float = 0, limit: int = 100) -> list[str]:
    return [item.article_id for item in store.outbox.pending(limit=limit, now=after(seconds=seconds))]


def test_entries_come_oldest_first_each_with_its_article_as_it_is_now(store: Store) -> None:
    ids = [publish(store, name, at_minute=minute) for minute, name in ((2, "b"), (1, "a"), (3, "c"))]
    publish(store, "a", "Two.", at_minute=2)
    items = store.outbox.pending(limit=2, now=after(hours=1))
    assert {item.article_id for item in items} == {ids[0], ids[1]}
    assert {item.article_id: item.revision for item in items} == {
        ids[0]: first_revision(after(minutes=2)),
        ids[1]: first_revision(after(minutes=1)) + 1,
    }
    assert {item.stored.article.text for item in items if item.stored} == {"One.", "Two."}
    assert pending_ids(store, seconds=0) == []
    assert store.outbox.counts().oldest_at == after(minutes=2)


def test_a_confirmed_revision_is_forgotten(store: Store) -> None:
    article_id = publish(store, "a")
    assert deliver(store) == [(article_id, FIRST_REVISION)]
    assert pending_ids(store) == []
    deliver(store)
    assert store.outbox.counts().pending == 0


def test_a_newer_revision_survives_the_confirmation_of_an_older(store: Store) -> None:
    article_id = publish(store, "a")
    publish(store, "a", "Two.", at_minute=1)
    store.outbox.delivered([(article_id, FIRST_REVISION)])
    (item,) = store.outbox.pending(limit=9, now=after(minutes=2))
    assert (item.article_id, item.revision) == (article_id, FIRST_REVISION + 1)


def test_postponed_entries_wait_twice_as_long_each_time_up_to_a_cap(store: Store) -> None:
    article_id = publish(store, "a")
    at = 0.0
    waits = []
    for _ in range(12):
        store.outbox.postpone([undelivered(article_id, "busy")], now=after(seconds=at))
        wait = next(w for w in (RETRY_BASE_SECONDS * 2**n for n in range(20)) if pending_ids(store, seconds=at + w))
        waits.append(wait)
        at += wait
    assert waits[:3] == [RETRY_BASE_SECONDS, 2 * RETRY_BASE_SECONDS, 4 * RETRY_BASE_SECONDS]
    store.outbox.postpone([undelivered(article_id, "busy")], now=after(seconds=at))
    assert pending_ids(store, seconds=at + RETRY_CAP_SECONDS - 1) == []
    assert pending_ids(store, seconds=at + RETRY_CAP_SECONDS) == [article_id]


def test_a_new_revision_does_not_wait_for_the_backoff_of_the_old(store: Store) -> None:
    article_id = publish(store, "a")
    for _ in range(9):
        store.outbox.postpone([undelivered(article_id, "busy")], now=NOW)
    publish(store, "a", "Two.")
    assert pending_ids(store) == [article_id]
    store.outbox.postpone([undelivered(article_id, "late answer of the old one")], now=NOW)
    assert pending_ids(store) == [article_id]


def test_dead_letters_are_kept_with_their_reason_and_not_offered(store: Store) -> None:
    bad, good = publish(store, "bad"), publish(store, "good")
    store.outbox.give_up([undelivered(bad, "field title: too long")])
    assert pending_ids(store, seconds=1e6) == [good]
    counts = store.outbox.counts()
    assert (counts.pending, counts.dead) == (1, 1)
    assert store.outbox.dead(limit=9) == [(bad, "field title: too long")]


def test_a_newer_revision_of_an_article_that_was_given_up_is_tried(store: Store) -> None:
    article_id = publish(store, "a")
    store.outbox.give_up([undelivered(article_id, "no")])
    publish(store, "a", "Two.")
    store.outbox.give_up([undelivered(article_id, "late answer of the old one")])
    assert pending_ids(store) == [article_id]


def test_what_was_given_up_can_be_tried_again(store: Store) -> None:
    article_id = publish(store, "a")
    store.outbox.give_up([undelivered(article_id, "no")])
    assert store.outbox.enqueue([article_id], now=NOW) == 1
    assert pending_ids(store) == [article_id]


def test_enqueue_raises_the_revision_of_live_articles(store: Store) -> None:
    ids = {publish(store, name) for name in "abc"}
    deliver(store)
    assert store.outbox.enqueue([*ids, "unknown"], now=NOW) == 3
    assert {(item.article_id, item.revision) for item in store.outbox.pending(limit=9, now=NOW)} == {
        (article_id, FIRST_REVISION + 1) for article_id in ids
    }


def test_a_drain_and_a_crawl_writing_the_same_articles_do_not_hinder_each_other(place: Place) -> None:
    crawl, drain = place.open(), place.open()
    names = [f"n{n}" for n in range(12)]
    for name in names:
        publish(crawl, name)
    errors: list[BaseException] = []

    def drain_until_done() -> None:
        try:
            for _ in range(40):
                deliver(drain, at=after(days=1))
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=drain_until_done)
    thread.start()
    for revision in range(4):
        for name in reversed(names):
            publish(crawl, name, f"Text {revision}.", at_minute=revision)
    thread.join(timeout=600)
    assert errors == []
    deliver(drain, at=after(days=1))
    assert crawl.outbox.counts().pending == 0
