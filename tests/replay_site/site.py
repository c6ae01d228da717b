#!/usr/bin/env python3
"""A small, fast local news site for tests and benchmarks.

It serves N article URLs by cycling the HTML pages of a corpus folder (*.html
or *.html.gz, searched recursively), each made unique (title, canonical URL and
a token in the text), together with what a news crawler looks for: robots.txt,
a sitemap index, sitemaps with the news namespace, RSS and Atom feeds, a home
page and paged section pages.  It answers conditional requests with 304.

Only the standard library is needed; uvloop is used where it is installed.

    python site.py --corpus DIR [--port 8900] [--articles 2580] [--latency-ms 0]

It prints one line, "READY http://127.0.0.1:PORT/ articles=N pages=M", when it
accepts connections; --port 0 picks a free port.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import random
import re
import signal
import struct
import sys
import time
import zlib
from email.utils import formatdate, parsedate_to_datetime
from html import escape
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs, urlsplit

SECTIONS = ("world", "politics", "business", "technology", "sport", "culture")
WORDS = [
    "amber",
    "basin",
    "cedar",
    "delta",
    "ember",
    "fjord",
    "grove",
    "harbor",
    "island",
    "jungle",
    "kernel",
    "lagoon",
    "meadow",
    "nectar",
    "orchard",
    "prairie",
    "quarry",
    "river",
    "summit",
    "tundra",
    "upland",
    "valley",
    "willow",
    "zephyr",
]

# ---------------------------------------------------------------- gzip by parts
# A page is static parts and slots.  The static parts are compressed once, each
# to a raw deflate run that ends on a byte boundary; a slot goes in as a stored
# block.  The CRC of the whole is combined from the parts', so that a unique
# gzip body costs microseconds and not a compression.


def _gf2_times(mat, vec):
    total, i = 0, 0
    while vec:
        if vec & 1:
            total ^= mat[i]
        vec >>= 1
        i += 1
    return total


def _gf2_mul(a, b):
    return [_gf2_times(a, b[i]) for i in range(32)]


def _zeros_matrix(length):
    """The operator that a run of `length` zero bytes applies to a CRC-32."""
    op = [0xEDB88320] + [1 << i for i in range(31)]  # one zero bit
    for _ in range(3):
        op = _gf2_mul(op, op)  # one zero byte
    result = [1 << i for i in range(32)]
    while length:
        if length & 1:
            result = _gf2_mul(op, result)
        length >>= 1
        if length:
            op = _gf2_mul(op, op)
    return result


class _CrcShift:
    """_zeros_matrix as four tables of 256, for speed."""

    __slots__ = ("tables",)
    cache: ClassVar[dict[int, _CrcShift]] = {}

    def __init__(self, length):
        mat = _zeros_matrix(length)
        self.tables = [[_gf2_times(mat, b << (8 * k)) for b in range(256)] for k in range(4)]

    def __call__(self, crc):
        t0, t1, t2, t3 = self.tables
        return t0[crc & 255] ^ t1[(crc >> 8) & 255] ^ t2[(crc >> 16) & 255] ^ t3[crc >> 24]

    @classmethod
    def of(cls, length):
        got = cls.cache.get(length)
        if got is None:
            got = cls.cache[length] = cls(length)
        return got


class Part:
    __slots__ = ("crc", "deflated", "raw", "shift")

    def __init__(self, raw, level):
        self.raw = raw
        comp = zlib.compressobj(level, zlib.DEFLATED, -15)
        self.deflated = comp.compress(raw) + comp.flush(zlib.Z_FULL_FLUSH)
        self.crc = zlib.crc32(raw)
        self.shift = _CrcShift.of(len(raw))


GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST_BLOCK = b"\x01\x00\x00\xff\xff"


class Page:
    """A corpus page cut at its slots; each slot is 'title', 'url' or 'body'."""

    def __init__(self, html, level):
        cuts = sorted(_find_slots(html))
        parts, slots, at = [], [], 0
        for start, end, kind in cuts:
            if start < at:
                continue
            parts.append(Part(html[at:start], level))
            slots.append(kind)
            at = end
        parts.append(Part(html[at:], level))
        self.parts, self.slots = parts, slots

    def plain(self, fill):
        out = [self.parts[0].raw]
        for kind, part in zip(self.slots, self.parts[1:], strict=False):
            out += (fill[kind], part.raw)
        return b"".join(out)

    def gzipped(self, fill):
        first = self.parts[0]
        out, crc, size = [GZIP_HEAD, first.deflated], first.crc, len(first.raw)
        for kind, part in zip(self.slots, self.parts[1:], strict=False):
            text = fill[kind]
            n = len(text)
            out += (struct.pack("<BHH", 0, n, n ^ 0xFFFF), text, part.deflated)
            crc = _CrcShift.of(n)(crc) ^ zlib.crc32(text)
            crc = part.shift(crc) ^ part.crc
            size += n + len(part.raw)
        out += (LAST_BLOCK, struct.pack("<II", crc, size & 0xFFFFFFFF))
        return b"".join(out)


TITLE_SLOTS = (
    re.compile(rb"<title\b[^>]*>[^<]*()</title>", re.I),
    re.compile(rb"<meta\b[^>]*(?:property|name)=[\"']?(?:og|twitter):title[\"']?[^>]*?\bcontent=\"[^\"]*()\"", re.I),
    re.compile(rb"<meta\b[^>]*?\bcontent=\"[^\"<>]*()\"[^>]*?(?:property|name)=[\"'](?:og|twitter):title[\"']", re.I),
    re.compile(rb"<h1\b[^>]*>(?:(?!</h1>).)*?[^<\s]()\s*(?:<[^>]*>\s*)*</h1>", re.I | re.S),
    re.compile(rb"\"headline\"\s*:\s*\"(?:[^\"\\]|\\.)*()\""),
)
URL_SLOTS = (
    re.compile(rb"<link\b[^>]*rel=[\"']?canonical[\"']?[^>]*?\bhref=\"([^\"]*)\"", re.I),
    re.compile(rb"<link\b[^>]*?\bhref=\"([^\"]*)\"[^>]*rel=[\"']?canonical\b", re.I),
    re.compile(rb"<meta\b[^>]*property=[\"']?og:url[\"']?[^>]*?\bcontent=\"([^\"]*)\"", re.I),
    re.compile(rb"<meta\b[^>]*?\bcontent=\"([^\"]*)\"[^>]*property=[\"']?og:url\b", re.I),
)
BODY_SLOT = re.compile(rb"<p\b[^>]*>[^<]{100,}?[a-z]()[.!?]? ", re.I)


def _find_slots(html):
    found = {}
    for rx in TITLE_SLOTS:
        for m in list(rx.finditer(html))[:3]:
            found[m.span(1)] = "title"
    for rx in URL_SLOTS:
        for m in rx.finditer(html):
            found[m.span(1)] = "url"
    for m in list(BODY_SLOT.finditer(html))[:8]:
        found.setdefault(m.span(1), "body")
    return [(a, b, kind) for (a, b), kind in found.items()]


# --------------------------------------------------------------------- the site
class Site:
    def __init__(self, args):
        self.args = args
        corpus = Path(args.corpus)
        files = sorted(p for p in corpus.rglob("*") if p.name.endswith((".html", ".html.gz")))
        if args.limit_pages:
            files = files[: args.limit_pages]
        if not files:
            raise SystemExit(f"no *.html or *.html.gz under {corpus}")
        self.pages = []
        for path in files:
            raw = path.read_bytes()
            self.pages.append(Page(gzip.decompress(raw) if path.suffix == ".gz" else raw, args.level))
        self.n = args.articles
        self.start = int(time.time()) - 3600
        self.revision: dict[int, int] = {}
        self.published: dict[int, float] = {}
        self.base = ""
        self.rng = random.Random(args.seed)
        self.stats = {
            "requests": 0,
            "articles": 0,
            "not_modified": 0,
            "feeds": 0,
            "sitemaps": 0,
            "robots": 0,
            "sections": 0,
            "not_found": 0,
            "errors": 0,
            "bytes": 0,
            "connections": 0,
            "open": 0,
            "open_max": 0,
        }

    # ids run 0..n-1, the largest the newest
    def when(self, i):
        at = self.published.get(i)
        return at if at is not None else self.start - (self.args.articles - i) * 60

    def path(self, i):
        t = time.gmtime(self.when(i))
        day = f"{t.tm_year:04d}/{t.tm_mon:02d}/{t.tm_mday:02d}"
        return f"/{SECTIONS[i % len(SECTIONS)]}/{day}/{WORDS[i % 24]}-{WORDS[(i // 24) % 24]}-{i:06d}"

    def title(self, i):
        return f"{WORDS[i % 24].title()} {WORDS[(i // 24) % 24]} story {i:06d}"

    def token(self, i):
        return f"{WORDS[(i * 7) % 24]}{WORDS[(i * 11) % 24]}{i:06d}r{self.revision.get(i, 0)}"

    def fill(self, i):
        mark = f" [{i:06d}]".encode()
        return {"title": mark, "url": (self.base + self.path(i)).encode(), "body": (" " + self.token(i)).encode()}

    def etag(self, i):
        return f'"a{i:06d}-{self.revision.get(i, 0)}"'

    def newest(self, count):
        return range(self.n - 1, max(-1, self.n - 1 - count), -1)

    def robots(self):
        lines = ["User-agent: *", "Disallow: /private/"]
        if self.args.crawl_delay:
            lines.append(f"Crawl-delay: {self.args.crawl_delay}")
        lines += [f"Sitemap: {self.base}/sitemap_index.xml", ""]
        return "\n".join(lines)

    def sitemap_index(self):
        per = self.args.sitemap_size
        count = (self.n + per - 1) // per
        rows = "".join(f"<sitemap><loc>{self.base}/sitemap-{k}.xml</loc></sitemap>" for k in range(count))
        return (
            '<?xml version="1.0" encoding="UTF-8"?><sitemapindex '
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' + rows + "</sitemapindex>"
        )

    def sitemap(self, ids):
        out = [
            '<?xml version="1.0" encoding="UTF-8"?><urlset '
            'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
        ]
        for i in ids:
            day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.when(i)))
            out.append(
                f"<url><loc>{self.base}{self.path(i)}</loc><lastmod>{day}</lastmod><news:news>"
                "<news:publication><news:name>Replay Site</news:name><news:language>en"
                f"</news:language></news:publication><news:publication_date>{day}"
                f"</news:publication_date><news:title>{self.title(i)}</news:title></news:news></url>"
            )
        out.append("</urlset>")
        return "".join(out)

    def rss(self, ids):
        out = [
            f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Replay Site</title>'
            f"<link>{self.base}/</link><description>Local replay</description>"
        ]
        for i in ids:
            url = self.base + self.path(i)
            out.append(
                f"<item><title>{self.title(i)}</title><link>{url}</link><guid>{url}</guid>"
                f"<category>{SECTIONS[i % len(SECTIONS)]}</category>"
                f"<pubDate>{formatdate(self.when(i), usegmt=True)}</pubDate></item>"
            )
        out.append("</channel></rss>")
        return "".join(out)

    def atom(self, ids):
        out = [
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>Replay Site</title><id>{self.base}/</id>"
            f"<updated>{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())}</updated>"
        ]
        for i in ids:
            url, day = self.base + self.path(i), time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.when(i)))
            out.append(
                f'<entry><title>{self.title(i)}</title><link href="{url}"/><id>{url}</id>'
                f"<updated>{day}</updated></entry>"
            )
        out.append("</feed>")
        return "".join(out)

    def listing(self, heading, ids, nxt):
        nav = "".join(f'<li><a href="/section/{s}">{s.title()}</a></li>' for s in SECTIONS)
        rows = "".join(f'<li><h2><a href="{self.path(i)}">{escape(self.title(i))}</a></h2></li>' for i in ids)
        more = f'<a rel="next" href="{nxt}">Next</a>' if nxt else ""
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{heading}</title>'
            f'<link rel="alternate" type="application/rss+xml" href="{self.base}/feed.xml"></head>'
            f"<body><nav><ul>{nav}</ul></nav><main><h1>{heading}</h1><ul>{rows}</ul>{more}</main></body></html>"
        )

    def section(self, name, page):
        if name not in SECTIONS:
            return None
        per = self.args.section_size
        last = self.n - 1
        k = SECTIONS.index(name)
        last -= (last - k) % len(SECTIONS)
        ids = range(last - page * per * len(SECTIONS), -1, -len(SECTIONS))
        more = f"/section/{name}?page={page + 1}" if len(ids) > per else ""
        return self.listing(name.title(), list(ids)[:per], more)

    def control(self, path, query):
        """Publish new articles or revise old ones while a test runs."""
        count = max(1, int(query.get("n", ["1"])[0]))
        if path == "/_control/publish":
            fresh = list(range(self.n, self.n + count))
            for i in fresh:
                self.published[i] = time.time()
            self.n += count
            return {"published": [self.base + self.path(i) for i in fresh], "tokens": [self.token(i) for i in fresh]}
        if path == "/_control/revise":
            first = int(query.get("id", ["0"])[0])
            for i in range(first, min(self.n, first + count)):
                self.revision[i] = self.revision.get(i, 0) + 1
            return {"revised": count}
        if path == "/_control/reset-stats":
            keep = self.stats["open"]
            self.stats = dict.fromkeys(self.stats, 0)
            self.stats["open"] = keep
            return {"ok": True}
        return self.stats

    ARTICLE = re.compile(r"^/[a-z]+/\d{4}/\d\d/\d\d/[a-z-]+-(\d{6,})$")

    def answer(self, target, headers):
        """-> (status, content type, body, extra header lines, gzipped?)"""
        stats = self.stats
        stats["requests"] += 1
        url = urlsplit(target)
        path = url.path
        hit = self.ARTICLE.match(path)
        if hit and int(hit[1]) < self.n:
            i = int(hit[1])
            etag = self.etag(i)
            modified = self.when(i) if not self.revision.get(i) else self.start + self.revision[i]
            extra = (
                f"ETag: {etag}\r\nLast-Modified: {formatdate(modified, usegmt=True)}\r\nCache-Control: max-age=0\r\n"
            )
            if not self.args.no_conditional:
                match = headers.get("if-none-match")
                if match is not None:
                    same = match.strip() == "*" or etag in [m.strip().removeprefix("W/") for m in match.split(",")]
                    if same:
                        stats["not_modified"] += 1
                        return 304, "", b"", extra, False
                elif "if-modified-since" in headers:
                    try:
                        if parsedate_to_datetime(headers["if-modified-since"]).timestamp() >= int(modified):
                            stats["not_modified"] += 1
                            return 304, "", b"", extra, False
                    except (ValueError, TypeError):
                        pass
            stats["articles"] += 1
            if self.args.error_rate and self.rng.random() < self.args.error_rate:
                stats["errors"] += 1
                return 503, "text/plain", b"unavailable", "Retry-After: 1\r\n", False
            page = self.pages[i % len(self.pages)]
            if "gzip" in headers.get("accept-encoding", ""):
                return 200, "text/html; charset=utf-8", page.gzipped(self.fill(i)), extra, True
            return 200, "text/html; charset=utf-8", page.plain(self.fill(i)), extra, False
        query = parse_qs(url.query)
        kind, text = "application/xml; charset=utf-8", None
        if path == "/robots.txt":
            stats["robots"] += 1
            kind, text = "text/plain; charset=utf-8", self.robots()
        elif path == "/sitemap_index.xml":
            stats["sitemaps"] += 1
            text = self.sitemap_index()
        elif path in ("/news-sitemap.xml", "/sitemap.xml"):
            stats["sitemaps"] += 1
            text = self.sitemap(self.newest(1000)) if path == "/news-sitemap.xml" else self.sitemap_index()
        elif m := re.match(r"^/sitemap-(\d+)\.xml$", path):
            stats["sitemaps"] += 1
            per, k = self.args.sitemap_size, int(m[1])
            text = self.sitemap(range(k * per, min(self.n, (k + 1) * per))) if k * per < self.n else None
        elif path in ("/feed.xml", "/rss", "/atom.xml"):
            stats["feeds"] += 1
            ids = self.newest(int(query.get("n", [self.args.feed_size])[0]))
            text = self.atom(ids) if path == "/atom.xml" else self.rss(ids)
            kind = "application/%s+xml; charset=utf-8" % ("atom" if path == "/atom.xml" else "rss")
        elif path in ("/", "/index.html"):
            stats["sections"] += 1
            kind, text = "text/html; charset=utf-8", self.listing("Replay Site", self.newest(50), "")
        elif m := re.match(r"^/section/([a-z]+)$", path):
            stats["sections"] += 1
            kind, text = "text/html; charset=utf-8", self.section(m[1], int(query.get("page", ["0"])[0]))
        elif path == "/urls.txt":
            kind, text = "text/plain; charset=utf-8", "\n".join(self.base + self.path(i) for i in range(self.n))
        elif path.startswith(("/_control/", "/_stats")):
            kind, text = "application/json", json.dumps(self.control(path, query))
        if text is None:
            stats["not_found"] += 1
            return 404, "text/plain", b"not found", "", False
        body = text.encode()
        etag = f'"{zlib.crc32(body):08x}"'
        extra = f"ETag: {etag}\r\n"
        if not self.args.no_conditional and headers.get("if-none-match") == etag:
            stats["not_modified"] += 1
            return 304, "", b"", extra, False
        if "gzip" in headers.get("accept-encoding", "") and len(body) > 2000:
            return 200, kind, gzip.compress(body, 1, mtime=0), extra, True
        return 200, kind, body, extra, False


REASON = {
    200: "OK",
    304: "Not Modified",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    503: "Service Unavailable",
}


class Connection(asyncio.Protocol):
    """GET and HEAD over HTTP/1.1 with keep-alive; answers go out in order."""

    def __init__(self, site, loop):
        self.site, self.loop, self.buffer, self.transport = site, loop, b"", None
        self.busy = False
        self.paused = False

    def connection_made(self, transport):
        self.transport = transport
        s = self.site.stats
        s["connections"] += 1
        s["open"] += 1
        s["open_max"] = max(s["open_max"], s["open"])

    def connection_lost(self, exc):
        self.site.stats["open"] -= 1
        self.transport = None

    def data_received(self, data):
        self.buffer += data
        if not self.busy:
            self.advance()

    def advance(self):
        while not self.busy and self.transport is not None:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self.buffer) > 65536:
                    self.transport.close()
                return
            head, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            lines = head.decode("latin-1").split("\r\n")
            try:
                method, target, version = lines[0].split(" ")
            except ValueError:
                self.transport.close()
                return
            headers = {}
            for line in lines[1:]:
                name, _, value = line.partition(":")
                headers[name.lower()] = value.strip()
            try:
                if method in ("GET", "HEAD"):
                    reply = self.site.answer(target, headers)
                else:
                    reply = 405, "text/plain", b"", "", False
            except ValueError:
                reply = 400, "text/plain", b"", "", False
            close = headers.get("connection", "").lower() == "close" or version == "HTTP/1.0"
            lag = self.site.args.latency_ms
            if lag:
                self.busy = True
                jitter = self.site.args.jitter_ms
                wait = (lag + (self.site.rng.random() * jitter if jitter else 0)) / 1000
                self.loop.call_later(wait, self.later, reply, method == "HEAD", close)
            else:
                self.send(reply, method == "HEAD", close)

    def later(self, reply, head_only, close):
        self.busy = False
        self.send(reply, head_only, close)
        self.advance()

    def send(self, reply, head_only, close):
        if self.transport is None:
            return
        status, kind, body, extra, zipped = reply
        head = (
            f"HTTP/1.1 {status} {REASON[status]}\r\nServer: replay-site\r\nDate: {formatdate(usegmt=True)}\r\n{extra}"
        )
        if status != 304:
            head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nVary: Accept-Encoding\r\n"
            if zipped:
                head += "Content-Encoding: gzip\r\n"
        if close:
            head += "Connection: close\r\n"
        data = head.encode("latin-1") + b"\r\n"
        if not head_only:
            data += body
        self.site.stats["bytes"] += len(data)
        self.transport.write(data)
        if close:
            self.transport.close()


async def serve(site, args):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(site, loop), args.host, args.port, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    site.base = args.base_url.rstrip("/") or f"http://{args.host}:{port}"
    print(f"READY {site.base}/ articles={site.n} pages={len(site.pages)}", flush=True)
    stop = asyncio.Event()
    for sig in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sig, stop.set)
    if args.max_seconds:
        loop.call_later(args.max_seconds, stop.set)
    await stop.wait()
    server.close()


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("--corpus", required=True, help="folder of *.html or *.html.gz, searched recursively")
    ap.add_argument("--host", default="127.0.0.1")
    ap.add_argument("--port", type=int, default=8900)
    ap.add_argument("--base-url", default="", help="what links say; default http://HOST:PORT")
    ap.add_argument("--articles", type=int, default=2580)
    ap.add_argument("--limit-pages", type=int, default=0, help="use only the first K corpus files")
    ap.add_argument("--feed-size", type=int, default=100)
    ap.add_argument("--sitemap-size", type=int, default=1000)
    ap.add_argument("--section-size", type=int, default=50)
    ap.add_argument("--latency-ms", type=float, default=0)
    ap.add_argument("--jitter-ms", type=float, default=0)
    ap.add_argument("--error-rate", type=float, default=0, help="share of article answers that are 503")
    ap.add_argument("--no-conditional", action="store_true", help="never answer 304")
    ap.add_argument("--crawl-delay", type=float, default=0)
    ap.add_argument("--level", type=int, default=6, help="gzip level of the pages")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--max-seconds", type=float, default=0, help="stop by itself after so long")
    args = ap.parse_args(argv)
    site = Site(args)
    try:
        import uvloop

        runner = uvloop.run
    except ImportError:
        runner = asyncio.run
    runner(serve(site, args))


if __name__ == "__main__":
    sys.exit(main())
