"""How much room the record takes. Runs on both databases."""

from __future__ import annotations

from tests.support.stores import Place, after, fetch_story, make_story

URL = "https://paper.example/a"


def test_record_and_archive_are_told_and_what_deleted_rows_left(place: Place) -> None:
    store = place.open()
    for hour in range(9):
        fetch_story(store, URL, make_story("Rain", f"It {hour} rains. " * 2000), at=after(hours=hour))
    sizes = store.sizes()
    assert sizes.record_bytes > 200_000
    assert (sizes.reusable_bytes, sizes.archive_bytes) == (0, 0)
    held = store.forgetting.held(store.articles.id_at(URL), [])
    store.forgetting.forget(held, reason="", now=after(days=1))
    if place.database_url is None:
        assert store.sizes().reusable_bytes > 100_000
