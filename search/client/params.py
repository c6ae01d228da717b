"""The parameters of the client's methods, and addresses made from them by the server's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ValidationError

from news.index import Sort
from search.client.errors import Invalid
from search.params import FILTERS_OF_VALUES, ExportParams, SearchParams, rule_message

Model = TypeVar("Model", bound=BaseModel)


class Narrowing(TypedDict, total=False):
    """What every hit must satisfy; several values of one field are alternatives."""

    source: str | Sequence[str]
    section: str | Sequence[str]
    language: str | Sequence[str]
    author: str | Sequence[str]
    agency: str | Sequence[str]
    tag: str | Sequence[str]
    published_from: str | date | datetime
    published_to: str | date | datetime


class Filters(Narrowing, total=False):
    """Narrowing, plus how the query is read and the hits are ordered."""

    sort: Sort | str
    strict: bool
    collapse: bool


class SearchFilters(Filters, total=False):
    """Filters, plus a moment of the past."""

    as_of: str | date | datetime


def searching(name: str, model: type[SearchParams] | type[ExportParams], **given: object) -> str:
    """The path and query of a search. Raises Invalid."""
    written = checked(model, narrowed(given)).model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return f"/api/v1/{name}" + (f"?{urlencode(written, doseq=True)}" if written else "")


def narrowed(given: Mapping[str, object]) -> dict[str, object]:
    """The filters with each single value wrapped as the only alternative."""
    return {
        name: (value,) if name in FILTERS_OF_VALUES and isinstance(value, str) else value
        for name, value in given.items()
    }


def listing(*parts: str, **given: object) -> str:
    """The path and query of a list; parameters that are None are left out."""
    written = {key: value for key, value in given.items() if value is not None}
    return at(*parts) + (f"?{urlencode(written)}" if written else "")


def at(*parts: str) -> str:
    """The path of one thing."""
    return "/api/v1/" + "/".join(quote(part, safe="*") for part in parts)


def checked(model: type[Model], given: Mapping[str, object]) -> Model:
    """A body or parameters, validated by the server's rules. Raises Invalid."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        errors = tuple((".".join(map(str, each["loc"])), rule_message(each)) for each in error.errors())
        raise Invalid("; ".join(f"{name}: {message}" for name, message in errors), errors=errors) from error
