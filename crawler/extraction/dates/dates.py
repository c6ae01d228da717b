"""When the story was published and last changed, chosen by trained trees among all days the page states or shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice

from crawler.extraction.choice import certainties
from crawler.extraction.dates.day_measures import PUBLICATION, DayCandidate, day_candidates
from crawler.extraction.dates.day_order import DayOrder, read_order
from crawler.extraction.dates.day_statements import Statement, read_statement
from crawler.extraction.dates.days_of_asking import without_days_of_asking
from crawler.extraction.dates.local_days import with_shown_day
from crawler.extraction.dates.moments import Moment, clock_of, in_zone_of, is_plausible
from crawler.extraction.dates.offered_days import without_reviews
from crawler.extraction.dates.relative_days import relative_day
from crawler.extraction.dates.shown_days import shown_days
from crawler.extraction.dates.stated_days import MODIFIED_METAS, hidden_days, stated_days
from crawler.extraction.dates.yearless_days import yearless_day
from crawler.extraction.found import Found
from crawler.extraction.page.document import Document
from crawler.extraction.page.passages import Passage
from crawler.extraction.page.structured import Structured, offers
from news.article import Hints

FUTURE_TOLERANCE = timedelta(days=1)  # a local time written as UTC is up to 14 hours ahead
HINT_CERTAINTY = 0.6  # of a feed's date, used if no day of the page is as sure; a choice
HINT_BONUS = 0.2  # added certainty of the day that the feed gives; a choice: the trees were trained without feeds
MAX_SHOWN = 60  # dates of one page
TOLD_CERTAINTY = 0.8  # of a day in the script data that the story was read from; a choice
MAX_LINKED_SHARE = 0.6  # of a line that states a change: the day of publication may be a link
GUESSED_CERTAINTY = 0.4  # below this, a date is flagged as a guess

_STATED = ("json-ld", "meta", "itemprop", "time")  # places whose refused dates are flagged
_GUESSES = ("htmldate", "text", "script data", "image address")  # origins of dates that nothing ties to the story


@dataclass(frozen=True)
class Dates:
    """The publisher's two dates, with their doubts."""

    published: Found[Moment] | None
    modified: Found[Moment] | None
    flags: tuple[str, ...] = ()
    refused: str | None = None  # the stated date that was not accepted


def read_dates(
    document: Document,
    structured: Structured,
    hints: Hints,
    fetched_at: datetime | None,
    passages: Sequence[Passage] = (),
    headline: int = -1,
    *,
    told: str | None = None,
) -> Dates:
    """The dates of publication and modification; None for one that is not stated or is impossible.

    `headline` is the index of the headline among the page's passages, -1 if none shows it. `told` is the date in the
    script data that the story was read from: it is preferred to guesses, and adds the time to a day.
    """
    latest = fetched_at + FUTURE_TOLERANCE if fetched_at else None
    order = read_order(document, passages, latest)
    statements = day_statements(document, structured, passages, headline, order)
    believed, doubts = _believed(statements, latest, "published", _STATED)
    believed = without_days_of_asking(believed, fetched_at)
    if offers(structured):
        believed = without_reviews(believed)
    published, flags = _chosen(day_candidates(believed, structured), hints, latest)
    if fetched_at and (published is None or published.origin in _GUESSES):
        ago = relative_day(passages, headline, fetched_at)
        published, flags = (Found(ago, "relative"), ["published_approximate"]) if ago else (published, flags)
    if published is None or published.origin in _GUESSES:
        day = yearless_day(passages, headline, document.url)
        if day and (published is None or published.value.day != day.day):  # a guess of that day may have its time
            published, flags = Found(day, "written"), []
    if (moment := _told(told, published, latest)) is not None:
        published, flags = Found(moment, "flight data", TOLD_CERTAINTY), []
    changes, more = _believed(
        _stated_modified(structured, order), latest, "modified", ("json-ld modified", "meta modified")
    )
    modified = next((Found(one.moment, one.origin) for one in changes), None)
    if modified is not None and published is not None:
        modified = replace(modified, value=in_zone_of(modified.value, published.value))
    if modified is None and published is not None:
        modified = _shown_modified(believed, published.value)
    flags = [flag for flag, _ in doubts] + flags + [flag for flag, _ in more]
    if published and modified and modified.value.at < published.value.at - timedelta(days=1):
        flags.append("modified_before_published")
    refused = next((value for _, value in (*doubts, *more)), None)
    return Dates(published, modified, tuple(dict.fromkeys(flags)), refused)


def _shown_modified(statements: Iterable[Statement], published: Moment) -> Found[Moment] | None:
    """The first later moment that a line near the headline, or a `time` element's name, says is a change."""
    shown = (one for one in statements if one.place in ("shown", "time") and _tells_change(one))
    return next((Found(one.moment, "labelled") for one in shown if one.moment.at > published.at), None)


def _tells_change(statement: Statement) -> bool:
    measures = statement.measures or {}
    if not measures.get("modified") or measures["linked"] > MAX_LINKED_SHARE:
        return False
    if statement.place == "time":
        return bool(measures["behind_headline"]) and not measures["outside"]
    return bool(measures["near"])


def _told(told: str | None, published: Found[Moment] | None, latest: datetime | None) -> Moment | None:
    """The script data's moment if nothing better than a guess is known, or if it adds the time to the known day."""
    believed, _ = _believed(read_statement(told, "script", "flight data"), latest, "published", ())
    moment = believed[0].moment if believed else None
    if moment is None or published is None or published.origin in _GUESSES:
        return moment
    is_its_time = published.value.day_only and moment.day == published.value.day
    return moment if is_its_time else None


def _believed(
    statements: Iterable[Statement], latest: datetime | None, name: str, flagged: tuple[str, ...]
) -> tuple[list[Statement], list[tuple[str, str]]]:
    """The statements that can be true, and (flag, value) for the others from `flagged` places."""
    kept: list[Statement] = []
    doubts: list[tuple[str, str]] = []
    for one in statements:
        plausible = is_plausible(one.moment)
        if plausible and not (latest and one.moment.at > latest):
            kept.append(one)
        elif one.place in flagged:
            doubts.append((f"{name}_in_future" if plausible else f"{name}_absurd", one.moment.at.isoformat()))
    return kept, doubts


def _chosen(
    candidates: list[DayCandidate], hints: Hints, latest: datetime | None
) -> tuple[Found[Moment] | None, list[str]]:
    """The day of publication and its flags."""
    hinted = _hinted(hints, latest)
    if not candidates:
        return hinted, []
    sure = (
        certainties("date", [candidate.measures for candidate in candidates])
        if len(candidates) > 1
        else [Found(None, candidates[0].origin).certainty]
    )
    ranked = [
        value + HINT_BONUS * (hinted is not None and candidate.day == hinted.value.day)
        for candidate, value in zip(candidates, sure, strict=True)
    ]
    best = max(range(len(candidates)), key=ranked.__getitem__)
    if hinted and ranked[best] < HINT_CERTAINTY:
        return hinted, []
    chosen, origin = _timed(candidates[best].best, candidates), candidates[best].origin
    certainty = round(min(1.0, ranked[best]), 2)
    flags = ["published_zone_inferred"] if chosen.is_localized else []
    flags += ["published_guessed"] if origin in _GUESSES or certainty < GUESSED_CERTAINTY else []
    return Found(chosen.moment, origin, certainty), flags


def _timed(chosen: Statement, candidates: list[DayCandidate]) -> Statement:
    """A shown day completed with a stated time of publication, if some offset puts that time on the day."""
    if not chosen.moment.day_only:
        return chosen if chosen.moment.zone else _zoned(chosen, candidates)
    stated = (one for candidate in candidates for one in candidate.statements if one.place in PUBLICATION)
    local = (with_shown_day(one.moment, [(chosen.moment, True)]) for one in stated)
    found = next((moment for moment in local if moment), None)
    return replace(chosen, moment=found, is_localized=True) if found else chosen


def _zoned(chosen: Statement, candidates: list[DayCandidate]) -> Statement:
    """A time without an offset, replaced by a statement with an offset and the same clock, if there is one."""
    moments = (one.moment for candidate in candidates for one in candidate.statements)
    zoned = (moment for moment in moments if moment.zone and not moment.day_only)
    found = next((moment for moment in zoned if clock_of(moment) == clock_of(chosen.moment)), None)
    return replace(chosen, moment=found) if found else chosen


def _hinted(hints: Hints, latest: datetime | None) -> Found[Moment] | None:
    at = hints.published_at
    if at is None or at.tzinfo is None or (latest and at > latest):
        return None
    return Found(Moment(at.astimezone(UTC), "+00:00"), "hint", HINT_CERTAINTY)


def _stated_modified(structured: Structured, order: DayOrder) -> Iterator[Statement]:
    yield from read_statement(structured.field("dateModified"), "json-ld modified", "json-ld", order)
    for name, value in structured.all(*MODIFIED_METAS):
        yield from read_statement(value, "meta modified", f"meta {name}", order)


def day_statements(
    document: Document, structured: Structured, passages: Sequence[Passage], headline: int, order: DayOrder
) -> list[Statement]:
    """All statements; a time in UTC or without an offset gets the offset that puts it on the day readers see.

    `headline` is the index of its passage, -1 if none shows it; `order` is how the page writes "3/4/2025".
    """
    stated = list(stated_days(document, structured, order))
    shown = list(islice(shown_days(passages, headline, order, {found.moment.day for found in stated}), MAX_SHOWN))
    if any(_is_strong(found) for found in (*stated, *(one for one in shown if not _in_figure(one)))):
        shown = [found for found in shown if not _in_figure(found)]  # a picture's date is earlier
    if not any(_is_strong(found) for found in (*stated, *shown)):
        stated += hidden_days(document, structured)
    days = [(found.moment, True) for found in stated if found.place == "address" or _shows_day(found)]
    days += [(found.moment, bool(found.measures and _tells_day(found.measures))) for found in shown]
    seen = {found.moment.day for found in shown if found.measures and found.measures["near"]}
    return [_localized(found, days, seen) for found in stated] + shown


def _is_strong(found: Statement) -> bool:
    """Whether a statement is clearly the story's own, so that weaker ones need not be searched for."""
    if found.place in ("json-ld", "json-ld created", "meta", "itemprop", "address"):
        return True
    measures = found.measures or {}
    return bool(measures.get("near") or (found.place == "time" and not measures["linked"] and not measures["outside"]))


def _in_figure(found: Statement) -> bool:
    return bool(found.measures and found.measures["in_figure"])


def _localized(found: Statement, days: list[tuple[Moment, bool]], seen: Collection[str]) -> Statement:
    """A statement on the day that readers see; where its own is among those near the headline, only a clock tells."""
    if found.moment.day in seen:
        days = [(moment, False) for moment, _ in days]
    local = with_shown_day(found.moment, days)
    return replace(found, moment=local, is_localized=True) if local else found


def _shows_day(found: Statement) -> bool:
    """Whether a statement is a `time` element of the story itself with a day but no time."""
    measures = found.measures or {}
    return found.place == "time" and found.moment.day_only and not (measures["linked"] or measures["outside"])


def _tells_day(measures: dict[str, float]) -> bool:
    """Whether the label of a shown day says that it is the story's, so that a stated time falls on it."""
    return bool(measures["published"] and measures["near"])
