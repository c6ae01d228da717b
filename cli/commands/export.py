"""`export`: everything a search finds, to standard output."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import chain
from typing import Any

from cli.commands.search import doubt_languages, doubt_sources, refuse_impossible_dates, refuse_sources, service_of
from cli.commands.search_params import checked_params, in_doubt
from cli.wiring import installation
from news.query.errors import QuerySyntaxError
from search.export import exported
from search.params import ExportParams


def export_search(given: Mapping[str, Any]) -> None:
    """Write the articles as they are found, however many there are."""
    params = checked_params(ExportParams, given)
    refuse_impossible_dates(params)
    with installation() as opened:
        try:
            pages = service_of(opened).export(params.search, with_text=params.text, with_receipt=params.receipt)
        except QuerySyntaxError as error:
            raise in_doubt(error) from error
        first = next(pages, ())
        whole = chain([first], pages)
        for part in exported(whole, params.format, with_text=params.text, with_receipt=params.receipt):
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        doubt_languages(params.language)
        (doubt_sources if first else refuse_sources)(params.source, opened.sources)
