"""The OpenAPI description: what FastAPI derives from the routes, plus what applies to every route."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI

from search.api.described import KEY_DESCRIPTION, problems
from search.api.field_words import FIELD_WORDS
from search.web.access import API_PREFIX
from search.web.problem_models import ProblemModel

TAGS = [
    {"name": "search", "description": "Finding articles, and exporting what was found"},
    {
        "name": "articles",
        "description": "One article: its versions, what they changed, its copies, and articles like it",
    },
    {
        "name": "saved searches",
        "description": "Searches that every new article is matched against, and where the matches go",
    },
    {"name": "operations", "description": "Work on demand, pauses, and how everything is doing"},
    {"name": "health", "description": "For whatever keeps the server running; never limited, always open"},
]

_REFERENCE = "#/components/schemas/{model}"
_KEY = "HTTPBearer"  # FastAPI's name for the scheme
_KEY_SCHEME = {"type": "http", "scheme": "bearer", "description": KEY_DESCRIPTION}
_GUARDED = (401, 403, 413, 429)  # answers of the guard in front of every route, added here so that no route has to
_SCOPES = {True: "Needs a key of scope operate.", False: "Needs a key of scope read where reading is not open."}
_READING = ("get", "head")
_UNTOLD = "Successful Response"  # what FastAPI writes where a route says nothing
_TOLD = {
    "200": "The answer",
    "201": "It was made",
    "202": "It was accepted and will be worked on",
    "204": "It was done",
}


def describe(app: FastAPI) -> None:
    """Extend the application's description with problems, keys, limits and examples."""
    derived = app.openapi

    def openapi() -> dict[str, Any]:
        document = derived()  # made once and cached by FastAPI
        if "ProblemModel" not in document["components"]["schemas"]:
            _extend(document)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents for extending its schema


def methods_at(document: dict[str, Any], path: str) -> list[str]:
    """The methods a path of the API accepts, for the Allow header (RFC 9110, section 10.2.1)."""
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
        for method, operation in operations.items():
            _tell_answers(operation["responses"])
            if path.startswith(API_PREFIX):
                _guard(operation, is_writing=method not in _READING)
    for name, schema in schemas.items():
        if name in _examples():
            schema.setdefault("examples", _examples()[name])
        for field, described in schema.get("properties", {}).items():
            if field in FIELD_WORDS:
                described.setdefault("description", FIELD_WORDS[field])
    for schema in [schema for schema in schemas.values() if "examples" in schema]:
        for example in schema["examples"]:
            _exemplify_parts(schemas, schema, example)


def _exemplify_parts(schemas: dict[str, Any], schema: dict[str, Any], example: Any) -> None:
    """Pass the parts of this schema's example on to the schemas it references."""
    for field, described in schema.get("properties", {}).items():
        given = example.get(field)
        parts = given if isinstance(given, list) else [given]
        for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(described)):
            for part in parts:
                if isinstance(part, dict) and schemas[name].get("type") == "object":
                    schemas[name].setdefault("examples", [part])
                    _exemplify_parts(schemas, schemas[name], part)


def _tell_answers(answers: dict[str, Any]) -> None:
    """Replace what FastAPI says about answers of its own accord."""
    if "HTTPValidationError" in str(answers.get("422", "")):
        del answers["422"]
    for status, answer in answers.items():
        if answer["description"] == _UNTOLD:
            answer["description"] = _TOLD[status]


def _guard(operation: dict[str, Any], *, is_writing: bool) -> None:
    operation["description"] = f"{operation.get('description', '')}\n\n{_SCOPES[is_writing]}".strip()
    operation.setdefault("security", [{}, {_KEY: []}])  # reading may be open
    answers = operation["responses"]
    for status, answer in problems(*_GUARDED).items():
        if status != 413 or "requestBody" in operation:
            answers.setdefault(str(status), answer)
    operation["responses"] = dict(sorted(answers.items()))


@cache
def _examples() -> dict[str, list[Any]]:
    read: dict[str, list[Any]] = json.loads(files("search.api").joinpath("examples.json").read_text(encoding="utf-8"))
    return read
