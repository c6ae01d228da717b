"""The version of extraction, in its own module so that code that only compares versions need not load extraction."""

from __future__ import annotations

EXTRACTOR_VERSION = "24"  # raised whenever the same page may give another article
