"""Copies at the command line, in a record that was made before newsdex looked for any."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema import copy_band, copy_link, copy_sketch
from store.service import Store
from store.sql.database import Database, sqlite_url
from tests.support.commands import Commands
from tests.support.stores import NOW, after, fetch_story, make_story
from tests.support.texts import paragraphs_of

TABLES = (copy_sketch, copy_band, copy_link)


def test_reindex_places_the_articles_of_before_and_searches_show_a_text_once(commands: Commands) -> None:
    data = commands.home / "data"
    store = Store.open(data, max_archive_file_bytes=1 << 20)
    for number, name in enumerate(("first", "second")):
        story = make_story(f"Ferries {name}", *paragraphs_of(1), published_at=after(minutes=number))
        fetch_story(store, f"https://paper.example/{name}", story, at=NOW)
    store.close()
    database = Database(sqlite_url(data / "newsdex.sqlite"))
    with database.write() as connection:
        for table in TABLES:
            connection.execute(sa.delete(table))
    database.close()

    assert commands.json("reindex") == {"documents": 2}
    once = commands.say("search", "ferries")
    assert "1 article in" in once.stdout
    assert "Ferries first" in once.stdout
    assert "\n  1 copy\n" in once.stdout
    assert commands.json("search", "ferries", "--no-collapse")["total"] == 2
    shown = commands.json("show", "https://paper.example/second")
    first, second = shown["copies"]["copies"]
    assert (first["url"], second["url"]) == ("https://paper.example/first", "https://paper.example/second")
    assert (shown["copies"]["earliest"], shown["article"]["id"]) == (first["id"], second["id"])
    assert "copy at paper" in commands.say("show", "https://paper.example/second").stdout
