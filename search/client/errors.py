"""Errors of the API's client.

NewsdexError
└── ClientError       an answer that is a problem; it has status, detail, errors and retry_after_seconds
    ├── Refused       no key, a key that is not in force, or one of too small a scope (401, 403)
    ├── NotThere      no such article, request, pause or source (404)
    ├── Invalid       a parameter or body that breaks its rules (400, 413, 415, 422)
    └── Unreachable   no answer, one that was cut off, or 429 and 503 after every retry: try again later
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from news.errors import NewsdexError
from search.api.models import ProblemModel


class ClientError(NewsdexError):
    """The API answered with a problem."""

    def __init__(
        self,
        detail: str,
        *,
        status: int | None = None,
        errors: tuple[tuple[str, str], ...] = (),
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status  # None: there was no answer
        self.detail = detail
        self.errors = errors  # parameter and what is wrong with it
        self.retry_after_seconds = retry_after_seconds


class Refused(ClientError):
    """The key does not suffice."""


class NotThere(ClientError):
    """What was asked for does not exist."""


class Invalid(ClientError):
    """What was sent breaks the rules."""


class Unreachable(ClientError):
    """There was no answer; later there may be."""


_KINDS: Mapping[int, type[ClientError]] = {
    400: Invalid,
    401: Refused,
    403: Refused,
    404: NotThere,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    429: Unreachable,
    503: Unreachable,
}


def error_of(status: int, body: bytes, headers: Mapping[str, str]) -> ClientError:
    """The error an answer tells; what is no problem+json, as of a proxy, is told by its status."""
    wait = headers.get("Retry-After", "")
    retry_after = int(wait) if wait.isdecimal() else None
    try:
        problem = ProblemModel.model_validate_json(body)
    except ValidationError:
        problem = ProblemModel(title="", status=status, detail=f"the server answered {status}")
    errors = tuple((each.parameter, each.message) for each in problem.errors or ())
    kind = _KINDS.get(status, ClientError)
    return kind(problem.detail, status=status, errors=errors, retry_after_seconds=retry_after)
