"""The server is asked for its languages now and then; what was written here counts at once."""

from __future__ import annotations

from indexer.engines.elasticsearch.analyses import ANALYSES_SECONDS, KnownAnalyses


def test_languages_are_asked_for_now_and_then() -> None:
    asked: list[float] = []
    now = [100.0]
    held = ["tr"]

    def ask() -> list[str]:
        asked.append(now[0])
        return held

    known = KnownAnalyses(ask, clock=lambda: now[0])
    assert known.current() == known.current() == ("tr",)
    known.wrote("en")
    assert known.current() == ("en", "tr")
    held = ["de", "tr"]
    assert known.current() == ("en", "tr")
    now[0] += ANALYSES_SECONDS
    assert known.current() == ("de", "en", "tr")
    assert len(asked) == 2
