"""Errors of the API's client.

NewsdexError
└── ClientError       the API reported a problem; has status, detail, errors and retry_after_seconds
        ├── Refused       no key, an invalid key, or one whose scope is too small (401, 403)
    ├── NotThere      no such article, request, pause or source (404)
        ├── Invalid       a parameter or body that breaks the rules (400, 413, 415, 422)
        └── Unreachable   no answer, an incomplete one, or 429 or 503 after every retry: try again later
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from news.errors import NewsdexError
from search.web.problem_models import ProblemModel


class ClientError(NewsdexError):
    """The API reported a problem."""

    def __init__(
        self,
        detail: str,
        *,
        status: int | None = None,
        errors: tuple[tuple[str, str], ...] = (),
        retry_after_seconds: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status  # None = there was no answer
        self.detail = detail
        self.errors = errors  # parameter and what is wrong with it
        self.retry_after_seconds = retry_after_seconds


class Refused(ClientError):
    """The key is not sufficient."""


class NotThere(ClientError):
    """The requested thing does not exist."""


class Invalid(ClientError):
    """What was sent breaks the rules."""


class Unreachable(ClientError):
    """There was no answer; there may be one later."""


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
    """The error in an answer; one that is not problem+json, such as a proxy's, is judged by its status."""
    wait = headers.get("Retry-After", "")
    retry_after = int(wait) if wait.isdecimal() else None
    try:
        problem = ProblemModel.model_validate_json(body)
    except ValidationError:
        problem = ProblemModel(title="", status=status, detail=f"the server answered {status}")
    errors = tuple((each.parameter, each.message) for each in problem.errors or ())
    kind = _KINDS.get(status, ClientError)
    return kind(problem.detail, status=status, errors=errors, retry_after_seconds=retry_after)
