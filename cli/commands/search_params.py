"""The parameters of a search as given to a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from news.errors import ConfigError
from news.query.errors import QuerySyntaxError
from search.params import rule_message

Params = TypeVar("Params", bound=BaseModel)


def checked_params(model: type[Params], given: Mapping[str, Any]) -> Params:
    """The parameters of a search; None means not given. Raises ConfigError naming the option."""
    try:
        return model.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(part for part in first["loc"] if isinstance(part, str))  # not which of several it is
        raise ConfigError(f"--{name.replace('_', '-')} {first.get('input')!r}: {rule_message(first)}") from error


def in_doubt(error: QuerySyntaxError) -> ConfigError:
    """A strict query's mistake, with a caret below its position."""
    return ConfigError(f"{error}\n{error.pointed}")
