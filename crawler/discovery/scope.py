"""Which discovered URLs belong to a source, and what they are asked for."""

from __future__ import annotations

import re
from functools import lru_cache

from news.fetch import UrlKind
from news.source import Source
from news.traps import trap_reason
from news.urls import in_scope, normalize_url, path_and_query, url_key

# Files that are no pages, by the end of the path.
_FILE = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|svg|ico|bmp|mp3|m4a|ogg|wav|mp4|m4v|mov|webm|avi|m3u8|pdf|docx?|xlsx?|pptx?|zip|gz|"
    r"css|js|json|xml|rss|atom|txt|ics|vcf|apk|exe|dmg|woff2?)$",
    re.IGNORECASE,
)
# What story addresses have and navigation lacks: a slug of three words, a long number, a date, a hexadecimal id, an id
# below "article", or one by which WordPress names a post that has no path.
_STORY_SIGN = re.compile(
    r"/[^/]*[^/-]-[^/-]+-[^/]*[^/-]|\d{5,}|/(19|20)\d\d/\d{1,2}/|/(?=[0-9a-f]*\d)[0-9a-f]{12,}(/|$)|/articles?/[^/]*\d|"
    r"^/\?p=\d+$",
    re.IGNORECASE,
)
# Pages that list or introduce, by their whole path: what an author or a tag has, and what every site says of itself.
# Of 1,377 addresses of pages in the corpora three match, all of them such pages.
_NO_STORY = re.compile(
    r"(?:/[a-z]{2}(?:-[a-z]{2})?)?(?:"
    r"/(?:authors?|autore?s?|auteurs?|yazar(?:lar)?|tags?|etiket(?:ler)?|categor(?:y|ies)|kategori(?:e|en|ler)?)"
    r"/(?![^/]*\d{5})[^/]+(?:/page/\d+)?"
    r"|/(?:about(?:-us)?|contact(?:-us)?|privacy(?:-policy)?|cookies?(?:-policy)?|terms(?:-(?:of|and)-[a-z-]+)?"
    r"|legal(?:-notice)?|imprint|impressum|datenschutz|kunye|hakkimizda|iletisim|mentions-legales|aviso-legal)"
    r"(?:\.(?:html?|php|aspx?))?)/?",
    re.IGNORECASE,
)


def classify(url: str, source: Source) -> UrlKind | None:
    """The kind of URL that this is to a source; None if it does not belong to the source or is not worth fetching.

    A source's own feeds, sitemaps and sections may lie on any host; articles only on its hosts.
    """
    normalized = normalize_url(url, strip_parameters=source.strip_parameters)
    if normalized is None:
        return None
    return _declared_kinds(source).get(url_key(normalized)) or _article_kind(normalized, source)


def looks_like_story(url: str) -> bool:
    """Whether an address has the marks of a story rather than of a section or a service page.

    >>> looks_like_story("https://a.org/world/storm-hits-coast"), looks_like_story("https://a.org/about-us")
    (True, False)
    """
    return bool(_STORY_SIGN.search(path_and_query(url)))


def _article_kind(normalized: str, source: Source) -> UrlKind | None:
    target = path_and_query(normalized)
    path = target.partition("?")[0]
    if not in_scope(normalized, source.hosts) or _FILE.search(path):
        return None
    if not path.strip("/") and not _STORY_SIGN.search(target):  # the home page
        return None
    if trap_reason(normalized) or _matches(source.ignore_patterns, target):
        return None
    patterns = source.article_patterns
    wanted = _matches(patterns, target) if patterns else not _NO_STORY.fullmatch(path)
    return UrlKind.ARTICLE if wanted else None


def _matches(patterns: tuple[str, ...], target: str) -> bool:
    return any(_compiled(pattern).search(target) for pattern in patterns)


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=256)
def _declared_kinds(source: Source) -> dict[str, UrlKind]:
    declared = [
        *((section.url, UrlKind.SECTION) for section in source.sections),
        *((sitemap, UrlKind.SITEMAP) for sitemap in source.sitemaps),
        *((feed, UrlKind.FEED) for feed in source.feeds),
        (source.home_url, None),
    ]
    normalized = ((normalize_url(url), kind) for url, kind in declared)
    return {url_key(url): kind for url, kind in normalized if url and kind}
