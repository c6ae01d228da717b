"""Work on demand: what is asked for is fetched, once, and never lost. Runs on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from news.fetch import Outcome, UrlKind, UrlState
from news.requests import RequestKind, RequestScope, RequestState
from store.records import NewUrl
from store.service import Store
from tests.support.stores import NOW, Place, add_urls, after, fetch_story, make_result, make_story, take, take_urls

A, B, C = (f"https://paper.example/{name}" for name in "abc")
FEED = "https://paper.example/feed"
PAPER = dict.fromkeys((A, B, C), "paper")


def ask(store: Store, *urls: str, minutes: float = 0) -> tuple[str, bool]:
    view, is_new = store.requests.create(
        RequestKind.FETCH, RequestScope(urls=urls), url_sources=PAPER, now=after(minutes=minutes)
    )
    return view.id, is_new


def state_of(store: Store, request_id: str) -> tuple[RequestState, int, int]:
    view = store.requests.get(request_id)
    assert view is not None
    return view.state, view.done_count, view.total_count


def test_urls_asked_for_are_due_first_and_done_when_fetched(store: Store) -> None:
    add_urls(store, C)
    request_id, is_new = ask(store, A, B)
    assert is_new
    rows = take(store, 1, limit=2)
    assert {row.url for row in rows} == {A, B}

    store.saver.save([make_result(rows[0], make_story(rows[0].url))])
    assert state_of(store, request_id) == (RequestState.RUNNING, 1, 2)
    failed = make_result(rows[1], outcome=Outcome.TIMEOUT, state=UrlState.FAILING, next_due_at=after(minutes=2))
    store.saver.save([failed])

    view = store.requests.get(request_id)
    assert view is not None
    assert (view.state, view.counts) == (RequestState.DONE, {"new_article": 1, "timeout": 1})
    assert take_urls(store, 2) == [C]


def test_an_equal_open_request_is_the_same_request_and_an_ended_one_is_not(store: Store) -> None:
    first, _ = ask(store, A, B)
    assert [ask(store, B, A) for _ in range(100)] == [(first, False)] * 100
    store.requests.cancel(first, now=NOW)
    second, is_new = ask(store, A, B)
    assert is_new
    assert second != first


def test_equal_requests_at_one_moment_are_one(place: Place) -> None:
    stores = [place.open() for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda store: ask(store, A), stores))
    assert len({request_id for request_id, _ in made}) == 1
    assert sum(is_new for _, is_new in made) == 1


def test_a_request_during_the_fetch_of_its_url_leads_to_another_fetch(store: Store) -> None:
    add_urls(store, A)
    (row,) = take(store, 1)
    request_id, _ = ask(store, A, minutes=1)

    store.saver.save([make_result(row, make_story(), run_id=1, next_due_at=after(days=1))])
    assert state_of(store, request_id) == (RequestState.OPEN, 0, 1)

    (again,) = take(store, 1, at=after(minutes=2))
    store.saver.save([make_result(again, make_story(), run_id=1, fetched_at=after(minutes=2))])
    assert state_of(store, request_id) == (RequestState.DONE, 1, 1)


def test_a_request_is_answered_by_a_fetch_that_goes_out_after_it_though_its_row_was_taken_before(store: Store) -> None:
    add_urls(store, A)
    (row,) = take(store, 1)  # it waits for its host's turn
    request_id, _ = ask(store, A, minutes=1)
    saved_at = after(minutes=2)
    store.saver.save([make_result(row, make_story(), run_id=1, asked_at=saved_at, fetched_at=saved_at)])
    assert state_of(store, request_id) == (RequestState.DONE, 1, 1)
    assert take_urls(store, 1, at=saved_at) == []


def test_a_crawl_that_is_asked_for_while_a_slots_crawl_begins_is_one_with_it(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    (row,) = take(store, 1)
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=after(seconds=1))
    found = (NewUrl(url=A, kind=UrlKind.ARTICLE),)
    told = make_result(row, run_id=1, outcome=Outcome.DISCOVERED, urls=found, asked_at=NOW, fetched_at=after(seconds=2))
    store.saver.save([told])
    assert state_of(store, view.id) == (RequestState.RUNNING, 1, 2)
    assert take_urls(store, 1, at=after(seconds=3)) == [A]


def test_a_crawl_that_is_asked_for_long_after_a_fetch_went_out_has_another(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    (row,) = take(store, 1)
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=after(seconds=20))
    store.saver.save([make_result(row, run_id=1, asked_at=NOW, fetched_at=after(seconds=25))])
    assert state_of(store, view.id) == (RequestState.OPEN, 0, 1)
    assert take_urls(store, 1, at=after(seconds=26)) == [FEED]


def test_an_article_asked_for_has_a_fetch_of_its_own_beside_a_crawl_that_is_answered(store: Store) -> None:
    add_urls(store, A)
    (row,) = take(store, 1)
    crawl, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=after(seconds=1))
    fetch, _ = store.requests.create(
        RequestKind.FETCH, RequestScope(urls=(A,)), url_sources=PAPER, now=after(seconds=1)
    )
    store.saver.save([make_result(row, make_story(), run_id=1, asked_at=NOW, fetched_at=after(seconds=2))])
    assert state_of(store, crawl.id) == (RequestState.DONE, 1, 1)
    assert state_of(store, fetch.id) == (RequestState.OPEN, 0, 1)
    assert take_urls(store, 1, at=after(seconds=3)) == [A]


def test_one_fetch_answers_every_request_for_its_url(store: Store) -> None:
    one, _ = ask(store, A)
    two, _ = ask(store, A, B, minutes=1)
    rows = take(store, 1, at=after(minutes=2))
    store.saver.save([make_result(next(row for row in rows if row.url == A), make_story())])
    assert state_of(store, one) == (RequestState.DONE, 1, 1)
    assert state_of(store, two) == (RequestState.RUNNING, 1, 2)


def test_cancelling_gives_each_url_back_its_own_time(store: Store) -> None:
    fetch_story(store, A, make_story("One"), next_due_at=after(days=1))
    kept, _ = ask(store, B)
    cancelled, _ = ask(store, A, B, minutes=1)
    view = store.requests.cancel(cancelled, now=after(minutes=2))
    assert view is not None
    assert view.state is RequestState.CANCELLED
    assert take_urls(store, 1, at=after(minutes=3)) == [B]  # the other request still wants it
    store.frontier.release(1)
    assert store.requests.cancel(kept, now=after(minutes=4)) is not None
    assert sorted(take_urls(store, 2, at=after(days=2))) == [A, B]
    assert store.requests.cancel("unknown", now=NOW) is None


def test_a_crawl_that_is_asked_for_means_the_documents_and_the_recent_articles(store: Store) -> None:
    add_urls(store, "https://paper.example/feed", kind=UrlKind.FEED)
    add_urls(store, A, at=after(days=-9))
    add_urls(store, B, at=after(days=-1))
    for row in take(store, 1):
        store.saver.save([make_result(row, outcome=Outcome.NOT_MODIFIED, next_due_at=after(days=9))])
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    assert view.total_count == 2
    assert sorted(take_urls(store, 2)) == [B, "https://paper.example/feed"]


def test_a_crawl_holds_what_its_documents_newly_lead_to(store: Store) -> None:
    feed = "https://paper.example/feed"
    add_urls(store, feed, kind=UrlKind.FEED)
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    (row,) = take(store, 1)
    found = (NewUrl(url=A, kind=UrlKind.ARTICLE), NewUrl(url=B, kind=UrlKind.ARTICLE))
    store.saver.save([make_result(row, outcome=Outcome.DISCOVERED, urls=found)])
    assert state_of(store, view.id) == (RequestState.RUNNING, 1, 3)
    for story in take(store, 1):
        store.saver.save([make_result(story, make_story(story.url, f"Paragraph of {story.url}."))])
    ended = store.requests.get(view.id)
    assert ended is not None
    assert (ended.state, ended.counts) == (RequestState.DONE, {"discovered": 1, "new_article": 2})


def test_what_a_crawl_that_was_asked_for_finds_comes_before_what_it_looks_at_again(store: Store) -> None:
    fetch_story(store, A, make_story("One"), next_due_at=after(days=1))
    add_urls(store, FEED, kind=UrlKind.FEED)
    store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    (row,) = take(store, 2, limit=1)
    found = (NewUrl(url=B, kind=UrlKind.ARTICLE),)
    store.saver.save([make_result(row, run_id=2, outcome=Outcome.DISCOVERED, urls=found)])
    assert take_urls(store, 2) == [B, A]


def test_what_is_looked_at_again_is_work_of_a_source_that_is_switched_off(store: Store) -> None:
    fetch_story(store, A, make_story("One"), next_due_at=after(days=1))
    store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    assert store.activity.sources_due([], only_asked=["paper"], now=NOW) == {"paper": "request"}


def test_a_request_that_got_nothing_of_what_it_asked_for_says_why(store: Store) -> None:
    add_urls(store, FEED, kind=UrlKind.FEED)
    add_urls(store, A)
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    assert store.requests.first_failure(view.id) == ""
    rows = {row.url: row for row in take(store, 1, limit=2)}
    gone = make_result(rows[FEED], outcome=Outcome.GONE, state=UrlState.FAILING, detail="status 404")
    store.saver.save([gone])
    assert store.requests.first_failure(view.id) == "status 404"
    store.saver.save([make_result(rows[A], make_story(A))])
    assert store.requests.first_failure(view.id) == ""


def test_a_crawl_asked_for_again_asks_the_documents_it_had_asked_again(store: Store) -> None:
    feed = "https://paper.example/feed"
    add_urls(store, feed, kind=UrlKind.FEED)
    add_urls(store, A)
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=NOW)
    row = next(each for each in take(store, 1) if each.url == feed)
    store.frontier.release(1)
    store.saver.save([make_result(row, outcome=Outcome.NOT_MODIFIED)])
    assert state_of(store, view.id) == (RequestState.RUNNING, 1, 2)

    again, is_new = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="paper"), now=after(minutes=1))
    assert (again.id, is_new) == (view.id, False)
    assert state_of(store, view.id) == (RequestState.RUNNING, 0, 2)
    assert sorted(take_urls(store, 2, at=after(minutes=1))) == [A, feed]


def test_everything_failed_and_everything_since_a_day(store: Store) -> None:
    add_urls(store, A, at=after(days=-3))
    add_urls(store, B)
    for row in take(store, 1):
        failing = {"outcome": Outcome.TIMEOUT, "state": UrlState.FAILING}
        store.saver.save([make_result(row, next_due_at=after(days=9), **(failing if row.url == A else {}))])
    failed, _ = store.requests.create(RequestKind.FETCH, RequestScope(failed=True), now=NOW)
    assert take_urls(store, 1) == [A]
    store.frontier.release(1)
    since, _ = store.requests.create(RequestKind.FETCH, RequestScope(since=after(days=-1)), now=NOW)
    assert sorted(take_urls(store, 1)) == [A, B]
    assert (failed.total_count, since.total_count) == (1, 1)


def test_a_request_that_matches_nothing_is_done_at_once(store: Store) -> None:
    view, _ = store.requests.create(RequestKind.FETCH, RequestScope(source_id="unknown"), now=NOW)
    assert (view.state, view.detail) == (RequestState.DONE, "nothing matches")


def test_a_crawl_of_a_source_no_daemon_has_read_yet_says_what_to_do(store: Store) -> None:
    view, _ = store.requests.create(RequestKind.CRAWL, RequestScope(source_id="unknown"), now=NOW)
    assert view.state is RequestState.DONE
    assert "a daemon reads a new source file on SIGHUP" in view.detail


def test_work_on_articles_reports_its_progress_until_it_is_cancelled(store: Store) -> None:
    saved = fetch_story(store, A, make_story("One"))
    scope = RequestScope(urls=(A,))
    view, _ = store.requests.create(RequestKind.REPLAY, scope, now=NOW)
    assert store.requests.article_ids(scope) == [saved.article_id]
    assert store.requests.oldest_open(RequestKind.REPLAY) == view
    assert store.requests.progress(view.id, done_count=1, total_count=4, counts={"changed": 1}, now=after(minutes=1))
    running = store.requests.get(view.id)
    assert running == replace(
        view,
        state=RequestState.RUNNING,
        started_at=after(minutes=1),
        done_count=1,
        total_count=4,
        counts={"changed": 1},
    )
    store.requests.cancel(view.id, now=after(minutes=2))
    assert not store.requests.progress(view.id, done_count=2, total_count=4, counts={}, now=after(minutes=3))
    assert not store.requests.finish(view.id, now=after(minutes=3))
    assert store.requests.oldest_open(RequestKind.REPLAY) is None


def test_scopes_survive_being_written(store: Store) -> None:
    scope = RequestScope(source_id="paper", urls=(B, A), since=after(days=-1), failed=True)
    view, _ = store.requests.create(RequestKind.REINDEX, scope, now=NOW)
    assert view.scope == replace(scope, urls=(A, B))
