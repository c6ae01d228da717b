"""What reading processes begin with: the models are there before they are forked."""

from __future__ import annotations

import subprocess
import sys

CHECK = """
import crawler.reading_start
from crawler.extraction import bodymodel, languages
print(languages._identifier.cache_info().misses, bodymodel.body_model.cache_info().misses)
"""


def test_the_models_are_read_before_the_first_page() -> None:
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, timeout=600, check=True)

    assert done.stdout.split() == ["1", "1"]
