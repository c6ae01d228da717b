"""Words that complete what is typed, in scripts of all kinds."""

from __future__ import annotations

import pytest

from news.index import Hit, SearchRequest, SearchResult
from search.suggestions.suggesting import suggestions


@pytest.mark.parametrize(
    ("typed", "language", "headline", "offered"),
    [
        ("new har", "en", "Harbour reopens", ("new harbour",)),
        ("ist", "tr", "İstanbul'da deprem", ("istanbul",)),
        ("ısı", "tr", "ISINAN DENİZ", ("ısınan",)),
        ("भूक", "hi", "उत्तर में भूकंप", ("भूकंप",)),
        ("হাস", "bn", "নতুন হাসপাতাল", ("হাসপাতাল",)),
        ("電気", "ja", "新しい電気自動車を発売", ("電気自動車",)),
        ("地", "ja", "地震が続く", ("地震",)),
        ("ガソ", "ja", "ガソリン価格が下がる", ("ガソリン",)),
        ("京都", "ja", "東京都の予算", ()),
        ("지진", "ko", "지진으로 휴교", ("지진",)),
        ("โรง", "th", "โรงเรียนปิด", ()),  # nothing tells where the word ends
        ("h", "en", "Harbour reopens", ()),
        ("F1", "en", "F16", ()),
    ],
)
def test_the_last_word_is_completed_as_headlines_have_it(
    typed: str, language: str, headline: str, offered: tuple[str, ...]
) -> None:
    def search(_: SearchRequest) -> SearchResult:
        return SearchResult(total=1, hits=(Hit(id="1", score=None, fields={"title": headline, "language": language}),))

    assert suggestions(typed, search) == offered
