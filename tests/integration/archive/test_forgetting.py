"""What is forgotten is gone from record, index and archive, and nothing brings it back. Runs on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.settings import EngineSettings
from crawler.recording.batch import write_batch
from indexer.drain import drain
from indexer.engines.factory import make_engine
from news.fetch import Outcome, UrlKind
from news.forgetting import address_keys
from news.identity import StoryForms
from news.requests import RequestKind, RequestScope
from store.archive import scrubs
from store.archive.check import Checked, check_archive
from store.archive.index import index_path
from store.archive.names import archive_files
from store.archive.scan import members_of, records_of
from store.backups.backup import back_up
from store.backups.restore import restore
from store.forgetting.forgotten_list import FOLDER, ask_for_sweep, listed_keys
from store.forgetting.rows import BESIDES, OF_NO_ARTICLE, RULES
from store.records import Held, NewUrl
from store.schema import metadata
from store.service import Store
from tests.support.archives import warcio_says
from tests.support.fetching import fetch_page, fetched
from tests.support.stores import NOW, Place, add_urls, after, deliver, make_result, make_story, row_of
from tests.support.warcs import append_about

SECRET = "https://paper.example/secret-affair"
ALIAS = "https://paper.example/s/9"
OTHER = "https://paper.example/harmless"
WORDS = ("Nobody", "was", "there")
STEPS = ["journal", "list", "record", "file", "archive", "end"]


class Killed(BaseException):
    """The process ends here."""


def filled(store: Store) -> str:
    """An article of two versions under two addresses, asked for by name, and another article; the first one's id."""
    first = fetch_page(store, SECRET, make_story("Secret affair", "Nobody was there."))
    fetch_page(store, SECRET, make_story("Secret affair", "Nobody was there at all."), at=after(hours=1))
    fetch_page(
        store, ALIAS, make_story("Secret affair", "Nobody was there at all."), at=after(hours=2), redirected_to=SECRET
    )
    fetch_page(store, OTHER, make_story("Harmless", "Somebody was here."), at=after(hours=3))
    store.requests.create(RequestKind.FETCH, RequestScope(urls=(SECRET,)), now=after(hours=3))
    assert first.article_id is not None
    return first.article_id


def forget(store: Store, article_id: str | None, *addresses: str, on_step: Any = lambda step: None) -> Any:
    held = store.forgetting.held(article_id, addresses)
    return store.forgetting.forget(held, reason="asked by its subject", now=after(days=1), on_step=on_step)


def texts_of(store: Store) -> str:
    """Every value of every table as one text."""
    with store._database.read() as connection:
        tables = (connection.execute(sa.select(table)).all() for table in metadata.sorted_tables)
        return "\n".join(str(row) for rows in tables for row in rows)


def archived(folder: Path) -> str:
    """Everything the archive's files hold, unpacked, their indexes too."""
    members = (m.data or b"" for warc in archive_files(folder / "archive") for m in members_of(warc))
    indexes = (index.read_bytes() for index in folder.glob("archive/*/*.cdxj"))
    return b"".join([*members, *indexes]).decode("utf-8", "replace")


def assert_forgotten(place: Place, store: Store, article_id: str) -> None:
    deliver(store, at=after(days=2))
    for held in (texts_of(store), archived(place.folder), (place.folder / "forgotten.txt").read_text()):
        assert "secret-affair" not in held
        assert "/s/9" not in held
        assert "Nobody was" not in held
    assert article_id not in texts_of(store)
    assert store.counts(now=NOW).articles == 1
    assert list((place.folder / "forgetting").glob("*.json")) == []


def test_it_is_gone_from_record_and_archive_and_the_rest_is_whole(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()

    done = forget(store, article_id)

    assert (done.version_count, done.file_count) == (2, 1)
    assert done.record_count == 9  # two answers and one under the alias, each with its request and whose it is
    assert_forgotten(place, store, article_id)
    warcs = archive_files(place.folder / "archive")
    assert list(check_archive(place.folder / "archive", warcs, store.receipts.places(), seen := Checked())) == []
    assert (seen.scrubbed_count, seen.ref_count) == (9, 1)
    assert [warcio_says(warc) for warc in warcs] == [(0, "")]
    note = (place.folder / "forgotten.txt").read_text().splitlines()
    assert any("versions: 2, archived records: 9, because: asked by its subject" in line for line in note)


def test_a_file_that_is_being_written_is_scrubbed_in_place(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    forget(store, article_id)
    fetch_page(store, "https://paper.example/later", make_story("Later"), at=after(hours=5))
    store.archive.close()
    assert "secret-affair" not in archived(place.folder)
    assert [warcio_says(warc)[0] for warc in archive_files(place.folder / "archive")] == [0]


@pytest.mark.parametrize(("step", "finished"), [*((step, True) for step in STEPS), ("file", False)])
def test_a_process_that_dies_after_any_step_is_followed_by_one_that_finishes(
    place: Place, step: str, finished: bool
) -> None:
    store = place.open()
    article_id = filled(store)
    if finished:
        store.archive.close()

    def dies(at: str) -> None:
        if at == step:
            raise Killed

    with pytest.raises(Killed):
        forget(store, article_id, on_step=dies)
    again = place.open()
    again.forgetting.finish_begun()
    store.archive.close()
    assert_forgotten(place, again, article_id)
    assert again.forgetting.finish_begun() == []


def test_a_file_whose_index_a_dead_process_took_away_has_one_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()

    def dies(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(scrubs, "write_index", dies)  # the file is replaced by then
    with pytest.raises(Killed):
        forget(store, article_id)
    monkeypatch.undo()
    (warc,) = archive_files(place.folder / "archive")
    assert not index_path(warc).exists()
    assert len(store.forgetting.finish_begun()) == 1
    assert index_path(warc).is_file()


def test_what_is_carried_out_for_a_dead_process_is_broken_off_and_finished_later(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()

    def dies(at: str) -> None:
        if at == "record":
            raise Killed

    with pytest.raises(Killed):
        forget(store, article_id, on_step=dies)
    assert store.forgetting.finish_begun(goes_on=lambda: False) == []
    assert "secret-affair" in archived(place.folder)
    assert len(store.forgetting.finish_begun()) == 1
    assert_forgotten(place, store, article_id)


def test_no_file_of_the_record_holds_what_was_forgotten(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path, max_archive_file_bytes=1 << 20)) as store:
        forget(store, filled(store))
        store.archive.close()
        held = b"".join(each.read_bytes() for each in tmp_path.glob("newsdex.sqlite*"))
    assert b"Somebody was here" in held
    for forgotten in (b"secret-affair", b"Nobody was"):
        assert forgotten not in held


def test_the_index_is_told_though_the_article_is_no_more(place: Place) -> None:
    store, engine = place.open(), make_engine(EngineSettings(), folder=place.folder / "index")
    article_id = filled(store)
    engine.open()
    drain(store.outbox, engine, clock=lambda: after(hours=4))
    assert article_id in engine.revisions([article_id])
    forget(store, article_id)
    drain(store.outbox, engine, clock=lambda: after(days=2))
    assert article_id not in engine.revisions([article_id])
    assert store.outbox.counts().pending == 0
    engine.close()


def comebacks(store: Store) -> Iterator[Outcome | None]:
    """Everything that could bring it back."""
    new = [NewUrl(url=url, kind=UrlKind.ARTICLE) for url in (SECRET, "http://www.paper.example/secret-affair/", ALIAS)]
    assert store.frontier.add(new, source_id="paper", found_on=None, now=after(days=3)) == 0
    store.frontier.request(SECRET, source_id="paper", now=after(days=3))
    assert store.frontier.find(SECRET) is None
    story = make_story("Secret affair", "Nobody was there.")
    for fields in ({"redirected_to": SECRET}, {"canonical_url": SECRET}, {"effective_url": SECRET}):
        url = f"https://paper.example/new-{len(fields)}{next(iter(fields))}"
        (saved,) = write_batch(store, [fetched(store, url, story, at=after(days=3), **fields)])
        yield saved.outcome if saved else None


def test_neither_discovery_nor_requests_nor_redirects_bring_it_back(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    forget(store, article_id)
    assert list(comebacks(store)) == [Outcome.FORGOTTEN] * 3
    store.archive.close()
    assert_forgotten(place, store, article_id)


def test_what_is_fetched_while_it_is_forgotten_is_not_kept(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    on_the_way = fetched(store, SECRET, make_story("Secret affair", "Nobody was there, we think."), at=after(hours=5))
    late = fetched(
        store,
        "https://paper.example/x",
        make_story("Secret affair", "Nobody was"),
        at=after(hours=5),
        redirected_to=SECRET,
    )
    lead = store.saver.lead_to_forgotten
    store.saver.lead_to_forgotten = lambda results: [False] * len(results)  # type: ignore[method-assign]  # asked too early
    forget(store, article_id)
    saved = write_batch(store, [on_the_way, late])
    store.saver.lead_to_forgotten = lead  # type: ignore[method-assign]
    assert saved[1] is not None
    assert (saved[0], saved[1].outcome) == (None, Outcome.FORGOTTEN)
    store.archive.close()
    assert_forgotten(place, store, article_id)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # a copy of a file stands for the backup
def test_a_restored_record_forgets_again_what_the_list_beside_it_names(place: Place, tmp_path: Path) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()
    shutil.copytree(place.folder, tmp_path / "backup")
    forget(store, article_id)
    store.close()

    restored = Place(tmp_path / "restored", None)
    shutil.copytree(tmp_path / "backup", restored.folder)
    shutil.copyfile(place.folder / "forgotten.txt", restored.folder / "forgotten.txt")
    opened = restored.open()

    assert_forgotten(restored, opened, article_id)
    restored.close()


def test_a_lost_list_is_written_again_from_the_record(place: Place) -> None:
    store = place.open()
    forget(store, filled(store))
    listed = listed_keys(place.folder / "forgotten.txt")
    (place.folder / "forgotten.txt").unlink()
    place.open()
    assert listed_keys(place.folder / "forgotten.txt").keys() == listed.keys()


def test_an_address_that_is_no_article_can_be_forgotten_too(place: Place) -> None:
    store = place.open()
    add_urls(store, SECRET)
    forget(store, None, SECRET)
    assert store.frontier.find(SECRET) is None
    assert add_urls(store, SECRET) == 0


def test_another_article_with_the_same_page_keeps_its_text_and_loses_the_place(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    body = make_story("Secret affair", "Nobody was there.")
    twin = fetch_page(store, "https://paper.example/twin", body, at=after(hours=5))
    assert twin.article_id not in (None, article_id)
    store.archive.close()
    forget(store, article_id)
    (version,) = store.articles.versions(twin.article_id or "")
    assert (version.warc_file, version.article.title) == (None, "Secret affair")
    again = fetch_page(store, "https://paper.example/twin", body, at=after(days=2))
    assert again.outcome is Outcome.UNCHANGED
    places = {ref.payload_digest for ref in store.receipts.places()}
    assert len(places) == 2


def test_its_copies_form_their_cluster_without_it(place: Place) -> None:
    store = place.open()
    told = [f"Sentence number {n} of a report that three papers print in the same words." for n in range(40)]
    saved = [
        fetch_page(store, f"https://paper.example/copy-{n}", make_story(f"Report {n}", *told), at=after(hours=n))
        for n in range(3)
    ]
    ids = [one.article_id or "" for one in saved]
    assert [len(store.copies.of(article_id)) for article_id in ids] == [3, 3, 3]
    forget(store, ids[0])
    deliver(store, at=after(days=2))
    assert ids[0] not in texts_of(store)
    assert {copy.article_id for copy in store.copies.of(ids[1])} == set(ids[1:])


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # the backup of a server is its own
def test_a_restore_keeps_the_list_that_lies_there(place: Place, tmp_path: Path) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()
    back_up(place.folder, tmp_path / "backup", database_url=None, others={}, now=NOW)
    forget(store, article_id)
    store.close()
    restored = Place(tmp_path / "restored", None)
    restored.folder.mkdir()
    shutil.copyfile(place.folder / "forgotten.txt", restored.folder / "forgotten.txt")

    restore(tmp_path / "backup", restored.folder)
    opened = restored.open()

    assert_forgotten(restored, opened, article_id)
    restored.close()


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_who_may_not_look_into_the_journals_opens_the_record_all_the_same(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = place.open()
    forget(store, filled(store))
    exists = Path.exists

    def denied(path: Path) -> bool:  # tests may run as root, who may look into everything
        if path.parent.name == FOLDER:
            raise PermissionError(13, "Permission denied", str(path))
        return exists(path)

    monkeypatch.setattr(Path, "exists", denied)
    assert place.open().counts(now=NOW).articles == 1


def test_an_older_archive_under_a_newer_record_is_swept(place: Place) -> None:
    store = place.open()
    article_id = filled(store)
    store.archive.close()
    shutil.copytree(place.folder / "archive", place.folder / "older")
    forget(store, article_id)
    shutil.rmtree(place.folder / "archive")
    (place.folder / "older").rename(place.folder / "archive")
    assert "secret-affair" in archived(place.folder)
    ask_for_sweep(place.folder)
    assert_forgotten(place, place.open(), article_id)


def test_every_table_has_a_rule() -> None:
    ruled = {column.table.name for column, _ in RULES}
    assert ruled | BESIDES | OF_NO_ARTICLE == metadata.tables.keys()
    for name in OF_NO_ARTICLE | BESIDES - {"outbox"}:
        told = {column.name for column in metadata.tables[name].columns} & {"article_id", "url_id", "url", "url_key"}
        assert not told, f"{name}: {told} name an article, so it needs a rule"


def test_the_list_keeps_no_address(place: Place) -> None:
    store = place.open()
    forget(store, filled(store))
    listed = listed_keys(place.folder / "forgotten.txt")
    assert address_keys([SECRET, ALIAS], StoryForms()) <= listed.keys()
    assert all(len(key) == 32 and set(key) <= set("0123456789abcdef") for key in listed)


def test_an_answer_is_scrubbed_that_only_the_record_about_it_ties_to_the_article(place: Place) -> None:
    """Of another address and page: what says whose it is names its answer, and nothing else does."""
    store = place.open()
    article_id = filled(store)
    held = Held(article_ids=(article_id,), addresses=(), payload_digests=(), version_count=0)
    assert store.forgetting.forget_archived(held, now=NOW).record_count == 9


def test_a_file_that_is_not_finished_is_read_whatever_its_index_lists(place: Place) -> None:
    """A writer that died while it finished the file may have left both."""
    store = place.open()
    filled(store)
    store.archive.close()
    (warc,) = archive_files(place.folder / "archive")
    index_path(warc).write_text("")
    warc.rename(f"{warc}.open")
    held = Held(article_ids=(), addresses=(SECRET, ALIAS), payload_digests=(), version_count=0)
    assert store.forgetting.forget_archived(held, now=NOW).record_count == 9


def test_records_that_only_name_the_article_are_scrubbed(place: Place) -> None:
    store = place.open()
    row = row_of(store, SECRET)
    assert make_result(row).row.url == SECRET
    append_about(store.archive, SECRET, NOW)
    store.archive.sync()
    held = Held(article_ids=(), addresses=(SECRET,), payload_digests=(), version_count=0)
    assert store.forgetting.forget_archived(held, now=NOW).record_count == 1
    (warc,) = archive_files(place.folder / "archive")
    assert SECRET not in {record.url for record in records_of(warc)}
