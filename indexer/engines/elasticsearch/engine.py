"""The engine for real installations: Elasticsearch 8.19 or 9 through the official client."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from elasticsearch import ApiError, NotFoundError, TransportError

from config.settings import EngineSettings
from indexer.analysis.languages import ANALYSIS_CODES
from indexer.engine import EngineHealth, IndexBuild, IndexStatus
from indexer.engines.elasticsearch.analyses import KnownAnalyses
from indexer.engines.elasticsearch.answer import search_result
from indexer.engines.elasticsearch.bulks import Bulks
from indexer.engines.elasticsearch.collapsing import Collapsing
from indexer.engines.elasticsearch.connection import client_for, line_of, reported
from indexer.engines.elasticsearch.frequencies import KnownFrequencies
from indexer.engines.elasticsearch.live_index import LiveIndex, is_whole, why_not_written
from indexer.engines.elasticsearch.mapping import ANALYSIS, LIVE, index_body
from indexer.engines.elasticsearch.query import SEARCH_SECONDS, Json, matching
from indexer.engines.readings import readings_of
from indexer.engines.scoring import check_window
from indexer.sizing import CROWDED, OTHER_FIELDS, is_crowded, shards_for
from news.errors import EngineError, SearchUnanswered
from news.index import IndexEntry, SearchRequest, SearchResult, WriteResult
from news.urls import without_login

HEALTH_SECONDS = 5.0  # to say who it is: a server that hangs must not hang those who ask whether it does
ANSWER_SECONDS = SEARCH_SECONDS + 2.0  # how long a reader waits: the server gives up first, unless it hangs
_DROPPED = frozenset({404, 503})  # what a search answers if its index goes away, before it begins or in the middle


class ElasticsearchEngine:
    """One index behind `<name>-articles-read` and `<name>-articles-write`."""

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._where = without_login(settings.elasticsearch_url)
        self._base = f"{settings.index_name}-articles"
        self._read, self._write = f"{self._base}-read", f"{self._base}-write"
        self._client = client_for(settings)
        self._searching = self._client.options(request_timeout=min(ANSWER_SECONDS, settings.timeout_seconds))
        self._analyses = KnownAnalyses(self._held_analyses)
        self._frequencies = KnownFrequencies(self._ask)
        self._collapsing = Collapsing()
        self._live = LiveIndex(self._client, read=self._read, write=self._write)
        self._bulks = Bulks(
            self._client,
            settings,
            alias=self._write,
            on_analysis=self._analyses.wrote,
            on_landed=self._live.wrote_to,
        )

    def open(self) -> None:
        """Create the index if there is none."""
        with reported(self._where):
            if not self._client.indices.exists_alias(name=self._write):
                self._create("000001", aliases={self._read: {}, self._write: {"is_write_index": True}})

    def _create(self, number: str, *, aliases: dict[str, Any], article_count: int = 0) -> str:
        name = f"{self._base}-{number}"
        shards = self._settings.elasticsearch_shards or shards_for(article_count)
        try:
            self._client.indices.create(index=name, **index_body(shards=shards), aliases=aliases)
        except ApiError as error:
            if error.error != "resource_already_exists_exception":  # another process was first
                raise
        return name

    def write(self, entries: Sequence[IndexEntry]) -> list[WriteResult]:
        """Write through the alias; the external version lets only newer revisions win."""
        with reported(self._where):
            self._live.before_write()
            return self.write_to(self._write, entries)

    def write_to(self, index: str, entries: Iterable[IndexEntry]) -> list[WriteResult]:
        """Write to one index or alias."""
        return self._bulks.write(index, entries)

    def refresh(self) -> None:
        """Make everything written searchable now."""
        with reported(self._where):
            self._client.indices.refresh(index=self._write)

    def search(self, request: SearchRequest) -> SearchResult:
        """Answer one search."""
        check_window(request)
        with reported(self._where):
            query = matching(request, readings_of(request, self._analyses.current(), self._frequencies))
            return search_result(self._collapsing.answer(request, query, self._found), request)

    def _found(self, body: Json) -> Json:
        # dfs: words weigh the same on every shard; with one shard the step is not needed
        answer = self._ask(search_type="dfs_query_then_fetch", **body)
        if answer.get("timed_out"):
            raise SearchUnanswered("the search engine took too long for this search; ask for less or try again")
        found: Json = answer.body
        return found

    def _ask(self, **body: Any) -> Any:
        """Search the live index; ask again if a rebuild dropped it meanwhile, since its alias then names the next."""
        try:
            answer = self._searching.search(index=self._read, **body)
        except ApiError as error:
            if error.status_code not in _DROPPED:
                raise
        else:
            if not answer["_shards"]["failed"]:
                return answer
        answer = self._searching.search(index=self._read, **body)
        shards = answer["_shards"]
        if shards["failed"]:  # never present some of the articles as if they were all
            raise SearchUnanswered(f"{shards['failed']} of the index's {shards['total']} shards did not answer")
        return answer

    def _held_analyses(self) -> list[str]:
        counts = {ANALYSIS: {"terms": {"field": ANALYSIS, "size": len(ANALYSIS_CODES)}}}
        answer = self._ask(size=0, track_total_hits=False, aggs=counts)
        return [bucket["key"] for bucket in answer["aggregations"][ANALYSIS]["buckets"]]

    def revisions(self, ids: Sequence[str]) -> dict[str, int]:
        """The indexed revision of each of these that is in the index."""
        if not ids:
            return {}
        with reported(self._where):
            answer = self._client.mget(index=self._write, ids=list(ids), source=["revision", LIVE])
        held = (doc for doc in answer["docs"] if doc.get("found") and doc["_source"][LIVE])
        return {doc["_id"]: doc["_source"]["revision"] for doc in held}

    def count(self) -> int:
        """Live articles, all writes included."""
        self.refresh()
        with reported(self._where):
            return self.count_in(self._read)

    def count_in(self, index: str) -> int:
        """Live articles of one index."""
        return int(self._client.count(index=index, query={"term": {LIVE: True}})["count"])

    def start_build(self, article_count: int = 0) -> IndexBuild:
        """Begin an empty index beside the live one, after dropping builds of dead processes."""
        with reported(self._where):
            held = self._client.indices.get_alias(index=f"{self._base}-*")
            made = {name: number for name in held if (number := self._number_of(name)) is not None}
            for name in made:
                if not held[name]["aliases"]:
                    self._client.indices.delete(index=name)
            newest = max(made.values(), default=0)
            name = self._create(f"{newest + 1:06}", aliases={}, article_count=article_count)
            refresh_interval = self._settings_of(name).get("refresh_interval")  # of the operator's template
            self._set_refresh_interval(name, "-1")  # nobody reads it while it is being built
            return ElasticsearchBuild(self, name, refresh_interval)

    def _number_of(self, name: str) -> int | None:
        """The number of an index that newsdex made; None for any other, which is never deleted."""
        found = re.fullmatch(rf"{re.escape(self._base)}-([0-9]{{6,}})", name)
        return int(found[1]) if found else None

    def _settings_of(self, name: str) -> dict[str, Any]:
        return dict(self._client.indices.get_settings(index=name)[name]["settings"]["index"])

    def _set_refresh_interval(self, name: str, interval: str | None) -> None:
        self._client.indices.put_settings(index=name, settings={"index": {"refresh_interval": interval}})

    def promote(self, name: str, *, refresh_interval: str | None) -> None:
        """Move both aliases to this index in one step, then drop the old one."""
        with reported(self._where):
            self._set_refresh_interval(name, refresh_interval)
            self._client.indices.refresh(index=name)
            ours, old = {self._read, self._write}, [each for each in self._live.look() if each.name != name]
            actions: list[dict[str, Any]] = [
                {"add": {"index": name, "alias": self._read}},
                {"add": {"index": name, "alias": self._write, "is_write_index": True}},
                *({"remove": {"index": each.name, "alias": alias}} for each in old for alias in each.aliases & ours),
            ]
            self._client.indices.update_aliases(actions=actions)
            for each in old:
                if self._number_of(each.name) is not None:
                    self._client.indices.delete(index=each.name)

    def drop(self, name: str) -> None:
        """Delete an index that nothing reads."""
        with reported(self._where), contextlib.suppress(NotFoundError):
            if not self._client.indices.get_alias(index=name)[name]["aliases"]:
                self._client.indices.delete(index=name)

    def refresh_index(self, name: str) -> None:
        """Refresh one index, so that what was written to it is counted."""
        self._client.indices.refresh(index=name)

    def matches_fields(self) -> bool:
        """Whether both aliases lead to one index that was made from the current field table."""
        with reported(self._where):
            return is_whole(self._live.look(), {self._read, self._write})

    def status(self) -> IndexStatus:
        """See the port."""
        documents, matches = self.count(), self.matches_fields()
        with reported(self._where):
            stats = self._client.indices.stats(index=self._write, metric=["store", "docs", "segments"])["indices"]
            name, about = next(iter(stats.items()))
            settings = self._settings_of(name)
        shards, size = int(settings["number_of_shards"]), int(about["primaries"]["store"]["size_in_bytes"])
        crowded = CROWDED if is_crowded(size, shards) else None
        return IndexStatus(
            name=name,
            documents=documents,
            removed_marks=int(about["primaries"]["docs"]["count"]) - documents,
            size_bytes=size,
            shards=shards,
            replicas=int(settings["number_of_replicas"]),
            segments=int(about["primaries"]["segments"]["count"]),
            matches_fields=matches,
            advice=crowded if matches else OTHER_FIELDS,
        )

    def health(self) -> EngineHealth:
        """Never raises."""
        try:
            soon = min(HEALTH_SECONDS, self._settings.timeout_seconds)
            version = self._client.options(request_timeout=soon).info()["version"]["number"]
            held = self.count()
            refusal = why_not_written(self._live.look(), self._write)
        except (TransportError, ApiError, EngineError) as error:
            has_index = not isinstance(error.__cause__ or error, NotFoundError)
            detail = f"{self._where}: {line_of(error)}"
            return EngineHealth(ok=False, detail=detail, name="Elasticsearch", has_index=has_index)
        name = f"Elasticsearch {version}"
        detail = f"{name}, {self._read}"
        return EngineHealth(ok=True, detail=detail, name=name, documents=held, takes_nothing=refusal)

    def close(self) -> None:
        """Give back connections."""
        self._client.close()


class ElasticsearchBuild:
    """An index under construction."""

    def __init__(self, engine: ElasticsearchEngine, name: str, refresh_interval: str | None) -> None:
        self._engine = engine
        self._name = name
        self._refresh_interval = refresh_interval  # once it is live; None = the server's default

    def write(self, entries: Iterable[IndexEntry]) -> list[WriteResult]:
        """Add documents."""
        with reported(self._name):
            return self._engine.write_to(self._name, entries)

    def count(self) -> int:
        """Documents in it now."""
        with reported(self._name):
            self._engine.refresh_index(self._name)
            return self._engine.count_in(self._name)

    def promote(self) -> None:
        """Make it the live index."""
        self._engine.promote(self._name, refresh_interval=self._refresh_interval)

    def discard(self) -> None:
        """Drop it, unless it is live already."""
        self._engine.drop(self._name)
