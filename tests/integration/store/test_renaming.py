"""A source that takes another id keeps all that is known of it. Runs on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from news.fetch import UrlKind
from news.triggers import Trigger
from store.schema import metadata, revisit_habits
from store.service import Store
from store.upkeep import renaming
from tests.support.stores import NOW, Place, add_urls, after, fetch_story, make_story

FEED, STORY = "https://paper.example/feed", "https://paper.example/a"


def of_sources(place: Place) -> dict[str, set[str]]:
    """The ids that each table names."""
    with place.database().read() as connection:
        return {
            table.name: set(connection.execute(sa.select(table.c.source_id)).scalars())
            for table in metadata.sorted_tables
            if "source_id" in table.c
        }


def test_all_that_was_kept_goes_on_under_the_new_id_and_the_index_is_told(store: Store, place: Place) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    fetch_story(store, STORY, make_story(url=STORY), next_due_at=after(hours=1))
    store.runs.start("paper", Trigger.CLI, now=NOW)
    store.slots.fire("paper", NOW, missed_count=0, now=NOW)
    store.outbox.delivered([(item.article_id, item.revision) for item in store.outbox.pending(limit=9, now=NOW)])

    assert store.renaming.rename("paper", "gazette", now=NOW) == 1
    assert {ids for found in of_sources(place).values() for ids in found} == {"gazette"}
    (told,) = store.outbox.pending(limit=9, now=NOW)
    assert told.stored is not None
    assert told.stored.source_id == "gazette"
    due = store.frontier.take("gazette", 2, limit=9, now=after(hours=2))
    assert {row.url for row in due} == {FEED, STORY}
    assert store.renaming.rename("paper", "gazette", now=NOW) == 0


def test_what_the_new_id_learned_meanwhile_gives_way_and_others_stay(store: Store, place: Place) -> None:
    for missed_count, source_id in enumerate(("paper", "gazette", "sister")):
        store.slots.fire(source_id, NOW, missed_count=missed_count, now=NOW)
        with place.database().write() as connection:
            habits = {"source_id": source_id, "record": {"of": source_id}, "updated_at": NOW}
            connection.execute(sa.insert(revisit_habits).values(**habits))
    for source_id in ("paper", "gazette"):
        store.pauses.pause(source_id, now=NOW)
    store.renaming.rename("paper", "gazette", now=NOW)
    assert set(store.pauses.all()) == {"gazette"}
    assert of_sources(place)["slot"] == of_sources(place)["revisit_habits"] == {"gazette", "sister"}
    (slot,) = store.slots.recent("gazette", limit=9)
    assert slot.missed_count == 0  # as it was for "paper"


def test_a_large_source_is_renamed_in_parts(store: Store, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "CHUNK", 2)
    monkeypatch.setattr(renaming, "URLS_CHUNK", 2)
    for number in range(5):
        fetch_story(store, f"https://paper.example/{number}", make_story())
    assert store.renaming.rename("paper", "gazette", now=NOW) == 5
    assert of_sources(place)["url"] == of_sources(place)["article"] == {"gazette"}
