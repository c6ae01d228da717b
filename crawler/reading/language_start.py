"""Loads the language detector, before all else that reading processes start with, as making it takes most memory."""

from __future__ import annotations

from crawler.extraction.language_model import identifier

identifier()
