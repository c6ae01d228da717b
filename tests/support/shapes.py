"""News sites of many shapes, each made from a few traits, for looking at an unknown site."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote, urlsplit

from cli.demo.server import Handler, LocalServer
from tests.support.documents import Item, rss, sitemap_index_xml, sitemap_xml

NOW = datetime.now(UTC).replace(microsecond=0)
HOME, HTML, XML = "www.example.org", "text/html; charset=utf-8", "application/xml"
STORY_COUNT = 10

# Sentences in which stories of each language are written, long enough together for 80 words
TEXTS = {
    "en": "The keepers of lock {n} open the gates at the turn of the tide when the water stands level on both sides. ",
    "tr": "Kanal {n} bekçileri su iki yanda aynı yüksekliğe geldiğinde kapakları açar ve bekleyen tekneler girer. ",
    "ru": "Смотрители шлюза номер {n} открывают ворота, когда вода по обе стороны стоит на одном уровне и лодки ждут. ",
    "ar": "يفتح حراس الهويس رقم {n} البوابات عندما يستوي الماء على الجانبين وتدخل القوارب التي تنتظر منذ الصباح. ",
    "ja": "閘門{n}の番人は潮の変わり目に水位が両側で等しくなると門を開け、朝から待っていた船を通す。",
}
TITLES = {
    "en": "The lock keepers of town {n}",
    "tr": "Kanal {n} bekçileri anlatıyor",
    "ru": "Смотрители шлюза номер {n}",
    "ar": "حراس الهويس رقم {n}",
    "ja": "閘門{n}の番人たち",
}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What makes a site the kind it is. Paths begin with /; hosts are example.org's unless named."""

    name: str
    story: str = "/world/the-lock-keepers-story-{id}"  # its address; {id}, {day}, {hex} and {slug} are filled in
    story_host: str = HOME
    language: str = "en"
    feed: str | None = None  # path, or //host/path
    feed_kind: str = "rss"  # rss | atom | json
    feed_known_by: str = "link"  # link | anchor | nothing
    feed_links: str = "whole"  # whole | path
    has_full_text: bool = False
    also: Mapping[str, tuple[int, str]] = field(default_factory=dict)  # path -> status and body, before all else
    head: str = ""  # more in the head of the home page
    sitemap: str | None = None
    sitemap_kind: str = "news"  # news | plain | undated | index | gz
    sitemap_in_robots: bool = True
    robots: str = ""
    sections: Sequence[str] = ()  # pages that list the stories
    pages: int = 1  # of each section, by rel=next
    home_stories: int = 0  # links to stories on the home page
    other_sites: int = 0  # links to other sites on the home page
    base: str = ""  # <base href> of every page; links are written from there
    body: str | None = None  # of the home page, in place of all that
    page: str | None = None  # of every story, in place of one
    start: str = "/"
    home: str = "/"  # where the home page is
    # What is to be proposed: kinds and addresses of ways, or a refusal
    ways: Sequence[str] = ()
    refused: str = ""
    pattern: str | None = None  # of its stories, where it is told

    def __str__(self) -> str:
        return self.name


class ShapedSite:
    """A server that is every host of example.org, with a site of one shape at a time."""

    def __init__(self) -> None:
        self._server = LocalServer(self._answer)
        self._port = urlsplit(self._server.url).port
        self._pages: dict[str, tuple[int, str, bytes]] = {}
        self._moved: dict[str, str] = {}
        self.asked: list[str] = []

    def __enter__(self) -> ShapedSite:
        self._server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(None, None, None)

    def url(self, address: str) -> str:
        """A path, or //host/path, as a whole URL."""
        host, path = address[2:].split("/", 1) if address.startswith("//") else (HOME, address.removeprefix("/"))
        return f"http://{host}:{self._port}/{path}"

    def short(self, url: str) -> str:
        """A whole URL as `url` takes it."""
        host, _, path = url.removeprefix("http://").replace(f":{self._port}/", "/", 1).partition("/")
        return f"/{path}" if host == HOME else f"//{host}/{path}"

    def put(self, address: str, body: str | bytes, *, kind: str = HTML, status: int = 200) -> None:
        """Answer an address so."""
        content = body.encode() if isinstance(body, str) else body
        self._pages[self.url(address)] = (status, kind, content)

    def move(self, address: str, to: str) -> None:
        """Answer an address by leading to a whole URL."""
        self._moved[self.url(address)] = to

    def become(self, shape: Shape) -> None:
        """Show a site of this shape and nothing else."""
        self._pages.clear()
        self._moved = {f"http://example.org:{self._port}/": self.url("/")}
        if shape.home != "/":
            self._moved[self.url("/")] = self.url(shape.home)
        self.asked.clear()
        items = [_item(self, shape, number) for number in range(STORY_COUNT)]
        for number, item in enumerate(items):
            self._pages[item.link] = (200, HTML, (shape.page or _story(shape, number, item)).encode())
        _put_lists(self, shape, items)
        for address, (status, body) in shape.also.items():
            self.put(address, body, status=status)

    def stories(self, shape: Shape) -> list[str]:
        """The addresses of a shape's stories."""
        return [_item(self, shape, number).link for number in range(STORY_COUNT)]

    def _answer(self, handler: Handler) -> None:
        url = f"http://{handler.headers['Host']}{handler.path}"
        self.asked.append(url)
        if url in self._moved:
            handler.reply(301, b"", {"Location": self._moved[url]})
            return
        status, kind, body = self._pages.get(url, (404, "text/plain", b"not here"))
        handler.reply(status, body, {"Content-Type": kind})


def _put_lists(site: ShapedSite, shape: Shape, items: list[Item]) -> None:
    if shape.feed:
        write: Callable[[Shape, list[Item]], str] = {"rss": _rss, "atom": _atom, "json": _json}[shape.feed_kind]
        shown = [_as_path(item) for item in items] if shape.feed_links == "path" else items
        kind = "application/json" if shape.feed_kind == "json" else XML
        site.put(shape.feed, write(shape, shown), kind=kind)
    robots = shape.robots
    if shape.sitemap:
        robots += f"\nSitemap: {site.url(shape.sitemap)}\n" if shape.sitemap_in_robots else ""
        _put_sitemap(site, shape, items)
    if robots:
        site.put("/robots.txt", robots, kind="text/plain")
    for path in shape.sections:
        for page in range(1, shape.pages + 1):
            more = f'<link rel="next" href="{path}?page={page + 1}">' if page < shape.pages else ""
            site.put(path if page == 1 else f"{path}?page={page}", _list_page(site, shape, items, head=more))
    home = shape.body if shape.body is not None else _list_page(site, shape, items[: shape.home_stories], is_home=True)
    site.put(shape.home, home)


def _put_sitemap(site: ShapedSite, shape: Shape, items: list[Item]) -> None:
    assert shape.sitemap
    plain = [Item(link=item.link, modified_at=item.modified_at) for item in items]
    match shape.sitemap_kind:
        case "news":
            site.put(shape.sitemap, sitemap_xml(items), kind=XML)
        case "plain":
            site.put(shape.sitemap, sitemap_xml(plain), kind=XML)
        case "undated":
            pages = [Item(link=site.url(path)) for path in ("/about-us", "/contact", "/world")]
            site.put(shape.sitemap, sitemap_xml([*pages, *(Item(link=item.link) for item in items)]), kind=XML)
        case "gz":
            site.put(shape.sitemap, gzip.compress(sitemap_xml(plain).encode(), mtime=0), kind="application/gzip")
        case _:
            months = [f"/maps/sitemap-{month}.xml" for month in ("2019-01", "2019-02", NOW.strftime("%Y-%m"))]
            site.put(shape.sitemap, sitemap_index_xml([site.url(month) for month in months]), kind=XML)
            site.put(months[-1], sitemap_xml(plain), kind=XML)


def _item(site: ShapedSite, shape: Shape, number: int) -> Item:
    at = NOW - timedelta(hours=number)
    title = TITLES[shape.language].format(n=number)
    slug = "-".join(title.lower().split())
    path = shape.story.format(
        id=123_400 + number, day=at.strftime("%Y/%m/%d"), hex=f"3c195c75c9{number:02x}", slug=slug
    )
    link = site.url(f"//{shape.story_host}{quote(path, safe='/?=')}")
    return Item(link=link, title=title, published_at=at, modified_at=at)


def _as_path(item: Item) -> Item:
    parts = urlsplit(item.link)
    link = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return Item(link=link, title=item.title, published_at=item.published_at, modified_at=item.modified_at)


def _text(shape: Shape, number: int) -> str:
    return "".join(f"<p>{TEXTS[shape.language].format(n=number)} {line}.</p>" for line in range(6))


def _story(shape: Shape, number: int, item: Item) -> str:
    assert item.published_at is not None
    return (
        f'<!doctype html><html lang="{shape.language}"><head><title>{item.title} | Canal Post</title>'
        f'<meta property="og:type" content="article"><meta property="og:title" content="{item.title}">'
        f'<meta property="article:published_time" content="{item.published_at.isoformat()}"></head>'
        f"<body><article><h1>{item.title}</h1>{_text(shape, number)}</article></body></html>"
    )


def _list_page(site: ShapedSite, shape: Shape, items: list[Item], *, head: str = "", is_home: bool = False) -> str:
    shown = [item if shape.story_host != HOME else _as_path(item) for item in items]
    links = "".join(f'<li><a href="{_written(shape, item.link)}">{item.title}</a></li>' for item in shown)
    others = "".join(
        f'<li><a href="https://paper{n}.example.net/a-story-from-{n}">Elsewhere</a></li>' for n in range(60)
    )
    menu = "".join(f'<a href="{_written(shape, path)}">{path[1:]}</a>' for path in (*shape.sections, "/about-us"))
    head += shape.head if is_home else ""
    footer = ""
    if is_home and shape.feed and shape.feed_known_by == "link":
        kinds = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
        href = site.url(shape.feed) if shape.feed.startswith("//") else _written(shape, shape.feed)
        head += f'<link rel="alternate" type="{kinds[shape.feed_kind]}" href="{href}" title="Canal Post">'
    if is_home and shape.feed and shape.feed_known_by == "anchor":
        footer = f'<footer><a href="{shape.feed}">RSS</a></footer>'
    base = f'<base href="{shape.base}">' if shape.base else ""
    return (
        f'<!doctype html><html lang="{shape.language}"><head>{base}<title>Latest | Canal Post</title>'
        f'<meta property="og:site_name" content="Canal Post">{head}</head><body><nav>{menu}</nav>'
        f"<main><ul>{links}{others if is_home and shape.other_sites else ''}</ul></main>{footer}</body></html>"
    )


def _written(shape: Shape, link: str) -> str:
    """A link as the site's pages write it."""
    return link.removeprefix(shape.base) if shape.base else link


def _rss(shape: Shape, items: list[Item]) -> str:
    if not shape.has_full_text:
        return rss(items)
    entries = "".join(
        f"<item><title>{item.title}</title><link>{item.link}</link>"
        f"<pubDate>{item.published_at:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
        f"<content:encoded>{escape(_text(shape, number))}</content:encoded></item>"
        for number, item in enumerate(items)
    )
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Canal Post</title>{entries}</channel></rss>"
    )


def _atom(shape: Shape, items: list[Item]) -> str:
    entries = "".join(
        f'<entry><title>{item.title}</title><link href="{escape(item.link)}"/>'
        f"<updated>{item.published_at:%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
        for item in items
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{shape.language}"><title>Canal</title>{entries}</feed>'


def _json(shape: Shape, items: list[Item]) -> str:
    entries = [
        {
            "id": item.link,
            "url": item.link,
            "title": item.title,
            "date_published": f"{item.published_at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for item in items
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Canal Post", "items": entries})
