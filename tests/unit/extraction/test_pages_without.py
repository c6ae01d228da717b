"""What benchmarks take from pages is gone from them, and nothing else is."""

from __future__ import annotations

from collections.abc import Collection

from benchmarks.pages_without import CHOICES, without
from news.article import Page

PAGE = """<html lang="fr"><head><meta charset="iso-8859-1"><meta name="author" content="A. Writer"><title>Été</title>
<script type="application/ld+json">{"headline": "Été"}</script><script>var kept = 1</script></head>
<body><main id="m"><article class="story"><p class="lead" dir="ltr">Le café</p> du coin</article></main></body></html>
""".encode("iso-8859-1")  # fmt: skip


def read_without(what: Collection[str], body: bytes = PAGE) -> str:
    return without(Page(url="https://a.example/1", body=body), what).body.decode()


def test_what_is_asked_for_goes() -> None:
    bare = read_without(CHOICES)
    assert not any(word in bare for word in ("class=", " id=", "<main", "<article", "A. Writer", "ld+json"))
    assert '<html lang="fr"' in bare
    assert "kept = 1" in bare
    assert '<div><div><p dir="ltr">Le café</p> du coin</div></div>' in bare


def test_what_was_not_chosen_stays_in_the_page() -> None:
    assert "<main>" in read_without(["names"])
    assert 'class="lead"' in read_without(["landmarks", "metadata"])
    assert read_without(CHOICES, b"") == ""
