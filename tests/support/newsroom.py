"""A store and an embedded engine with articles in them, for tests of what people see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.settings import EngineSettings
from indexer.drain import drain
from indexer.engine import Engine
from indexer.engines.factory import make_engine
from news.article import Article, Block, BlockKind, Image
from news.fetch import Outcome, UrlKind
from news.versions.digest import content_digest, payload_digest
from search.service import SearchService
from store.records import ArchiveRef, FetchResult, NewUrl, PageReading, SavedFetch
from store.service import Store
from tests.support.stores import with_tables

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
SOURCE_NAMES = {"gazette": "The Sample Gazette", "kurye": "Örnek Kurye", "quiet": "Quiet Source"}


class Newsroom:
    """Articles can be published into it, and are searchable after `settle`."""

    def __init__(self, folder: Path) -> None:
        store = Store.open(with_tables(folder), max_archive_file_bytes=1 << 20)
        engine = make_engine(EngineSettings(), folder=folder / "index")
        engine.open()
        self._take(store, engine, SearchService(engine, store, SOURCE_NAMES))

    def _take(self, store: Store, engine: Engine, service: SearchService) -> None:
        self.store, self.engine, self.service = store, engine, service
        self.now = START

    @classmethod
    def over(cls, store: Store, engine: Engine, service: SearchService) -> Newsroom:
        """A newsroom that publishes into what is open already."""
        newsroom = cls.__new__(cls)
        newsroom._take(store, engine, service)
        return newsroom

    def publish(self, article: Article, *, source_id: str = "gazette", canonical_url: str | None = None) -> SavedFetch:
        """Save one fetch of the article's page, ten minutes after the one before; returns what it came to."""
        self.now += timedelta(minutes=10)
        new = NewUrl(url=article.url, kind=UrlKind.ARTICLE)
        self.store.frontier.add([new], source_id=source_id, found_on=None, now=self.now)
        self.store.frontier.request(article.url, source_id=source_id, now=self.now)
        (row,) = self.store.frontier.take(source_id, 1, limit=1, now=self.now)
        body = article.text.encode(errors="replace")
        result = FetchResult(
            row=row,
            run_id=None,
            fetched_at=self.now,
            outcome=Outcome.NEW_ARTICLE,
            effective_url=article.url,
            status=200,
            body_bytes=len(body),
            archive=ArchiveRef(warc_file="sample.warc.gz", warc_offset=0, payload_digest=payload_digest(body)),
            payload_digest=payload_digest(body),
            reading=PageReading(extraction=article, extractor_version="1"),
            content_digest=content_digest(article),
            canonical_url=canonical_url,
        )
        (saved,) = self.store.saver.save([result])
        assert saved is not None
        return saved

    def settle(self) -> None:
        """Write everything that waits in the outbox into the engine."""
        report = drain(self.store.outbox, self.engine, clock=lambda: self.now)
        assert report.unavailable is None
        assert report.dead_count == 0
        self.engine.refresh()

    def close(self) -> None:
        """Close engine and store."""
        self.engine.close()
        self.store.close()


def story(title: str, *paragraphs: str, path: str = "", **fields: object) -> Article:
    """An article with these paragraphs, at an address made from its title."""
    slug = path or "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in title.lower()).split())
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in paragraphs)
    values: Mapping[str, object] = {
        "url": f"https://gazette.example/{slug}",
        "language": "en",
        "published_at": START,
        "blocks": blocks,
        **fields,
    }
    return Article(title=title, **values)  # type: ignore[arg-type]  # the caller names Article's fields


def sample_stories() -> Iterator[tuple[str, Article]]:
    """Source id and article: sections, languages, directions and dates to choose from."""
    yield (
        "gazette",
        story(
            "Why harbour tides come twice a day",
            "Tides rise and fall because the Moon pulls the near side of the Earth more than its far side.",
            "Most harbours see two high tides in a little under twenty-five hours.",
            dek="The Moon passes once, the water rises twice.",
            kicker="Explainer",
            authors=("Science Desk",),
            section="Science",
            tags=("tides", "moon"),
            published_at=datetime(2026, 11, 18, 5, 30, tzinfo=UTC),
            published_zone="+03:00",
            modified_at=datetime(2026, 11, 19, 9, 0, tzinfo=UTC),
            image=Image(
                url="https://gazette.example/tide.jpg", caption="A harbour at low tide", credit="Sample Pictures"
            ),
            source_line="Gazette and agencies",
        ),
    )
    yield (
        "gazette",
        Article(
            url="https://gazette.example/containers",
            title="How a container ship is loaded in a day",
            language="en",
            section="Business",
            authors=("Business Desk",),
            published_at=datetime(2026, 11, 19, 12, 0, tzinfo=UTC),
            blocks=(
                Block(kind=BlockKind.PARAGRAPH, text="A harbour crane moves some thirty boxes an hour."),
                Block(kind=BlockKind.SUBHEAD, text="The plan"),
                Block(kind=BlockKind.LIST_ITEM, text="Heavy boxes low"),
                Block(kind=BlockKind.LIST_ITEM, text="Cold boxes near a socket"),
                Block(kind=BlockKind.QUOTE, text="Load last what leaves first."),
                Block(kind=BlockKind.TABLE_ROW, text="Box | 6.1 m"),
            ),
        ),
    )
    yield (
        "kurye",
        story(
            "İstanbul'da gelgit neden az görülür",
            "Marmara kapalı bir denizdir; gelgit birkaç santimetreyi geçmez.",
            path="istanbul-gelgit",
            language="tr",
            section="Bilim",
            published_at=datetime(2026, 11, 17, tzinfo=UTC),
            published_day_only=True,
        ),
    )
    yield (
        "kurye",
        story(
            "كيف تحدث ظاهرة المد والجزر",
            "يجذب القمر مياه البحر فترتفع مرتين في اليوم.",
            path="tide-ar",
            language="ar",
            section="علوم",
        ),
    )
    yield "gazette", story("A leap day without a date", "Nobody wrote when this was published.", published_at=None)


@pytest.fixture
def empty_newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom before its first article."""
    newsroom = Newsroom(tmp_path / "newsroom")
    yield newsroom
    newsroom.close()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom with the sample stories; tests only read it."""
    newsroom = Newsroom(tmp_path_factory.mktemp("newsroom"))
    for source_id, article in sample_stories():
        newsroom.publish(article, source_id=source_id)
    newsroom.settle()
    yield newsroom
    newsroom.close()
