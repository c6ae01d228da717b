"""Which extraction this is; apart from it, so that what only compares versions loads none of it."""

from __future__ import annotations

EXTRACTOR_VERSION = "19"  # raised whenever the same page may give another article
