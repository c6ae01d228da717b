"""The API's description: what FastAPI derives from the routes, and what stands in front of every route."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from search.access import API_PREFIX
from search.models import ProblemModel

_REFERENCE = "#/components/schemas/{model}"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": _REFERENCE.format(model="ProblemModel")}}}
_KEY = "HTTPBearer"  # as FastAPI names the scheme
_KEY_SCHEME = {"type": "http", "scheme": "bearer", "description": "A key made by `newsdex keys create`"}
# What the guard answers in front of every route of the API, so that no route has to say it.
_GUARDED = {
    "401": "No key where one is needed, or one that is not in force",
    "403": "The key's scope is too small, or the page of another site sent this",
    "413": "The body is too long",
    "429": "Too many requests; Retry-After says in how many seconds to ask again",
}
_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}, "description": "Seconds"}}


def describe(app: FastAPI) -> None:
    """Extend the application's description: problems, keys, limits and examples."""
    derived = app.openapi

    def openapi() -> dict[str, Any]:
        document = derived()  # made once and kept by FastAPI
        if "ProblemModel" not in document["components"]["schemas"]:
            _extend(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents for extending its schema


def methods_at(document: dict[str, Any], path: str) -> list[str]:
    """The methods that a path of the API takes, for the Allow header (RFC 9110, section 10.2.1)."""
    methods: set[str] = set()
    for template, operations in document["paths"].items():
        pattern = re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path):
            methods.update(method.upper() for method in operations)
    return sorted(methods)


def _extend(document: dict[str, Any]) -> None:
    components = document["components"]
    schemas = components["schemas"]
    problem = ProblemModel.model_json_schema(ref_template=_REFERENCE)
    schemas |= problem.pop("$defs", {})
    schemas["ProblemModel"] = problem
    for unsent in ("HTTPValidationError", "ValidationError"):  # FastAPI's own error body
        schemas.pop(unsent, None)
    components.setdefault("securitySchemes", {}).setdefault(_KEY, _KEY_SCHEME)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if "HTTPValidationError" in str(operation["responses"].get("422", "")):
                del operation["responses"]["422"]
            if path.startswith(API_PREFIX):
                _guard(operation)
    for name, examples in _examples().items():
        if name in schemas:
            schemas[name].setdefault("examples", examples)


def _guard(operation: dict[str, Any]) -> None:
    operation.setdefault("security", [{}, {_KEY: []}])  # reading may be open
    answers = operation["responses"]
    for status, description in _GUARDED.items():
        if status != "413" or "requestBody" in operation:
            answers.setdefault(status, {"description": description, "content": _PROBLEM})
    for status in ("429", "503"):
        if status in answers:
            answers[status]["headers"] = _RETRY_AFTER
    operation["responses"] = dict(sorted(answers.items()))


@cache
def _examples() -> dict[str, list[Any]]:
    read: dict[str, list[Any]] = json.loads(files("search").joinpath("examples.json").read_text(encoding="utf-8"))
    return read
