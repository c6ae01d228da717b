"""What every reading process starts with, imported before the fork: the code, the models, and two pages read.

Loaded once here, it costs no process any time, and the memory peak of making it does not count towards theirs.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from config.memory import give_back
from crawler.reading.tasks import read_story
from news.article import Hints, Page
from news.boilerplate import NO_BOILERPLATE
from news.source import ExtractionRules

_STORY = "The harbour master kept the ferry waiting for two days because of a storm that the coast guard had warned of."
# A story, and one so short that trafilatura is asked as well, whose lists of common words take a sixth of a second
_PARAGRAPHS = (9, 1)


def _begin() -> None:
    for count in _PARAGRAPHS:
        body = f"<html><head><title>Ferry</title></head><body><h1>Ferry</h1>{f'<p>{_STORY}</p>' * count}</body></html>"
        page = Page(url="https://paper.example/ferry", body=body.encode(), fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
        read_story(page, hints=Hints(), rules=ExtractionRules(), boilerplate=NO_BOILERPLATE)
    gc.collect()
    give_back()
    gc.freeze()  # all this stays: collecting it again would only copy it into each process


_begin()
