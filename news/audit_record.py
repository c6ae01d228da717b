"""Conversion of a source's usual statistics to a JSON-compatible record and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from news.chart import MEMORY_PAGES, Beginning, Chart
from news.parts import Part
from news.signs import Sign
from news.usual import Spread, Story, Template, Usual

_KNOWN = {sign.value: sign for sign in Sign}


def usual_record(usual: Usual) -> dict[str, Any]:
    """The statistics as JSON can write them. It is done every few pages, so as little as possible is copied."""
    return {
        **_chart_record(usual),
        "length": _spread_record(usual.length),
        "shares": {sign.value: _spread_record(spread) for sign, spread in usual.shares.items()},
        "stories": [(story.title, story.moment, story.sentences) for story in usual.stories],
        "recent": usual.pages,
        "languages": usual.languages,
        "templates": {name: [each.first, each.last, each.count] for name, each in usual.templates.items()},
        "scattered": _chart_record(usual.scattered),
        "parts": {
            name: {**_chart_record(part), "first": part.first, "last": part.last} for name, part in usual.parts.items()
        },
        "scores": usual.scores,
    }


def usual_from_record(record: Mapping[str, Any]) -> Usual:
    """The statistics of a record; signs that are no longer judged are left out."""
    length, shares = _spreads(record)
    return Usual(
        **_chart(record),
        length=length,
        shares=shares,
        stories=_stories(record),
        pages=tuple(record["recent"]),
        languages=record.get("languages", {}),
        templates={name: Template(*numbers) for name, numbers in record["templates"].items()},
        scattered=Chart(**_chart(record["scattered"])) if "scattered" in record else Chart(),
        parts={
            name: Part(**_chart(part), first=part["first"], last=part["last"])
            for name, part in record.get("parts", {}).items()
        },
        scores={day: (scores[0], scores[1]) for day, scores in record["scores"].items()},
    )


def _chart_record(chart: Chart) -> dict[str, Any]:
    return {
        "pages": chart.page_count,
        "rates": chart.rates,
        "suspicion": chart.suspicion,
        "since": {sign.value: [begun.at.isoformat(), begun.page, begun.rate] for sign, begun in chart.since.items()},
        "standing": {sign.value: at.isoformat() for sign, at in chart.standing.items()},
    }


def _chart(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "page_count": record["pages"],
        "rates": {sign: (int(rate[0]), int(rate[1])) for sign, rate in _signs(record["rates"]).items()},
        "suspicion": _signs(record["suspicion"]),
        "since": {sign: _beginning(*values) for sign, values in _signs(record["since"]).items()},
        "standing": {sign: datetime.fromisoformat(stamp) for sign, stamp in _signs(record["standing"]).items()},
    }


def _spread_record(spread: Spread) -> list[float]:
    return [spread.mean, spread.variance, spread.count]


def _spreads(record: Mapping[str, Any]) -> tuple[Spread, dict[Sign, Spread]]:
    """The spreads of the length and of the shares; until 0.1.0 there were three, without their counts."""
    if "spreads" in record:
        count = min(int(MEMORY_PAGES), record["pages"])
        length, links, boilerplate = (Spread(mean, variance, count) for mean, variance in record["spreads"])
        return length, {Sign.LINKED_BODY: links, Sign.BOILERPLATE_BODY: boilerplate}
    return Spread(*record["length"]), {sign: Spread(*spread) for sign, spread in _signs(record["shares"]).items()}


def _stories(record: Mapping[str, Any]) -> tuple[Story, ...]:
    """The newest stories; until 0.1.0 only their headlines were kept."""
    if "titles" in record:
        return tuple(Story(title) for title in record["titles"])
    return tuple(Story(title, moment, tuple(sentences)) for title, moment, sentences in record["stories"])


def _beginning(stamp: str, page: int, rate: float) -> Beginning:
    return Beginning(datetime.fromisoformat(stamp), page, rate)


def _signs(values: Mapping[str, Any]) -> dict[Sign, Any]:
    return {_KNOWN[name]: value for name, value in values.items() if name in _KNOWN}
