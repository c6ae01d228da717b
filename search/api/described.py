"""How routes describe their problems and keys in OpenAPI: one wording for all of them."""

from __future__ import annotations

from typing import Any

from fastapi import Security
from fastapi.security import HTTPBearer

PROBLEM_CONTENT: dict[str, Any] = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}
}
KEY_DESCRIPTION = (
    "A key made by `newsdex keys create`, of scope read, operate or admin: each also allows what those before it allow"
)
PROBLEMS = {
    400: "The request makes no sense, or the query is too long or ambiguous; `detail` says what to correct",
    401: "No key where one is needed, or an invalid one",
    403: "The key's scope is too small, or the request came from another site's page",
    404: "What was asked for does not exist; `detail` says what it was",
    413: "The body is too long",
    415: "The body is not application/json",
    422: "A parameter breaks its rules; `errors` says which",
    429: "Too many requests; Retry-After says in how many seconds to ask again",
    503: "The search engine or the store does not answer now; Retry-After says when to ask again",
}
RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds to wait"}}
READS = (401, 403, 422, 503)
WRITES = (400, 401, 403, 415, 422, 503)

# The guard in front of the application checks the key; this only adds it to OpenAPI.
KEY = Security(HTTPBearer(auto_error=False, description=KEY_DESCRIPTION))


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error responses of a route."""
    return {status: _problem(status) for status in sorted(statuses)}


def _problem(status: int) -> dict[str, Any]:
    told = {"description": PROBLEMS[status], "content": PROBLEM_CONTENT}
    return told | {"headers": RETRY_AFTER} if status in {429, 503} else told
