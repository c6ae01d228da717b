"""`index vectors`: the vectors by which hits are put in the order of meaning."""

from __future__ import annotations

from cli.output import console, counted
from cli.wiring import installation
from indexer.vectors import make_vectors


def make_missing_vectors(*, limit: int | None) -> None:
    """Make those that are missing. Raises ConfigError if the model's packages are not installed."""
    with installation() as opened:
        made = make_vectors(opened.store.vectors, lambda: opened.sentence_model, most=limit, goes_on=lambda: True)
    console.print(f"made {counted(made, 'vector')}" if made else "no vector is missing")
