"""Searches read from the addresses of the page, where nothing that a reader types is an error."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams

from search.params import FILTERS_OF_VALUES, MAX_DEPTH, MAX_SIZE, SearchParams

_PARAMETERS = {field.alias or name: field for name, field in SearchParams.model_fields.items()}


def params_of(query: QueryParams) -> SearchParams:
    """Parse a search from an address; empty fields, unknown parameters and malformed numbers are ignored.

    Raises pydantic's ValidationError.
    """
    values: dict[str, Any] = {}
    for name in _PARAMETERS:
        given = [value for value in query.getlist(name) if value]
        if given:
            values[name] = tuple(dict.fromkeys(given)) if name in FILTERS_OF_VALUES else given[-1]
    for name, most in (("page", MAX_DEPTH), ("size", MAX_SIZE)):
        if name in values and (number := _number_within(values.pop(name), most)) is not None:
            values[name] = number
    return SearchParams.model_validate(values)


def _number_within(written: str, most: int) -> int | None:
    """The written number, clamped to 1 … `most`, since readers do not fix addresses; None if malformed."""
    try:
        return min(max(int(written), 1), most)
    except ValueError:
        return None
