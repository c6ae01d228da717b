"""The language detector, read before all else that reading processes begin with: making it takes the most memory."""

from __future__ import annotations

from crawler.extraction.language_model import identifier

identifier()
