"""The form in which errors are reported to programs (RFC 9457)."""

from __future__ import annotations

from pydantic import BaseModel, Field


class CheckModel(BaseModel):
    """Whether something that newsdex depends on can be used."""

    ok: bool
    detail: str


class ParameterErrorModel(BaseModel):
    """What is wrong with one parameter."""

    parameter: str
    message: str


class ProblemModel(BaseModel):
    """An error, as RFC 9457 describes it."""

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Content",
                    "status": 422,
                    "detail": "size: has to be at most 100",
                    "errors": [
                        {
                            "parameter": "size",
                            "message": "has to be at most 100",
                        }
                    ],
                }
            ]
        }
    }

    type: str = "about:blank"
    title: str = Field(description="The HTTP status in words")
    status: int
    detail: str = Field(description="What happened and what to do")
    errors: list[ParameterErrorModel] | None = None
    checks: dict[str, CheckModel] | None = None
