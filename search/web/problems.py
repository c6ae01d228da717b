"""Errors as the API and the page report them: one table from exception to status, reason and advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from news.errors import EngineError, NewsdexError, NotFoundError, SearchUnanswered, StoreError
from news.query.errors import QuerySyntaxError
from search.errors import AWAY, ENGINE, STORE
from search.params import rule_message
from search.web.problem_models import CheckModel, ParameterErrorModel, ProblemModel

RETRY_AFTER_SECONDS = 10  # a choice: long enough for an engine to restart, short enough for a person


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """An error as it is reported to the client."""

    status: int
    detail: str
    errors: tuple[tuple[str, str], ...] = ()  # parameter and what is wrong with it
    checks: Mapping[str, CheckModel] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    part: str | None = None  # the part of newsdex that failed: engine or store
    cause: str = ""  # cause of that failure, only for the log: it names addresses and users

    @property
    def title(self) -> str:
        """The status in words."""
        if self.status == HTTPStatus.UNPROCESSABLE_ENTITY:
            return "Unprocessable Content"  # RFC 9110's name, used by Python from 3.13 on
        return HTTPStatus(self.status).phrase


def problem_of(error: Exception) -> Problem:
    """The problem to report for an error; an unforeseen one is a 500 that does not reveal its cause."""
    match error:
        case RequestValidationError() | ValidationError():
            return invalid(error.errors())
        case NotFoundError():
            return Problem(status=404, detail=str(error))
        case SearchUnanswered():
            return unavailable(str(error), part=ENGINE)
        case EngineError():
            return away(ENGINE, str(error))
        case StoreError():
            return away(STORE, str(error))
        case HTTPException():
            detail = _HTTP_DETAILS.get(error.status_code, error.detail)
            return Problem(status=error.status_code, detail=detail, headers=error.headers or {})
        case QuerySyntaxError():
            return Problem(status=400, detail=f"{error}\n{error.pointed}", errors=(("q", error.message),))
        case NewsdexError():  # the request is impossible, such as a query that is too long
            return Problem(status=400, detail=str(error))
        case _:
            return Problem(status=500, detail="newsdex failed here; its log names the defect")


def away(part: str, cause: str) -> Problem:
    """The problem of a part that does not answer now; the cause goes only to the log."""
    return unavailable(AWAY[part], part=part, cause=cause)


def unavailable(detail: str, **about: Any) -> Problem:
    """The problem of something that does not answer now; `about` are further fields of the problem."""
    return Problem(status=503, detail=detail, headers={"Retry-After": str(RETRY_AFTER_SECONDS)}, **about)


def invalid(errors: Sequence[Any]) -> Problem:
    """The problem of parameters that break their rules; the offending values are not repeated."""
    told = tuple(_broken_rule(error) for error in errors)
    return Problem(status=422, detail="; ".join(f"{name}: {message}" for name, message in told), errors=told)


def problem_response(problem: Problem) -> Response:
    """The problem as application/problem+json."""
    body = ProblemModel(
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        errors=[ParameterErrorModel(parameter=name, message=message) for name, message in problem.errors] or None,
        checks=dict(problem.checks) if problem.checks else None,
    )
    return Response(
        body.model_dump_json(exclude_none=True),
        status_code=problem.status,
        headers=dict(problem.headers),
        media_type="application/problem+json",
    )


NOWHERE = "there is nothing at this address"
_HTTP_DETAILS = {404: NOWHERE, 405: "this address takes another method; Allow names it"}


def _broken_rule(error: Any) -> tuple[str, str]:
    """The parameter and what is wrong with it."""
    if error["type"] == "json_invalid":
        return "body", f"is not JSON: {error['ctx']['error']} at character {error['loc'][-1]}"
    return _parameter(error["loc"]), rule_message(error)


def _parameter(location: Sequence[Any]) -> str:
    where = location[:1] if location and location[0] in ("query", "path", "body") else ()
    names = [str(part) for part in location[len(where) :]]
    return names[0] if names else "address"
