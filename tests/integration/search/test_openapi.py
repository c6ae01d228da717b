"""The API's description tells a newcomer everything: what each operation does, takes, answers and refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.operated import Operated

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemModel"}}}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    operated = Operated(tmp_path_factory.mktemp("described"))
    yield operated.description()
    operated.close()


def operations_of(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield path, method, operation


def test_each_operation_says_what_it_does_and_under_which_name(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"] if tag["description"]}
    names = []
    for path, method, operation in operations_of(document):
        names.append(operation["operationId"])
        assert operation["summary"], (method, path)
        assert operation["description"].partition("\n\n")[0].endswith("."), (method, path)
        assert set(operation["tags"]) <= tags, (method, path)
        for parameter in operation.get("parameters", []):
            assert parameter["description"], (method, path, parameter["name"])
    assert len(names) == len(set(names))


def test_each_operation_says_how_it_refuses_and_what_key_it_needs(document: dict[str, Any]) -> None:
    (scheme,) = document["components"]["securitySchemes"].values()
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    for path, method, operation in operations_of(document):
        errors = {status: answer for status, answer in operation["responses"].items() if int(status) >= 400}
        assert all(answer["content"] == PROBLEM and answer["description"] for answer in errors.values()), path
        for status in {"429", "503"} & errors.keys():
            assert errors[status]["headers"]["Retry-After"], path
        if not path.startswith("/api/"):
            continue
        assert {"401", "403", "429", "503"} <= errors.keys(), (method, path)
        assert "{" not in path or {"404", "422"} <= errors.keys(), (method, path)
        assert "requestBody" not in operation or {"400", "413", "415", "422"} <= errors.keys(), (method, path)
        assert ({} in operation["security"]) is (method == "get"), (method, path)
        assert ("scope operate" in operation["description"]) is (method != "get"), (method, path)


def test_each_body_has_an_example_and_each_field_a_description(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for path, method, operation in operations_of(document):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        bodies += [answer for answer in operation["responses"].values() if "content" in answer]
        for body in bodies:
            assert body.get("description") != "Successful Response", (method, path)  # FastAPI's, which says nothing
            for content in body["content"].values():
                name = content["schema"].get("$ref", "").rpartition("/")[2]
                assert content.get("example") or schemas[name]["examples"], (method, path)
    objects = {name: schema for name, schema in schemas.items() if schema.get("type") == "object"}
    assert {name for name, schema in objects.items() if not schema.get("examples")} == set()
    bare = {
        f"{name}.{field}"
        for name, schema in objects.items()
        for field, described in schema["properties"].items()
        if "description" not in described
    }
    assert bare == set()
    assert all(schema.get("description") for schema in schemas.values())


def test_what_is_described_can_be_kept_as_a_file(document: dict[str, Any], tmp_path: Path) -> None:
    written = tmp_path / "openapi.json"
    written.write_text(json.dumps(document), encoding="utf-8")
    assert json.loads(written.read_text(encoding="utf-8"))["openapi"].startswith("3.1")
