"""`index vectors`: the vectors by which hits are put in the order of meaning."""

from __future__ import annotations

from cli.output import console, counted
from cli.wiring import installation


def make_missing_vectors(*, limit: int | None) -> None:
    """Make those that are missing. Raises ConfigError if the model's packages are not installed."""
    with installation() as opened:
        made = opened.make_vectors(lambda: True, most=limit)
    console.print(f"made {counted(made, 'vector')}" if made else "no vector is missing")
