"""The store as the rest of newsdex uses it: one object that holds the parts of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from news.errors import StoreError
from news.fetch import UrlState
from news.identity import StoryForms
from store.archive.receipts import Receipts
from store.archive.service import Archive
from store.articles.missing_vectors import MissingVectors
from store.articles.past import Past
from store.articles.service import Articles
from store.articles.shown_texts import ShownTexts
from store.articles.states import IS_LIVE, IS_REMOVED
from store.articles.vectors import Vectors
from store.backups.last import last_backup_at
from store.clock import utc_now
from store.copies.service import Copies
from store.crawls.paces import Paces
from store.crawls.pauses import Pauses
from store.crawls.robots_answers import RobotsAnswers
from store.crawls.runs import Runs, run_view
from store.crawls.slots import Slots
from store.crawls.subscriptions import Subscriptions
from store.figures.activity import Activity
from store.figures.completeness import CompletenessReader
from store.figures.overview import Overviews
from store.forgetting.service import Forgetting
from store.frontier.service import Frontier
from store.keys import Keys
from store.learned.audits import Audits
from store.learned.boilerplates import Boilerplates
from store.learned.revisits import Revisits
from store.leases.holders import this_process
from store.leases.service import Leases
from store.migrate import migrate
from store.notices import Notices
from store.outbox import Outbox, outbox_counts
from store.requests.fills import Fills
from store.requests.service import Requests
from store.saving.service import FetchSaver
from store.saving.taking import Taken
from store.schema import article, article_version, run, url
from store.sql.database import RECORD_NAME, Database, sqlite_url
from store.standing.alerts import StandingAlerts
from store.standing.deliveries import StandingDeliveries
from store.standing.matches import StandingMatches
from store.standing.searches import StandingSearches
from store.upkeep.copying import copy_record, row_count
from store.upkeep.free_space import FreeSpace, free_space_at
from store.upkeep.planned import Planned
from store.upkeep.renaming import Renaming
from store.upkeep.retention import Retention
from store.upkeep.sizes import Sizes, record_sizes
from store.views import SourceStatus, StoreCounts


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "is a file" if folder.is_file() else f"cannot be made: {error.strerror}"
        raise StoreError(f"data_dir {str(folder)!r} {why}; name another folder") from error


class Store:
    """The record of one installation."""

    def __init__(self, database: Database, archive: Archive) -> None:
        self._database = database
        me = this_process()
        self.archive = archive
        self.activity = Activity(database)
        self.articles = Articles(database)
        self.audits = Audits(database)
        self.boilerplates = Boilerplates(database)
        self.completeness = CompletenessReader(database)
        self.copies = Copies(database)
        self.past = Past(database)
        self.fills = Fills(database)
        self.forgetting = Forgetting(database, archive)
        self.frontier = Frontier(database)
        self.robots = RobotsAnswers(database)
        self.keys = Keys(database)
        self.leases = Leases(database, me)
        self.notices = Notices(database)
        self.outbox = Outbox(database)
        self.overview = Overviews(database)
        self.paces = Paces(database)
        self.pauses = Pauses(database)
        self.planned = Planned(database)
        self.receipts = Receipts(database)
        self.renaming = Renaming(database)
        self.requests = Requests(database)
        self.retention = Retention(database, archive)
        self.revisits = Revisits(database)
        self.runs = Runs(database, me)
        self.saver = FetchSaver(database)
        self.shown_texts = ShownTexts(database)
        self.slots = Slots(database)
        self.subscriptions = Subscriptions(database)
        self.taken = Taken(database)
        self.standing_searches = StandingSearches(database)
        self.standing_alerts = StandingAlerts(database)
        self.standing_deliveries = StandingDeliveries(database)
        self.standing_matches = StandingMatches(database)
        self.vectors = Vectors(database)
        self.missing_vectors = MissingVectors(database)

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        database_url: str | None = None,
        max_archive_file_bytes: int,
        archive_about: Mapping[str, str] | None = None,
        story_forms: Callable[[], StoryForms] = StoryForms,
        clock: Callable[[], datetime] = utc_now,
    ) -> Store:
        """Open the record in this folder, making or upgrading it first, and release what dead processes held.

        `archive_about` is what each new archive file says about its maker; `story_forms` is called when needed.
        """
        _make_folder(data_dir)
        database = Database(database_url or sqlite_url(data_dir / RECORD_NAME))
        try:
            database.story_forms = cache(story_forms)
            migrate(database)
            archive = Archive(data_dir / "archive", max_file_bytes=max_archive_file_bytes, about=archive_about)
            store = cls(database, archive)
            store.runs.close_lost(now=clock())
            store.forgetting.reconcile(now=clock())
        except BaseException:
            database.close()
            raise
        return store

    def copy_into(self, database_url: str, *, on_rows: Callable[[str, int], None]) -> Mapping[str, int]:
        """Copy the record into another, empty database; see store.upkeep.copying. Raises StoreError."""
        with closing(Database(database_url)) as target:
            return copy_record(self._database, target, on_rows=on_rows)

    def row_count(self) -> int:
        """The number of rows that such a copy has."""
        return row_count(self._database)

    def know_forms(self, forms: StoryForms) -> None:
        """Use these from now on as the forms of address that sources name."""
        self._database.story_forms = lambda: forms

    def counts(self, *, now: datetime | None = None) -> StoreCounts:
        """The counts of the whole record."""
        with self._database.read() as connection:

            def count(table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
                return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*which)).scalar_one())

            return StoreCounts(
                articles=count(article, IS_LIVE),
                removed=count(article, IS_REMOVED),
                versions=count(article_version),
                urls=count(url),
                due=count(url, url.c.next_due_at <= (now or utc_now())),
                outbox=outbox_counts(connection),
            )

    def source_status(self, source_id: str, *, now: datetime) -> SourceStatus:
        """The status of a source."""
        with self._database.read() as connection:

            def count(*which: sa.ColumnElement[bool]) -> int:
                query = sa.select(sa.func.count()).select_from(url).where(url.c.source_id == source_id, *which)
                return int(connection.execute(query).scalar_one())

            mine = (article.c.source_id == source_id) & IS_LIVE
            newest = sa.select(sa.func.count(), sa.func.max(article.c.first_seen_at)).where(mine)
            articles, newest_at = connection.execute(newest).one()
            last = sa.select(run).where(run.c.source_id == source_id).order_by(run.c.id.desc()).limit(1)
            last_run = connection.execute(last).first()
            return SourceStatus(
                source_id=source_id,
                articles=articles,
                urls=count(),
                due=count(url.c.next_due_at <= now),
                failing=count(url.c.state == UrlState.FAILING.value),
                last_run=run_view(last_run) if last_run else None,
                newest_article_at=newest_at,
            )

    def last_backup_at(self) -> datetime | None:
        """When `newsdex backup` last made a complete backup; None before the first."""
        return last_backup_at(self.archive.folder.parent)

    def sizes(self) -> Sizes:
        """The space that record and archive take. Raises StoreError."""
        record_bytes, reusable_bytes = record_sizes(self._database)
        return Sizes(record_bytes=record_bytes, reusable_bytes=reusable_bytes, archive_bytes=self.archive.byte_count())

    def free_space(self) -> FreeSpace:
        """The free space of the data folder. Raises StoreError."""
        return free_space_at(self.archive.folder.parent, archive_file_bytes=self.archive.max_file_bytes)

    def ping(self) -> None:
        """Check that the database answers. Raises StoreError if it does not."""
        with self._database.read() as connection:
            connection.execute(sa.select(1))

    def check(self) -> None:
        """Read the whole database file. Raises StoreCorrupt if it is damaged. Blocks half a second per GB or more."""
        self._database.check()

    def close(self) -> None:
        """Close the archive file in use and all connections."""
        self.archive.close()
        self._database.close()
