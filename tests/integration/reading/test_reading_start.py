"""What reading processes begin with, before they are forked, and what they spare the process that has pages read."""

from __future__ import annotations

import subprocess
import sys

from crawler.reading.pool import PRELOADED

CHECK = """
import importlib, sys
for name in {preloaded!r}:
    importlib.import_module(name)
from crawler.extraction import language_model
from crawler.extraction.body import bodymodel
print(language_model.identifier.cache_info().misses, bodymodel.body_model.cache_info().misses)
from trafilatura import external
print(bool(external.JT_STOPLIST))
print([name for name in ("pydantic", "scrapy", "sqlalchemy", "twisted") if name in sys.modules])
"""
CRAWLING = """
import sys
import crawler.archived.taking, crawler.archived.verifying, crawler.proposals.autopilot
import crawler.crawls.worker, indexer.delivery
print([name for name in ("crawler.extraction.service", "htmldate", "numpy", "trafilatura") if name in sys.modules])
"""


def test_the_models_are_read_before_the_first_page_and_nothing_of_other_processes() -> None:
    check = CHECK.format(preloaded=PRELOADED)
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, timeout=600, check=True)

    assert done.stdout.splitlines() == ["1 1", "True", "[]"]


def test_who_crawls_loads_no_extraction() -> None:
    done = subprocess.run([sys.executable, "-c", CRAWLING], capture_output=True, text=True, timeout=600, check=True)

    assert done.stdout == "[]\n"
