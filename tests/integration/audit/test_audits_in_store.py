"""Scores and alarms are kept in the transaction that saves the fetches. Runs on both databases."""

from __future__ import annotations

from news.alarms import Alarm
from news.audit import Audit
from news.fetch import Outcome, UrlKind
from news.parts import LEARNING_PAGES
from news.signs import Figures, Sign
from news.usual import Usual
from store.learned.audits import _keep_alarms
from store.priorities import Priority
from store.records import NewUrl
from store.service import Store
from tests.support.stores import after, fetch_story, make_result, make_story, row_of, take


def fetched(store: Store, number: int, figures: Figures) -> None:
    """One more page of the source, read with these figures."""
    url, at = f"https://paper.example/{number}", after(minutes=number)
    if figures.reason is not None:
        row = row_of(store, url, at=at)
        store.saver.save([make_result(row, outcome=Outcome.NOT_ARTICLE, figures=figures, fetched_at=at)])
        return
    story = make_story(f"Story {number}", f"Text of story {number}.", url=url)
    fetch_story(store, url, story, at=at, figures=figures)


def page(number: int, **figures: object) -> Figures:
    return Figures(**{"title": number, "body_characters": 2000, "template": "/article/p", **figures})  # type: ignore[arg-type]  # Figures' own


def test_an_alarm_is_raised_told_and_ended(store: Store) -> None:
    for number in range(LEARNING_PAGES + 5):
        fetched(store, number, page(number))
    assert store.audits.alarms() == []
    first = LEARNING_PAGES + 5
    for number in range(first, first + 20):
        fetched(store, number, Figures(reason="consent_wall"))
    (alarm,) = store.audits.alarms("paper")
    assert (alarm.source_id, alarm.kind, alarm.since_at, alarm.ended_at) == (
        "paper",
        Sign.NO_ARTICLE.value,
        after(minutes=first),
        None,
    )
    assert "consent_wall" in alarm.evidence
    assert store.audits.alarms("another") == []

    for number in range(first + 20, first + 40):
        fetched(store, number, page(number))
    assert store.audits.alarms("paper") == []
    (ended,) = store.audits.alarms("paper", ended_too=True)
    assert ended.ended_at is not None
    assert ended.ended_at > ended.since_at


def test_pages_of_a_backfill_are_scored_and_tell_nothing_of_the_source_today(store: Store) -> None:
    for number in range(LEARNING_PAGES + 5):
        fetched(store, number, page(number))
    before, at = store.audits.usual("paper"), after(days=1)
    urls = [f"https://paper.example/2009/{number}" for number in range(30)]
    old = [NewUrl(url=url, kind=UrlKind.ARTICLE, priority=int(Priority.BACKFILL)) for url in urls]
    store.frontier.add(old, source_id="paper", found_on=None, now=at)
    rows = [row for row in take(store, 1, at=at) if row.url in urls]
    read = page(1, has_author=False, body_characters=90)
    stories = [(row, make_story(row.url, f"Text of {row.url}.", url=row.url)) for row in rows]
    results = [make_result(row, story, run_id=1, figures=read, fetched_at=at) for row, story in stories]
    saved = store.saver.save(results)
    assert [one.outcome for one in saved if one] == [Outcome.NEW_ARTICLE] * 30
    assert (store.audits.alarms(), store.audits.usual("paper")) == ([], before)


def test_each_version_keeps_its_score(store: Store) -> None:
    for number in range(LEARNING_PAGES + 5):
        fetched(store, number, page(number))
    fetched(store, 100, page(100, body_characters=20, teaser_share=1.0))
    articles = {article.article.title: article.id for article in store.articles.iterate_live(limit=100)}
    (good,) = store.articles.versions(articles["Story 30"])
    (bad,) = store.articles.versions(articles["Story 100"])
    assert good.extraction_score == 1.0
    assert bad.extraction_score is not None
    assert bad.extraction_score < 0.5
    assert sum(count for count, _ in store.audits.usual("paper").scores.values()) == LEARNING_PAGES + 6


def test_a_story_read_at_its_old_and_its_new_address_is_one_page_of_its_headline(store: Store) -> None:
    for number in range(LEARNING_PAGES + 5):
        fetched(store, number, page(number))
    for number in range(100, 130):  # the site was rebuilt: each address redirects to a new one
        new = f"https://paper.example/news/{number}"
        story = make_story(f"Story {number}", f"Text of story {number}.", url=new)
        for url in (f"https://paper.example/{number}", new):
            fetch_story(store, url, story, at=after(minutes=number), figures=page(number), effective_url=new)
    assert store.audits.alarms(ended_too=True) == []


def test_an_alarm_of_a_section_becomes_one_of_the_source(store: Store) -> None:
    """Both may have begun with the same page."""
    sections = ("world", "sport", "culture")

    def fetched_of(number: int, *broken: str) -> None:
        section = sections[number % 3]
        url, at = f"https://paper.example/{section}/{number}", after(minutes=number)
        figures = page(number, has_date=section not in broken, template=f"/{section}/p")
        fetch_story(store, url, make_story(f"Story {number}", f"Text {number}.", url=url), at=at, figures=figures)

    for number in range(60):
        fetched_of(number)
    for number in range(60, 78):
        fetched_of(number, "sport")
    (narrow,) = store.audits.alarms("paper")
    assert (narrow.kind, "of the pages under paper.example/sport" in narrow.evidence) == ("no_date", True)
    for number in range(78, 100):
        fetched_of(number, *sections)
    (wide,) = store.audits.alarms("paper")
    assert (wide.kind, " under " in wide.evidence) == ("no_date", False)
    for number in range(100, 160):
        fetched_of(number)
    assert store.audits.alarms("paper") == []


def test_an_alarm_raised_again_since_the_same_page_tells_the_newer_evidence(store: Store) -> None:
    with store._database.write() as connection:
        for evidence in ("in a section", "everywhere"):
            alarm = Alarm(sign=Sign.NO_DATE, since_at=after(minutes=1), evidence=evidence)
            _keep_alarms(connection, "paper", Audit(score=1.0, usual=Usual(), raised=(alarm,)), after(minutes=2))
    (told,) = store.audits.alarms("paper")
    assert (told.evidence, told.ended_at) == ("everywhere", None)
