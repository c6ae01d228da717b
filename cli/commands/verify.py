"""`verify`: extracts an article's versions from the archive again and compares them."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from cli.commands.show import article_at
from cli.output import console, print_json
from cli.wiring import installation
from crawler.archived.verifying import Verdict, VersionCheck, verify
from crawler.reading.pool import ReadingPool
from news.errors import NotFoundError

UNVERIFIED_EXIT_CODE = 1


def verify_target(target: str, *, as_json: bool) -> None:
    """Print a line for each version; exits with 1 if one is not verified."""
    with installation() as opened:
        article_id = article_at(opened, target)
        if article_id is None:
            raise NotFoundError(f"{target!r} is no article that is known; try `newsdex search`")
        pool = ReadingPool(opened.settings.extraction)
        try:
            sources = opened.sources.by_id
            checks = asyncio.run(
                verify(article_id, store=opened.store, sources=sources, pool=pool, call=asyncio.to_thread)
            )
        finally:
            pool.close()
    if as_json:
        print_json({"article_id": article_id, "versions": [_told(check) for check in checks]})
    else:
        for check in checks:
            console.print(f"version {check.version}: {check.told}")
    if any(check.verdict is not Verdict.VERIFIED for check in checks):
        sys.exit(UNVERIFIED_EXIT_CODE)


def _told(check: VersionCheck) -> dict[str, Any]:
    """A check, using the API's field names of a version."""
    return {
        "version": check.version,
        "verdict": check.verdict,
        "extractor_version": check.made_by,
        "read_by": check.read_by,
        "same_model": check.same_model,
        "detail": check.detail,
    }
