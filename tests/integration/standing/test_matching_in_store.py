"""What is saved is matched once, whatever happens in between. Runs on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest
import sqlalchemy as sa

from indexer.matching.service import StandingMatching
from news.errors import NotFoundError
from news.index import Filters
from news.revisits.due import GONE_CONFIRMATIONS
from news.standing import DeliveryKind, Match, Pace, StandingSearch
from store.schema import article
from store.service import Store
from store.standing.matches import KEPT_MATCHES
from tests.support.processes import line_of, python
from tests.support.stores import NOW, Place, after, fetch_gone, fetch_story, make_story

PAGE, OTHER = "https://paper.example/world/storm-1", "https://paper.example/world/calm-2"
HOOK = "https://hooks.example/news"


def match(store: Store, *, at: datetime = NOW) -> list[Match]:
    return [each for made in StandingMatching(store, clock=lambda: at).match_pending() for each in made]


def save(store: Store, query: str, **fields: object) -> str:
    return store.standing_searches.add(query, query, Filters(), now=NOW).id


def test_a_saved_article_is_matched_once(store: Store) -> None:
    search_id = save(store, "storm")
    save(store, "drought")
    saved = fetch_story(store, PAGE, make_story("Storm"))
    (found,) = match(store)
    assert (found.search_id, found.article_id, found.version) == (search_id, saved.article_id, 1)
    assert match(store) == []
    (shown,) = store.standing_matches.newest(search_id, limit=10)
    assert (shown.match, shown.stored.article.title) == (found, "Storm")
    assert store.standing_matches.counts()[search_id].count == 1


def test_nothing_waits_where_there_is_no_search(store: Store) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    assert store.standing_matches.waiting_count() == 0


def test_a_page_of_somebody_elses_archive_is_no_news(store: Store) -> None:
    save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm"), taken_from="old.warc.gz")
    assert store.standing_matches.waiting_count() == 0


def test_an_edit_that_newly_matches_is_told_once(store: Store) -> None:
    save(store, "storm")
    fetch_story(store, PAGE, make_story("Wind"))
    assert match(store) == []
    fetch_story(store, PAGE, make_story("Storm"), at=after(hours=1))
    assert [found.version for found in match(store)] == [2]
    fetch_story(store, PAGE, make_story("Wind"), at=after(hours=2))
    fetch_story(store, PAGE, make_story("Storm again"), at=after(hours=3))
    assert match(store) == []


def test_versions_that_waited_together_are_asked_one_by_one(store: Store) -> None:
    save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm"))
    fetch_story(store, PAGE, make_story("Storm, updated"), at=after(hours=1))
    assert [found.version for found in match(store)] == [1]


def test_an_edit_of_what_matched_before_the_search_was_saved_is_no_news(store: Store) -> None:
    fetch_story(store, PAGE, make_story("Storm"))
    save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm, updated"), at=after(hours=1))
    assert match(store) == []


def test_changed_headlines_can_be_watched(store: Store) -> None:
    save(store, "changed:title storm")
    fetch_story(store, PAGE, make_story("Storm"))
    assert match(store) == []
    fetch_story(store, PAGE, make_story("Storm, updated"), at=after(hours=1))
    assert len(match(store)) == 1


def test_each_edit_is_told_by_searches_for_edits(store: Store) -> None:
    headlines, edits = save(store, "changed:title"), save(store, "storm edited:1d")
    either = save(store, "storm OR changed:title")
    told: list[set[str]] = []
    for hours, title in enumerate(("Storm", "Storm nears", "Storm nears", "Storm is here")):
        dek = "No one is hurt." if hours == 2 else None
        fetch_story(store, PAGE, make_story(title, dek=dek), at=after(hours=hours))
        told.append({found.search_id for found in match(store, at=after(hours=hours))})
    assert told == [{either}, {headlines, edits}, {edits}, {headlines, edits}]
    (newest,) = store.standing_matches.newest(headlines, limit=10)
    assert (newest.match.version, newest.stored.article.title) == (4, "Storm is here")
    assert store.standing_matches.counts()[headlines].count == 1


def test_an_edit_that_took_a_passage_away_is_told_once(store: Store) -> None:
    search_id = save(store, 'removed:"no one is hurt"')
    for hours, (title, dek) in enumerate((("Storm", "No one is hurt."), ("Storm", "Two are hurt."), ("Gale", None))):
        fetch_story(store, PAGE, make_story(title, dek=dek), at=after(hours=hours))
    assert [(found.search_id, found.version) for found in match(store)] == [(search_id, 2)]


def test_a_removal_by_the_publisher_is_told(store: Store) -> None:
    removed, storms = save(store, "storm is:removed"), save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm"))
    assert [found.search_id for found in match(store)] == [storms]
    for day in range(1, GONE_CONFIRMATIONS + 1):
        fetch_gone(store, PAGE, at=after(days=day))
    assert [found.search_id for found in match(store, at=after(days=9))] == [removed]
    (told,) = store.standing_matches.newest(removed, limit=10)
    assert told.stored.removed_at is not None
    fetch_story(store, PAGE, make_story("Storm"), at=after(days=10))
    assert match(store, at=after(days=10)) == []


def test_a_paused_search_finds_nothing_and_does_not_make_up_for_it(store: Store) -> None:
    search_id = save(store, "storm")
    store.standing_searches.pause(search_id, now=NOW)
    fetch_story(store, PAGE, make_story("Storm"))
    assert match(store) == []
    store.standing_searches.resume(search_id, now=NOW)
    fetch_story(store, OTHER, make_story("Another storm"), at=after(hours=1))
    assert len(match(store)) == 1


def test_a_search_that_is_added_counts_for_the_next_article(store: Store) -> None:
    matching = StandingMatching(store, clock=lambda: NOW)
    save(store, "drought")
    fetch_story(store, PAGE, make_story("Storm"))
    assert [made for made in matching.match_pending() if made] == []
    save(store, "calm")
    fetch_story(store, OTHER, make_story("Calm"))
    assert [len(made) for made in matching.match_pending()] == [1]


def test_searches_are_read_again_one_by_one_as_they_change(store: Store) -> None:
    asked: list[list[str]] = []
    changes = store.standing_searches.changes

    def noting(known: Mapping[str, StandingSearch]) -> tuple[list[StandingSearch], set[str]]:
        changed, removed = changes(known)
        asked.append([search.id for search in changed] + sorted(removed))
        return changed, removed

    store.standing_searches.changes = noting  # type: ignore[method-assign]  # to see what is asked
    matching = StandingMatching(store, clock=lambda: NOW)

    def found(number: int) -> list[str]:
        fetch_story(
            store, f"{PAGE}{number}", make_story("Storm and calm", f"It blows {number}."), at=after(hours=number)
        )
        return [each.search_id for made in matching.match_pending() for each in made]

    storm, calm = save(store, "storm"), save(store, "calm")
    assert set(found(1)) == {storm, calm}
    store.standing_searches.pause(storm, now=NOW)  # within the moment it was added
    assert found(2) == [calm]
    store.standing_searches.resume(storm, now=NOW)
    store.standing_searches.remove(calm)
    blows = save(store, "blows")
    assert set(found(3)) == {storm, blows}
    assert set(found(4)) == {storm, blows}
    assert [len(each) for each in asked] == [2, 1, 3]


def test_what_waited_before_a_search_was_saved_or_resumed_is_not_its_news(store: Store) -> None:
    first = save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm"))
    later = store.standing_searches.add("later", "storm", Filters(), now=after(minutes=1)).id
    store.standing_searches.pause(first, now=after(minutes=1))
    store.standing_searches.resume(first, now=after(minutes=2))
    assert match(store, at=after(minutes=3)) == []
    fetch_story(store, OTHER, make_story("Another storm"), at=after(minutes=4))
    assert {each.search_id for each in match(store, at=after(minutes=5))} == {first, later}


def test_a_removed_search_leaves_nothing(store: Store) -> None:
    search_id = save(store, "storm")
    store.standing_deliveries.add(search_id, DeliveryKind.WEBHOOK, target=HOOK, now=NOW)
    fetch_story(store, PAGE, make_story("Storm"))
    match(store)
    store.standing_searches.remove(search_id)
    assert store.standing_searches.all() == []
    assert store.standing_alerts.due_deliveries(now=NOW) == []
    for unknown in (search_id, "\0", "é" * 16):
        with pytest.raises(NotFoundError):
            store.standing_searches.get(unknown)
        with pytest.raises(NotFoundError):
            store.standing_deliveries.get(unknown)


def test_webhooks_and_mails_have_something_to_tell_each_at_its_time(store: Store) -> None:
    search_id = save(store, "storm")
    hook = store.standing_deliveries.add(search_id, DeliveryKind.WEBHOOK, target=HOOK, now=NOW).delivery
    store.standing_deliveries.add(search_id, DeliveryKind.RSS, now=NOW)
    mail = store.standing_deliveries.add(
        search_id, DeliveryKind.MAIL, target="desk@paper.example", pace=Pace.DAILY, time_zone="UTC", now=NOW
    ).delivery
    fetch_story(store, PAGE, make_story("Storm"))
    match(store)
    assert store.standing_alerts.due_deliveries(now=NOW) == [hook.id]
    assert store.standing_alerts.due_deliveries(now=after(days=1)) == [hook.id, mail.id]
    (alert,) = store.standing_alerts.due(hook.id, now=NOW, limit=10)
    store.standing_alerts.postpone([alert.id], "away", until=after(minutes=1))
    assert store.standing_alerts.due(hook.id, now=NOW, limit=10) == []
    store.standing_alerts.give_up([alert.id], "away for good")
    assert store.standing_alerts.counts(search_id).dead == 1
    (dead,) = store.standing_alerts.dead(search_id, limit=10)
    assert (dead.reason, dead.attempt_count, dead.key) == ("away for good", 2, alert.key)
    assert store.standing_alerts.retry(search_id, now=NOW) == 1
    store.standing_alerts.told([alert.id])
    assert store.standing_alerts.counts().pending == 1  # the mail


def test_of_dead_letters_the_newest_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.standing.alerts.KEPT_DEAD", 1)
    search_id = save(store, "storm")
    hook = store.standing_deliveries.add(search_id, DeliveryKind.WEBHOOK, target=HOOK, now=NOW).delivery
    for number in (1, 2):
        fetch_story(store, f"{PAGE}-{number}", make_story(f"Storm {number}", f"The storm of day {number}."))
    match(store)
    first, second = store.standing_alerts.due(hook.id, now=NOW, limit=10)
    for alert in (first, second):
        store.standing_alerts.give_up([alert.id], "away for good")
    assert [dead.id for dead in store.standing_alerts.dead(search_id, limit=10)] == [second.id]


def test_a_feed_is_opened_by_its_token_until_it_is_revoked(store: Store) -> None:
    search_id = save(store, "storm")
    made = store.standing_deliveries.add(search_id, DeliveryKind.ATOM, now=NOW)
    assert made.token is not None
    assert store.standing_deliveries.feed(made.token) == made.delivery
    rotated = store.standing_deliveries.rotate(made.delivery.id)
    assert rotated.token is not None
    assert store.standing_deliveries.feed(made.token) is None
    assert store.standing_deliveries.feed(rotated.token) == made.delivery
    store.standing_deliveries.revoke(made.delivery.id, now=NOW)
    assert store.standing_deliveries.feed(rotated.token) is None
    assert store.standing_deliveries.of([search_id]) == []


def test_an_article_that_is_gone_before_it_is_matched_is_passed_over(place: Place) -> None:
    store = place.open()
    save(store, "storm")
    fetch_story(store, PAGE, make_story("Storm"))
    with place.database().write() as connection:
        connection.execute(sa.update(article).values(state="removed", removed_at=NOW))
    assert match(store) == []
    assert store.standing_matches.waiting_count() == 0


def test_old_matches_make_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.standing.matches.KEPT_MATCHES", 2)
    assert KEPT_MATCHES > 2
    search_id = save(store, "storm")
    for number in range(4):
        fetch_story(store, f"{PAGE}{number}", make_story(f"Storm {number}", f"It blows {number}."))
        match(store)
    titles = [each.stored.article.title for each in store.standing_matches.newest(search_id, limit=10)]
    assert titles == ["Storm 3", "Storm 2"]


def test_matching_killed_at_any_statement_loses_and_doubles_nothing(place: Place) -> None:
    store = place.open()
    search_ids = [save(store, "storm"), save(store, "blows")]
    store.standing_deliveries.add(search_ids[0], DeliveryKind.WEBHOOK, target=HOOK, now=NOW)
    for number in range(3):
        fetch_story(store, f"{PAGE}{number}", make_story(f"Storm {number}", f"It blows {number}."))
    store.close()
    with python("tests.support.killed_matching", str(place.folder), place.database_url) as process:
        assert int(line_of(process)) > 5
    store = place.open()
    assert store.standing_matches.waiting_count() == 0
    assert [store.standing_matches.counts()[search_id].count for search_id in search_ids] == [3, 3]
    assert store.standing_alerts.counts().pending == 3
