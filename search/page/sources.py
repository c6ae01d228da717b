"""The pages of sources: a list of all, and for each what it publishes, how it is followed and its latest articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from jinja2 import Environment
from starlette.responses import Response

from news.completeness import percent
from news.errors import NotFoundError
from news.fetch import UrlKind
from news.schedule import Schedule
from search.api.written import Day
from search.links import PAGE_PATH, search_href
from search.operations.overview import SourceOverview
from search.operations.service import Operations
from search.page.health import Health, HealthState, health_of, tally_of
from search.page.listing import FACET_TITLES, value_label
from search.page.timeline_view import timeline_view
from search.params import SearchParams
from search.results import SearchPage, SourceSummary
from search.service import SearchService
from search.web.pages import page_response

SOURCES_PATH = "/sources"
LATEST_SHOWN = 10
VALUES_SHOWN = 8  # per facet
LINES = 8  # of crawls and of failures
MISSING_SHOWN = 100
ALARMS_READ = 1000  # to judge the health of every source


def source_router(
    service: SearchService, environment: Environment, operations: Operations | None, *, now: Callable[[], datetime]
) -> APIRouter:
    """The routes. Without `operations` the pages show only what the index holds."""
    router = APIRouter(include_in_schema=False)

    def every() -> Response:
        found = service.sources()
        if operations is None:
            return page_response(environment, "sources.html", found=found, rows={}, healths={}, summary="")
        rows, alarms = operations.condition.by_source(), operations.alarms(limit=ALARMS_READ)
        healths = {id: health_of(row, alarms) for id, row in rows.items()}
        return page_response(
            environment,
            "sources.html",
            found=worst_first(found, healths),
            rows=rows,
            healths=healths,
            summary=tally_of(healths.values(), unfollowed_count=sum(each.id not in healths for each in found)),
            now=now(),
        )

    def one(source_id: str) -> Response:
        row = operations.condition.by_source([source_id]).get(source_id) if operations else None
        return page_response(
            environment,
            "source.html",
            id=source_id,
            row=row,
            now=now(),
            pace=pace,
            **_articles_of(service, source_id, row),
            **(_followed_how(operations, source_id, row) if operations else {}),
        )

    def completeness(
        source_id: str,
        first: Annotated[Day | None, Query(alias="from")] = None,
        last: Annotated[Day | None, Query(alias="to")] = None,
    ) -> Response:
        if operations is None:
            raise NotFoundError("There is no such page.")
        found = operations.completeness(source_id, first=first, last=last, limit=MISSING_SHOWN)
        name = service.source_names.get(source_id, source_id)
        return page_response(
            environment,
            "completeness.html",
            id=source_id,
            name=name,
            found=found,
            percent=percent,
            article=UrlKind.ARTICLE,
            now=now(),
        )

    paths: dict[str, Callable[..., Response]] = {
        SOURCES_PATH: every,
        f"{SOURCES_PATH}/{{source_id}}": one,
        f"{SOURCES_PATH}/{{source_id}}/completeness": completeness,
    }
    for path, handler in paths.items():
        router.add_api_route(path, handler, methods=["GET", "HEAD"], response_model=None)
    return router


def _articles_of(service: SearchService, source_id: str, row: SourceOverview | None) -> dict[str, Any]:
    """A source's name and what of its articles is shown. Raises NotFoundError if nothing is known of it."""
    params = SearchParams(source=(source_id[:300] or "-",), size=LATEST_SHOWN)
    found = service.search(params, for_page=True)
    if row is None and not found.total and source_id not in service.source_names:
        raise NotFoundError("There is no source at this address.")
    return {
        "name": row.source.name if row else service.source_names.get(source_id, source_id),
        "found": found,
        "values": published(found),
        "timeline": timeline_view(found.timeline, params),
        "all_href": search_href(PAGE_PATH, params, size=20),
        "copies_href": search_href(PAGE_PATH, params, size=20, collapse=False),
    }


def _followed_how(operations: Operations, source_id: str, row: SourceOverview | None) -> dict[str, Any]:
    """How a source is doing."""
    alarms = operations.alarms(source_id=source_id, limit=LINES)
    return {
        "health": health_of(row, alarms) if row else None,
        "alarms": alarms,
        "gaps": operations.condition.gaps(source_id=source_id, limit=LINES),
        "runs": operations.runs(source_id=source_id, limit=LINES),
        "failures": operations.failures(source_id=source_id, limit=LINES),
    }


def published(found: SearchPage) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """What a source publishes: facet titles with their most frequent values, counts and addresses."""
    groups = []
    for name, title in FACET_TITLES.items():
        counts = found.facets.get(name, ())[:VALUES_SHOWN] if name != "source" else ()
        if counts:
            rows = [
                (
                    value_label(name, each.value, {}),
                    each.count,
                    search_href(PAGE_PATH, found.params, **_only(name, each.value)),
                )
                for each in counts
            ]
            groups.append((title, rows))
    return groups


def worst_first(found: Iterable[SourceSummary], healths: Mapping[str, Health]) -> list[SourceSummary]:
    """Order sources by health, those in trouble first; otherwise keep their order."""
    order = list(HealthState)
    return sorted(found, key=lambda each: order.index(healths[each.id].state) if each.id in healths else len(order))


def pace(schedule: Schedule) -> str:
    """How often a source is polled, in words.

    >>> pace(Schedule(every_seconds=600)), pace(Schedule(every_seconds=5400)), pace(Schedule(every_seconds=7200))
    ('every 10 min', 'every 90 min', 'every 2 h')
    """
    seconds = schedule.every_seconds
    if schedule.cron is not None or seconds is None or seconds % 60:
        return str(schedule)
    return f"every {seconds // 3600} h" if seconds % 3600 == 0 else f"every {seconds // 60} min"


def _only(name: str, value: str) -> dict[str, Any]:
    return {name: (value,), "size": 20}
