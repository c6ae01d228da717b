"""Times and days as requests write them: in ISO 8601, never as a number of seconds since 1970."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_BEGINS_WITH_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_IS_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _written(form: re.Pattern[str], name: str, told: str) -> Callable[[Any], Any]:
    """A validator that passes on text of this form and refuses all else with these words."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and form.match(value):
            return value
        raise PydanticCustomError(name, told)

    return check


Written = Annotated[
    datetime,
    BeforeValidator(_written(_BEGINS_WITH_DAY, "moment", "is not a time such as 2026-11-24T08:30:00Z")),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}),
]
Day = Annotated[
    date,
    BeforeValidator(_written(_IS_DAY, "day", "is not a day such as 2026-11-24")),
    WithJsonSchema({"type": "string", "format": "date"}),
]
