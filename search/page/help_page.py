"""The help page: the query language, by examples that are links, and the keyboard shortcuts."""

from __future__ import annotations

from fastapi import APIRouter
from jinja2 import Environment
from starlette.responses import Response

from search.web.pages import page_response

HELP_PATH = "/help"
WAYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (  # docs/search.md explains them at length
    (
        "Words",
        (
            ("new bridge", "both words, anywhere; of four and more the telling ones"),
            ('"new bridge"', "side by side, in this order"),
            ('"bridge council"~5', "near each other: at most 5 words between them"),
            ("parliament*", "any word that begins so"),
            ("erdogam~", "any word spelt like it"),
        ),
    ),
    (
        "Together",
        (
            ("bridge OR tunnel", "either"),
            ("bridge -toll", "without the second"),
            ("(bridge OR tunnel) -toll", "parentheses group"),
        ),
    ),
    (
        "In one place",
        (
            ("title:bridge", "in the headline; also dek, text, section, tag and url"),
            ('author:"ayşe kaya"', "who signed it; agency is whom it credits"),
            ("source:trtworld", "of one source"),
            ("site:example.org", "at addresses with this host, or this host and path"),
            ("lang:tr", "in one language"),
        ),
    ),
    (
        "When",
        (
            ("last:7d", "of the last seven days; also 12h, 2w, 3m, 1y"),
            ("on:2026-11", "in this month; also a day or a year"),
            ("after:2026-11-01 before:2026-11-20", "from the first day on, and before the second"),
        ),
    ),
    (
        "What became of it",
        (
            ("edited:7d", "edited in the last seven days; also today, 2026-11"),
            ("changed:title", "whose headline was edited; also dek and text"),
            ("changed:silent", "edited under the same stated time"),
            ('removed:"no injuries"', "that once said this and no longer does"),
            ("is:removed", "that its publisher took away"),
        ),
    ),
    ("An address", (("https://www.example.org/story", "the article at it, or what became of it"),)),
)


def help_router(environment: Environment) -> APIRouter:
    """The route."""
    router = APIRouter(include_in_schema=False)

    def show() -> Response:
        return page_response(environment, "help.html", ways=WAYS)

    router.add_api_route(HELP_PATH, show, methods=["GET", "HEAD"], response_model=None)
    return router
