"""Clusters of copies as articles come, change and go. Runs on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa

from news.clusters import Standing
from news.copies import Likeness, likeness
from news.fetch import Outcome, UrlState
from news.shingles import Sketch, sketch_of
from scheduler.housekeeping import place_older_copies
from store.copies.sketches import MAX_CANDIDATES, Placed, leave, place, place_new
from store.records import SavedFetch
from store.schema import copy_band, copy_link, copy_sketch
from store.service import Store
from store.sql.database import Database
from tests.support.stores import (
    FIRST_REVISION,
    NOW,
    Place,
    after,
    deliver,
    fetch_story,
    make_result,
    make_story,
    row_of,
)
from tests.support.texts import paragraphs_of, text_of

EARLIEST, FIRST, REPEATED = Standing


def save(store: Store, name: str, paragraphs: list[str], *, minutes: int, title: str = "Headline") -> SavedFetch:
    """A story that was published so many minutes after NOW."""
    story = make_story(title, *paragraphs, published_at=NOW + timedelta(minutes=minutes))
    return fetch_story(store, f"https://paper.example/{name}", story, at=after(minutes=minutes))


def members(store: Store, article_id: str | None) -> list[tuple[str, Standing]]:
    return [(one.url.rsplit("/", 1)[1], one.standing) for one in store.copies.of(article_id or "")]


def test_copies_form_a_cluster_led_by_the_earliest(store: Store) -> None:
    text = paragraphs_of(1)
    later = save(store, "later", text, minutes=9)
    cut = save(store, "cut", text[:3], minutes=20)
    earlier = save(store, "earlier", [*text, *paragraphs_of(5, count=1)], minutes=5)
    other = save(store, "other", paragraphs_of(2), minutes=7)
    assert members(store, cut.article_id) == [("earlier", EARLIEST), ("later", REPEATED), ("cut", REPEATED)]
    assert members(store, other.article_id) == []
    ids = [str(saved.article_id) for saved in (earlier, later, cut, other)]
    assert store.copies.counts(ids) == dict.fromkeys(ids[:3], 2)


def test_an_article_that_joins_has_the_others_told_to_the_index_with_it(store: Store) -> None:
    first = save(store, "first", paragraphs_of(1), minutes=5)
    deliver(store, at=after(hours=1))
    save(store, "second", paragraphs_of(1), minutes=2)
    pending = {item.article_id: item.stored for item in store.outbox.pending(limit=10, now=after(hours=1))}
    placed = pending[str(first.article_id)]
    assert len(pending) == 2
    assert placed is not None
    assert placed.cluster is not None
    assert placed.cluster.standing is REPEATED


def test_an_earlier_copy_has_only_the_one_it_follows_told_to_the_index_with_it(store: Store) -> None:
    text = paragraphs_of(1)
    first = save(store, "first", text, minutes=5)
    for minutes in (6, 7, 8):
        save(store, f"later{minutes}", text, minutes=minutes)
    deliver(store, at=after(hours=1))
    earlier = save(store, "earlier", text, minutes=2)
    told = {item.article_id for item in store.outbox.pending(limit=10, now=after(hours=1))}
    assert told == {first.article_id, earlier.article_id}
    assert [name for name, _ in members(store, first.article_id)] == ["earlier", "first", "later6", "later7", "later8"]


def test_a_copy_that_began_a_cluster_leaves_it_and_begins_another(store: Store) -> None:
    text, other = paragraphs_of(1), paragraphs_of(2)
    first = save(store, "first", text, minutes=1)
    second = save(store, "second", text, minutes=2)
    save(store, "third", text, minutes=3)
    save(store, "first", other, minutes=90)
    save(store, "fourth", other, minutes=95)
    assert members(store, second.article_id) == [("second", EARLIEST), ("third", REPEATED)]
    assert members(store, first.article_id) == [("first", EARLIEST), ("fourth", REPEATED)]


def test_an_edit_that_makes_it_another_story_takes_an_article_out(store: Store) -> None:
    first = save(store, "first", paragraphs_of(1), minutes=1)
    save(store, "second", paragraphs_of(1), minutes=2)
    save(store, "third", paragraphs_of(1), minutes=3)
    deliver(store, at=after(hours=1))
    save(store, "first", paragraphs_of(2), minutes=90)
    assert members(store, first.article_id) == []
    second = store.articles.id_at("https://paper.example/second")
    assert members(store, second) == [("second", EARLIEST), ("third", REPEATED)]
    told = {item.article_id for item in store.outbox.pending(limit=10, now=after(hours=9))}
    assert told == {first.article_id, second, store.articles.id_at("https://paper.example/third")}


def test_versions_of_one_article_are_no_copies(store: Store) -> None:
    save(store, "story", paragraphs_of(1), minutes=1)
    edited = save(store, "story", [*paragraphs_of(1), "One more sentence."], minutes=30)
    assert edited.version == 2
    assert members(store, edited.article_id) == []


def test_a_text_too_short_to_be_judged_has_no_copies(store: Store) -> None:
    save(store, "one", ["Breaking: more follows."], minutes=1)
    other = save(store, "other", ["Breaking: more follows."], minutes=2)
    assert members(store, other.article_id) == []


def test_a_new_time_of_publication_moves_an_article_among_its_copies(store: Store) -> None:
    save(store, "first", paragraphs_of(1), minutes=5)
    save(store, "second", paragraphs_of(1), minutes=6)
    moved = make_story("New", *paragraphs_of(1), published_at=after(minutes=50))
    found = fetch_story(store, "https://paper.example/first", moved, at=after(minutes=55))
    assert members(store, found.article_id) == [("second", EARLIEST), ("first", REPEATED)]


def test_a_removed_article_leaves_its_copies_until_it_is_back(store: Store) -> None:
    url = "https://paper.example/first"
    first = save(store, "first", paragraphs_of(1), minutes=1)
    second = save(store, "second", paragraphs_of(1), minutes=2)
    gone = {"outcome": Outcome.GONE, "status": 410, "state": UrlState.GONE, "is_removal": True}
    store.saver.save([make_result(row_of(store, url), fetched_at=after(days=2), **gone)])
    assert members(store, second.article_id) == []
    save(store, "first", paragraphs_of(1), minutes=3000)
    assert {name for name, _ in members(store, first.article_id)} == {"first", "second"}


def test_an_article_merged_in_the_transaction_that_made_it_is_no_copy_of_the_one_it_became(store: Store) -> None:
    text = paragraphs_of(1)
    names = ("one", "two", "three")
    rows = [row_of(store, f"https://paper.example/{name}") for name in names]
    story = make_story("Headline", *text, published_at=NOW)
    both = {"canonical_url": rows[0].url, "redirected_to": rows[1].url}  # says that the two are one
    saved = store.saver.save([make_result(row, story, **(both if row is rows[2] else {})) for row in rows])
    first = saved[0]
    assert first is not None
    assert members(store, first.article_id) == []
    assert store.copies.counts([str(first.article_id)]) == {}


def test_copies_that_come_in_one_transaction_are_told_to_the_index_once(store: Store) -> None:
    names = ("one", "two", "three")
    rows = [row_of(store, f"https://paper.example/{name}") for name in names]
    stories = [make_story(name, *paragraphs_of(1), published_at=after(minutes=n)) for n, name in enumerate(names)]
    store.saver.save([make_result(row, story) for row, story in zip(rows, stories, strict=True)])
    found = {
        item.revision: item.stored.cluster.standing
        for item in store.outbox.pending(limit=9, now=after(hours=1))
        if item.stored is not None and item.stored.cluster is not None
    }
    assert set(found) == {FIRST_REVISION}
    assert members(store, store.articles.id_at(rows[0].url)) == [
        ("one", EARLIEST),
        ("two", REPEATED),
        ("three", REPEATED),
    ]


def test_articles_of_before_are_placed_afterwards(place: Place) -> None:
    store = place.open()
    one = save(store, "one", paragraphs_of(1), minutes=1)
    save(store, "two", paragraphs_of(1), minutes=2)
    save(store, "three", paragraphs_of(3), minutes=3)
    with place.database().write() as connection:
        for table in (copy_sketch, copy_band, copy_link):
            connection.execute(sa.delete(table))
    deliver(store, at=after(hours=1))
    assert members(store, one.article_id) == []

    done, after_id = 0, ""
    while placed := store.copies.fill(after_id=after_id, now=after(hours=2), limit=1):
        done, after_id = done + len(placed), placed[-1]
    assert done == 3
    assert members(store, one.article_id) == [("one", EARLIEST), ("two", REPEATED)]
    assert len(store.outbox.pending(limit=10, now=after(hours=3))) == 2
    assert store.copies.fill(now=after(hours=3)) == []


def test_a_stopping_daemon_leaves_the_rest_for_the_next_time(place: Place) -> None:
    store = place.open()
    saved = save(store, "one", paragraphs_of(1), minutes=1)
    with place.database().write() as connection:
        for table in (copy_sketch, copy_band):
            connection.execute(sa.delete(table))
    looks = iter([True, False])
    assert place_older_copies(store, "", now=lambda: NOW, goes_on=lambda: False) == ""
    assert place_older_copies(store, "", now=lambda: NOW, goes_on=lambda: next(looks)) == saved.article_id
    assert place_older_copies(store, saved.article_id or "", now=lambda: NOW, goes_on=lambda: True) is None


def placed(name: str, text: str) -> Placed:
    """A text by the name of its article, at a source of its first letter."""
    return Placed(article_id=name, source_id=name[0], sketch=sketch_of(text), seniority=int(name[1:]))


def put(database: Database, texts: Iterable[tuple[str, str]]) -> None:
    with database.write() as connection:
        for name, text in texts:
            place(connection, placed(name, text), NOW)


def clusters(database: Database) -> set[tuple[tuple[str, int], ...]]:
    """Every cluster as its members with their standings."""
    query = sa.select(copy_sketch).where(copy_sketch.c.cluster_id.is_not(None)).order_by(copy_sketch.c.seniority)
    found: dict[str, list[tuple[str, int]]] = {}
    with database.read() as connection:
        for row in connection.execute(query):
            found.setdefault(row.cluster_id, []).append((row.article_id, row.standing))
    return set(map(tuple, found.values()))


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sketches without articles: nobody to tell."""
    monkeypatch.setattr("store.copies.clusters.raise_revisions", lambda *given: None)


@pytest.mark.usefixtures("quiet")
def test_clusters_do_not_depend_on_the_order_in_which_articles_come(tmp_path: Path) -> None:
    texts = []
    for story in range(5):
        parts = paragraphs_of(story)
        forms = [parts, parts[:3], parts[3:], [*parts[::-1]], [*parts[:4], *paragraphs_of(story + 1)[:4]]][: story + 1]
        texts += [(f"{'abc'[n % 3]}{story * 10 + n}", text_of(form)) for n, form in enumerate(forms)]
    at, seen = Place(tmp_path, None), []
    at.open()
    database = at.database()
    for seed in range(5):
        chance = random.Random(seed)
        order = chance.sample(texts, len(texts))
        left = iter(order)
        while some := [placed(*each) for each in islice(left, chance.choice([1, 2, 7]))]:
            with database.write() as connection:
                place_new(connection, some, NOW)
        put(database, [(name, text_of(paragraphs_of(100 + seed))) for name, _ in order[:8]])  # edited,
        put(database, order[:8])  # and edited back
        seen.append(clusters(database))
        with database.write() as connection:
            for name, _ in order:
                leave(connection, name, NOW)
        assert clusters(database) == set()
    at.close()
    assert len(seen[0]) == 4
    assert all(each == seen[0] for each in seen)


def changed_at_random(chance: random.Random, database: Database, state: dict[str, Placed]) -> None:
    """Remove an article, give one another text or time, or add some; all of three stories, in whole or in part."""
    stories = [paragraphs_of(story) for story in range(3)]
    forms = [*stories, stories[0][:3], stories[0][3:], [*stories[0], *stories[1]], [*stories[1][:4], *stories[2][:5]]]

    def some(name: str) -> Placed:
        return replace(placed(name, text_of(chance.choice(forms))), seniority=chance.randrange(10**6))

    known, what = sorted(state), chance.random()
    with database.write() as connection:
        if known and what < 0.2:
            name = chance.choice(known)
            del state[name]
            leave(connection, name, NOW)
        elif known and what < 0.5:
            name = chance.choice(known)
            state[name] = some(name)
            place(connection, state[name], NOW)
        else:
            new = [some(f"{chance.choice('abc')}{chance.randrange(10**9)}") for _ in range(chance.choice([1, 1, 3]))]
            state.update((each.article_id, each) for each in new)
            place_new(connection, new, NOW)


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("seed", range(4))
def test_whatever_happened_the_clusters_are_those_of_the_articles_as_they_are(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    lived, fresh = (Place(tmp_path / name, None) for name in ("lived", "fresh"))
    for one in (lived, fresh):
        one.open()
    state: dict[str, Placed] = {}
    for step in range(24):
        changed_at_random(chance, lived.database(), state)
        if step % 6 == 5:
            with fresh.database().write() as connection:
                place_new(connection, list(state.values()), NOW)
            found = clusters(fresh.database())
            assert clusters(lived.database()) == found
            with fresh.database().write() as connection:
                for name in state:
                    leave(connection, name, NOW)
    assert found
    for one in (lived, fresh):
        one.close()


@pytest.mark.usefixtures("quiet")
def test_what_one_article_held_together_falls_apart_without_it(place: Place) -> None:
    place.open()
    database = place.database()
    one, two = paragraphs_of(1), paragraphs_of(2)
    put(database, [("c0", text_of([*one, *two]))])
    put(database, [("a1", text_of(one)), ("b2", text_of(one)), ("a3", text_of(two)), ("b4", text_of(two))])
    assert clusters(database) == {(("c0", 0), ("a1", 1), ("b2", 1), ("a3", 2), ("b4", 2))}
    with database.write() as connection:
        leave(connection, "c0", NOW)
    assert clusters(database) == {(("a1", 0), ("b2", 1)), (("a3", 0), ("b4", 1))}
    with database.write() as connection:
        leave(connection, "a1", NOW)
    assert clusters(database) == {(("a3", 0), ("b4", 1))}
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(copy_sketch)).scalar_one() == 3


@pytest.mark.usefixtures("quiet")
def test_a_round_up_does_not_make_its_stories_copies_of_one_another(place: Place) -> None:
    place.open()
    database = place.database()
    one, two = paragraphs_of(1), paragraphs_of(2)
    put(
        database,
        [("a1", text_of(one)), ("b2", text_of(two)), ("c3", text_of([*one[:4], *two[:5]])), ("d4", text_of(two))],
    )
    assert clusters(database) == {(("a1", 0),), (("b2", 0), ("c3", 1), ("d4", 1))} - {(("a1", 0),)}


@pytest.mark.usefixtures("quiet")
def test_a_page_that_hundreds_share_costs_the_last_no_more_than_the_tenth(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.open()
    database = place.database()
    compared: list[int] = []

    def counted(one: Sketch, other: Sketch) -> Likeness:
        compared.append(1)
        return likeness(one, other)

    monkeypatch.setattr("store.copies.sketches.likeness", counted)
    text, counts = text_of(paragraphs_of(1)), []
    for number in range(50):
        compared.clear()
        put(database, [(f"a{number}", text)])
        counts.append(len(compared))
    assert counts[:3] == [0, 1, 2]
    assert max(counts) == MAX_CANDIDATES
    assert [len(each) for each in clusters(database)] == [50]
    with database.read() as connection:
        links = connection.execute(sa.select(sa.func.count()).select_from(copy_link)).scalar_one()
    assert links <= 50 * 2 * MAX_CANDIDATES


def report(day: int) -> str:
    """A day's report of a market, in the same words every day."""
    shares = [f"{share} closed at {day * 1000 + share * 37} after {day * 700 + share * 11}" for share in range(5)]
    frame = (
        "Shares were mixed in thin trading on the exchange of the capital, where dealers said that foreign investors"
        " stayed away before the holidays and that local funds bought selectively among the banks and the builders as"
        " they had done all week. No company was suspended and none reported results, the exchange said in its daily"
        " statement to members."
    )
    return f"{frame} {', '.join(shares)}."


@pytest.mark.usefixtures("quiet")
def test_the_copy_of_a_report_is_found_among_many_in_the_same_words(place: Place) -> None:
    place.open()
    database = place.database()
    days = 3 * MAX_CANDIDATES
    put(database, ((f"a{day}", report(day)) for day in range(days)))
    assert clusters(database) == set(), "each day is a story of its own"
    put(database, [(f"b{days}", report(days - 1)), (f"b{days + 1}", report(days // 2))])
    assert clusters(database) == {
        ((f"a{days - 1}", EARLIEST), (f"b{days}", FIRST)),
        ((f"a{days // 2}", EARLIEST), (f"b{days + 1}", FIRST)),
    }
