"""Conditional responses: strong entity tags over the body (RFC 9110, 8.8.3), and 304 for clients that have it."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from search.web.entity_tags import names_tag, tag_of


def tagged_response(request: Request, body: BaseModel, *, fleeting: Collection[str] = ()) -> Response:
    """The body as JSON with its tag, or 304; `fleeting` fields always differ and do not count as a change.

    With a fleeting field, bodies with one tag are not equal byte by byte, so the tag is a weak one.
    """
    stable = body.model_dump_json(exclude=set(fleeting))
    tag = tag_of(stable.encode())
    headers = {"ETag": f"W/{tag}" if fleeting else tag}
    if names_tag(request.headers.get("If-None-Match", ""), tag):
        return Response(status_code=304, headers=headers)
    if fleeting:  # appended, so that the rest is not serialised twice
        stable = f"{stable[:-1]},{body.model_dump_json(include=set(fleeting))[1:]}"
    return Response(stable, media_type="application/json", headers=headers)
