"""The examples in the API's description are answers that the API could give."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from pydantic import BaseModel

from search.api import completeness_models, models, operations_models, standing_models, status_models
from search.articles import changes

MODULES = (models, changes, operations_models, standing_models, status_models, completeness_models)
EXAMPLES: dict[str, list[Any]] = json.loads(files("search.api").joinpath("examples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_an_answer(name: str) -> None:
    module = next(each for each in MODULES if hasattr(each, name))
    model: type[BaseModel] = getattr(module, name)
    assert EXAMPLES[name]
    for example in EXAMPLES[name]:
        is_asked = name.startswith("New")  # what may be left out is
        written = json.loads(model.model_validate(example).model_dump_json(by_alias=True, exclude_unset=is_asked))
        assert written == example
