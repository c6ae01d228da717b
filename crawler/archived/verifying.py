"""Deriving stored versions from the archive again, and checking that the result is the same, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import unified_diff
from enum import StrEnum

from crawler.answered.rereading import hints_for, page_of_version
from crawler.reading import tasks
from crawler.reading.pool import ReadingFailed, ReadingPool
from crawler.reading.running import Runner
from news.article import Article, Hints, NotArticle
from news.boilerplate import NO_BOILERPLATE, Boilerplate
from news.errors import StoreError
from news.source import ExtractionRules, Source
from news.versions.digest import content_digest
from store.archive.records import PUBLISHED_HINT, SECTION_HINT, TITLE_HINT
from store.records import ArchiveRef, StoredArticle
from store.service import Store
from store.views import VersionView


class Verdict(StrEnum):
    """The outcome of deriving a version again."""

    VERIFIED = "verified"
    DIFFERS = "differs"
    NOT_ARCHIVED = "not archived"
    UNREADABLE = "unreadable"  # the archive no longer holds the page as it was written


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionCheck:
    """One version derived again."""

    version: int
    verdict: Verdict
    made_by: str  # extractor version
    read_by: str
    same_model: bool  # read with the boilerplate model that it was made with
    detail: str = ""  # where it differs, or why it could not be read

    @property
    def told(self) -> str:
        """The verdict in one line."""
        notes = []
        if self.made_by != self.read_by:
            notes.append(f"made by extractor version {self.made_by}, this program has {self.read_by}")
        if not self.same_model:
            notes.append("what was known of the source's boilerplate then is known no more")
        if self.detail:
            notes.append(self.detail)
        return "; ".join([self.verdict.value, *notes])


async def verify(
    article_id: str, *, store: Store, sources: Mapping[str, Source], pool: ReadingPool, call: Runner
) -> list[VersionCheck]:
    """Derive every version of an article again, oldest first."""
    view = await call(store.articles.get, article_id)
    if view is None:
        return []
    stored = view.stored
    verifier = _Verifier(stored, sources.get(stored.source_id), store=store, pool=pool, call=call)
    return [await verifier.check(each) for each in await call(store.articles.versions, stored.id)]


class _Verifier:
    """Derives the versions of one article."""

    def __init__(
        self, stored: StoredArticle, source: Source | None, *, store: Store, pool: ReadingPool, call: Runner
    ) -> None:
        self._stored = stored
        self._source = source  # None = no file describes it any more
        self._store = store
        self._pool = pool
        self._call = call

    async def check(self, version: VersionView) -> VersionCheck:
        check = VersionCheck(
            version=version.version,
            verdict=Verdict.NOT_ARCHIVED,
            made_by=version.extractor_version,
            read_by=tasks.EXTRACTOR_VERSION,
            same_model=True,
        )
        if version.warc_file is None or version.warc_offset is None:
            return check
        digest = version.payload_digest or ""
        ref = ArchiveRef(warc_file=version.warc_file, warc_offset=version.warc_offset, payload_digest=digest)
        model = await self._model(version)
        check = replace(check, same_model=model.version == version.boilerplate_version)
        try:
            read = await self._read(version, ref, model)
        except (StoreError, ReadingFailed) as error:
            return replace(check, verdict=Verdict.UNREADABLE, detail=str(error))
        return _compared(check, version, read)

    async def _read(self, version: VersionView, ref: ArchiveRef, model: Boilerplate) -> Article | NotArticle:
        archived = await self._call(self._store.archive.read, ref)
        page = page_of_version(archived, version)
        rules = self._source.rules if self._source else ExtractionRules()
        hints = await self._hints(ref, is_own=archived.url == version.article.url)
        return await self._pool.run(tasks.extract, page, hints=hints, rules=rules, boilerplate=model)

    async def _hints(self, ref: ArchiveRef, *, is_own: bool) -> Hints:
        """The hints that extraction had; those in the archive are about another address's page unless `is_own`."""
        if is_own and (told := await self._call(self._store.archive.identity, ref)):
            return _archived_hints(told, self._source)
        return hints_for(await self._call(self._store.frontier.row_of, self._stored.id), self._source)

    async def _model(self, version: VersionView) -> Boilerplate:
        """The model with which the version was read; if it was not kept, the present one."""
        if not version.boilerplate_version:
            return NO_BOILERPLATE
        kept: Boilerplate | None = await self._call(self._store.boilerplates.kept, version.boilerplate_version)
        if kept is not None:
            return kept
        known: Boilerplate = await self._call(self._store.boilerplates.at, self._stored.source_id, version.fetched_at)
        return known


def _compared(check: VersionCheck, version: VersionView, read: Article | NotArticle) -> VersionCheck:
    if isinstance(read, NotArticle):
        return replace(check, verdict=Verdict.DIFFERS, detail=f"it reads as no article ({read.reason.value})")
    if content_digest(read) == version.content_digest and read.text == version.article.text:
        return replace(check, verdict=Verdict.VERIFIED)
    return replace(check, verdict=Verdict.DIFFERS, detail=first_difference(version.article, read))


def first_difference(stored: Article, read: Article) -> str:
    """The first line in which two readings differ, with the name of its field.

    >>> one = Article(url="https://a.example/", title="Rain")
    >>> first_difference(one, replace(one, title="Snow"))
    'title: -Rain +Snow'
    """
    for name, old, new in (
        ("title", stored.title, read.title),
        ("dek", stored.dek or "", read.dek or ""),
        ("authors", ", ".join(stored.authors), ", ".join(read.authors)),
        ("text", stored.text, read.text),
        ("image", str(stored.image), str(read.image)),
        ("source_line", stored.source_line or "", read.source_line or ""),
    ):
        if old == new:
            continue
        changed = [
            line
            for line in unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
            if line[:1] in "-+" and line[:3] not in {"---", "+++"} and line[1:].strip()
        ]
        gone = next((line for line in changed if line.startswith("-")), "-")
        come = next((line for line in changed if line.startswith("+")), "+")
        return f"{name}: {gone[:100]} {come[:100]}"
    return "the stored digest is not that of the stored text"


def _archived_hints(told: Mapping[str, str], source: Source | None) -> Hints:
    """The hints that extraction had about the page, as the archive states them."""
    published = told.get(PUBLISHED_HINT)
    return replace(
        hints_for(None, source),
        title=told.get(TITLE_HINT),
        published_at=datetime.fromisoformat(published) if published else None,
        section=told.get(SECTION_HINT),
    )
