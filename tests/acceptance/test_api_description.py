"""The API against its own description: schemathesis makes requests of every kind, and each answer is as described."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from news.keys import Scope
from search.app import OPENAPI_PATH
from tests.support.operated import GAZETTE, Operated

CONFIG = Path(__file__).parents[1] / "support" / "schemathesis.toml"
MOST_SECONDS = 1800


def run_schemathesis(operated: Operated, *options: str) -> None:
    """Fail with its report unless schemathesis finds nothing."""
    operated.crawl(GAZETTE, stories=3, failing=1)
    with operated.served() as url:
        command = [
            *(
                sys.executable,
                "-m",
                "schemathesis.cli",
                "--config-file",
                str(CONFIG),
                "run",
                url.rstrip("/") + OPENAPI_PATH,
            ),
            *("--header", f"Authorization: Bearer {operated.key(Scope.ADMIN)}", "--checks", "all", "--mode", "all"),
            # A stream of progress lasts as long as its request is open
            *(
                "--exclude-path-regex",
                "/events$",
                "--generation-database",
                "none",
                "--request-timeout",
                "120",
                "--no-color",
                *options,
            ),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False, cwd=operated.folder
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def test_every_answer_is_as_described(operated: Operated) -> None:
    run_schemathesis(operated, "--phases", "examples,coverage,fuzzing", "--max-examples", "3", "--seed", "1")


@pytest.mark.slow
def test_every_answer_is_as_described_at_length(operated: Operated) -> None:
    run_schemathesis(operated, "--max-examples", "100")
