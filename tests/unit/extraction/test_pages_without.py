"""What benchmarks take from pages is gone from them, and nothing else is."""

from __future__ import annotations

from benchmarks.pages_without import CHOICES, without

PAGE = """<html lang="fr"><head><meta charset="iso-8859-1"><meta name="author" content="A. Writer"><title>Été</title>
<script type="application/ld+json">{"headline": "Été"}</script><script>var kept = 1</script></head>
<body><main id="m"><article class="story"><p class="lead" dir="ltr">Le café</p> du coin</article></main></body></html>
""".encode("iso-8859-1")  # fmt: skip


def test_what_is_asked_for_goes() -> None:
    bare = without(PAGE, "https://a.example/1", CHOICES).decode()
    assert not any(word in bare for word in ("class=", " id=", "<main", "<article", "A. Writer", "ld+json"))
    assert '<html lang="fr"' in bare
    assert "kept = 1" in bare
    assert '<div><div><p dir="ltr">Le café</p> du coin</div></div>' in bare


def test_the_rest_stays() -> None:
    assert "<main>" in without(PAGE, "https://a.example/1", ["names"]).decode()
    assert 'class="lead"' in without(PAGE, "https://a.example/1", ["landmarks", "metadata"]).decode()
    assert without(b"", "https://a.example/1", CHOICES) == b""
