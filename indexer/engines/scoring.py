"""What both engines agree on besides the field table's weights."""

from __future__ import annotations

from news.errors import EngineError
from news.index import SearchRequest

TIE_BREAKER = (
    0.3  # share of the other fields' scores besides the best one's; measured with benchmarks/search_quality.py
)
MAX_WINDOW = 11_000  # offset + limit of one search
FRAGMENT_CHARACTERS = 160  # of a highlighted piece of the body
MAX_FRAGMENTS = 3
WHOLE_FIELDS = ("title", "dek")  # highlighted from beginning to end


def check_window(request: SearchRequest) -> None:
    """Raises EngineError for a page no engine gives."""
    if request.offset < 0 or request.limit < 0 or request.offset + request.limit > MAX_WINDOW:
        raise EngineError(
            f"hits {request.offset} to {request.offset + request.limit} were asked for, the engine gives the first"
            f" {MAX_WINDOW}; narrow the search with filters"
        )
