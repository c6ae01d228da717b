"""Guessing where sites keep what they do not announce, and what their story addresses have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from news.fetch import Discovered
from news.urls import host_of, normalize_url, path_and_query

if TYPE_CHECKING:
    from tldextract import TLDExtract

# In order of how often news sites use them; a choice of the few worth a request each.
FEED_PATHS = ("/feed/", "/rss.xml", "/rss", "/feed.xml", "/feed/rss.xml", "/atom.xml", "/index.xml", "/feed.json")
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap_index.xml", "/sitemap.xml", "/sitemap-news.xml")
LEAST_ADDRESSES = 8  # needed for a conclusion

_SHAPES = (  # what story addresses of many sites share, the most telling first
    r"/(?:19|20)\d\d/\d{1,2}/",
    r"-\d{4,}(?:\.html?)?/?(?:\?|$)",
    r"/\d{5,}(?:[/?.]|$)",
)
_NEWS_NAME = re.compile(r"news|haber|latest|recent", re.IGNORECASE)
_DATED_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/]?(0[1-9]|1[0-2]))?(?:[-_/]?([0-2]\d|3[01]))?(?!\d)")
# What is left of the name of a sitemap of lists and people, as WordPress, its extensions and Ghost name them, when the
# words of all such names are taken away; "pages" are such a list only beside one of posts.
_NAME_WORDS = frozenset({"", "wp", "sitemap", "xml", "gz"})
_LISTS = frozenset({"author", "authors", "user", "users", "tag", "tags", "post_tag", "category", "categories"})
_COMMENTS = re.compile(r"\bcomments?\b", re.IGNORECASE)  # of a feed's title
_PLACE = re.compile(r"#[a-z]*[-_]?\d+$", re.IGNORECASE)  # such as "#comment-55", where a comment stands
_PAGES = frozenset({"page", "pages"})
_POSTS = frozenset({"post", "posts"})


def story_pattern(urls: Sequence[str]) -> str | None:
    """A regular expression on path and query that all these story addresses match; None when they share nothing.

    >>> story_pattern([f"https://a.org/article/{n}x{n}" for n in range(9)])
    '^/article/'
    """
    targets = [path_and_query(url) for url in urls]
    if len(targets) < LEAST_ADDRESSES:
        return None
    firsts = {target.split("/")[1] for target in targets if target.count("/") >= 2}
    if len(firsts) == 1 and all(target.count("/") >= 2 for target in targets):
        (first,) = firsts
        if re.fullmatch(r"[a-z][a-z_-]{2,30}", first):
            return f"^/{re.escape(first).replace(chr(92) + '-', '-')}/"
    return next((shape for shape in _SHAPES if all(re.search(shape, target) for target in targets)), None)


def is_news_sitemap(url: str) -> bool:
    """Whether a sitemap's name says that it holds news."""
    return bool(_NEWS_NAME.search(urlsplit(url).path.rpartition("/")[2]))


def with_stories(sitemaps: Sequence[Discovered]) -> list[Discovered]:
    """The sitemaps of an index, except those named after authors, tags or pages; all of them if none would be left."""
    named = [(found, _name_words(found.url)) for found in sitemaps]
    has_posts = any(words & _POSTS and not words & _PAGES for _, words in named)
    return [found for found, words in named if not _is_list(words, has_posts=has_posts)] or list(sitemaps)


def newest_sitemaps(sitemaps: Sequence[Discovered]) -> list[Discovered]:
    """The sitemaps of an index, news and the newest first, by lastmod and by the date in the name.

    If nothing tells them apart, the last comes first and then the first, as numbered ones grow at either end.
    """
    ends = [*sitemaps[-1:], *sitemaps[:-1]]

    def rank(found: Discovered) -> tuple[bool, float, tuple[int, int, int]]:
        at = found.modified_at.timestamp() if found.modified_at else 0.0
        return is_news_sitemap(found.url), at, dated_name(found.url) or (0, 0, 0)

    return sorted(ends, key=rank, reverse=True)


def _is_list(words: frozenset[str], *, has_posts: bool) -> bool:
    if "taxonomies" in words or (words and words <= _LISTS):
        return True
    return has_posts and bool(words & _PAGES) and words <= _PAGES | _POSTS


def _name_words(url: str) -> frozenset[str]:
    """The words of a sitemap's file name, except those that all have; none if its query names it."""
    name = path_and_query(url).lower().rpartition("/")[2]
    return frozenset(re.sub(r"\d+$", "", word) for word in re.split(r"[-.]", name)) - _NAME_WORDS


def holds_comments(title: str | None, addresses: Sequence[str]) -> bool:
    """Whether a feed is named after comments, or each of its entries is its own numbered place within a page.

    >>> holds_comments("Commentary", ["https://a.org/x#rss2", "https://a.org/y#rss2"])
    False
    >>> holds_comments(None, ["https://a.org/x#c12", "https://a.org/x#c13"])
    True
    """
    places = {found[0] for url in addresses if (found := _PLACE.search(url))}
    named = bool(_COMMENTS.search(title or "")) or all("#comment" in url for url in addresses)
    return named or len(places) == len(addresses) > 1


def dated_name(url: str) -> tuple[int, int, int] | None:
    """The year, month and day in a sitemap's address; 0 for what it leaves open, None if it has no date.

    >>> dated_name("https://a.org/sitemap-2024-03.xml"), dated_name("https://a.org/sitemap-3.xml")
    ((2024, 3, 0), None)
    """
    found = list(_DATED_NAME.finditer(path_and_query(url)))
    if not found:
        return None
    year, month, day = max(found, key=lambda match: len(match[0])).groups(default="0")
    return int(year), int(month), int(day) if month != "0" else 0


def belongs_together(url: str, other: str) -> bool:
    """Whether two URLs lie under one registered domain.

    >>> belongs_together("https://www.a.co.uk/x", "https://news.a.co.uk/y")
    True
    >>> belongs_together("https://a.co.uk/x", "https://b.co.uk/y")
    False
    >>> belongs_together("https://bücher.example/x", "https://xn--bcher-kva.example/y")
    True
    """
    host, other_host = (host_of(normalize_url(each) or each) for each in (url, other))
    return host == other_host or (bool(site := _registered(host)) and site == _registered(other_host))


@lru_cache(maxsize=1024)
def _registered(host: str) -> str:
    return str(_extractor()(host).top_domain_under_public_suffix)


@lru_cache(maxsize=1)
def _extractor() -> TLDExtract:
    """The list of public suffixes that comes with the package; nothing is downloaded."""
    from tldextract import TLDExtract  # noqa: PLC0415  brings an HTTP client, 4 MB, and few crawls compare sites

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
