"""`extract`: reads pages without storing them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.table import Table

from cli.addresses import check_address
from cli.output import console, print_json
from cli.wiring import Installation, installation
from crawler.answered.rereading import hints_for
from crawler.extraction.prediction import prediction
from crawler.extraction.service import extract
from crawler.politeness.fetch_once import fetch_once
from crawler.politeness.turns import turns_of
from news.article import Article, NotArticle, NotArticleReason, Page
from news.errors import ConfigError, NewsdexError, NotFoundError
from news.rendering import BodyForm, rendered
from news.source import Source
from search.operations.asking import owner_of
from store.clock import utc_now

MAX_SHOWN_CHARACTERS = 80

WHY = {  # in words, why a page gives no article
    NotArticleReason.EMPTY: "the page is empty",
    NotArticleReason.NO_BODY: "the page holds too little text for a story",
    NotArticleReason.HUB: "the page lists stories and tells none",
    NotArticleReason.CONSENT_WALL: "the page only asks for consent",
    NotArticleReason.SOFT_404: "the page says that it is not there",
    NotArticleReason.LED_AWAY: "the home page or one to log in answered for it",
    NotArticleReason.OTHER_TEXT: "the page shows nothing of its story",
    NotArticleReason.VIDEO: "the page is a player's",
    NotArticleReason.GALLERY: "the page shows pictures and tells no story",
    NotArticleReason.NOT_HTML: "this is no web page",
    NotArticleReason.TIMEOUT: "reading the page took too long",
    NotArticleReason.FAILED: "the page could not be read",
}


def extract_one(
    target: str, *, url: str | None, as_json: bool, explain: bool = False, form: BodyForm | None = None
) -> None:
    """Extract one page and print it, or only its story in a `form`; `explain` shows where each field came from."""
    read = _read(target, url)
    result = prediction(target, read)
    if form is not None and isinstance(read, Article):
        print(rendered(read, form))
        return
    if isinstance(read, Article):
        result |= {"blocks": read.blocks} if as_json else {}
        result |= {"evidence": read.evidence, "certainty": read.certainty, "flags": read.flags} if explain else {}
    if as_json:
        print_json(result)
        return
    if explain and isinstance(read, Article):
        _explain(read)
        return
    if isinstance(read, NotArticle):
        console.print(f"No article: {WHY[read.reason]}{f' ({read.detail})' if read.detail else ''}.")
        return
    for name in ("title", "dek", "authors", "agencies", "published", "section", "language", "source_line"):
        if result.get(name):
            console.print(f"{name}: {result[name]}")
    console.print(f"\n{result['text']}")


def _explain(article: Article) -> None:
    """Print one line per field: the beginning of its value, its origin, its certainty."""
    table = Table("field", "value", "from", "sure")
    for name, origin in article.evidence.items():
        sure = article.certainty.get(name)
        shown = _shown_value(article, name)[:MAX_SHOWN_CHARACTERS]
        table.add_row(escape(name), escape(shown), escape(origin), f"{sure:.2f}" if sure is not None else "")
    console.print(table)
    for flag in article.flags:
        console.print(f"doubt: {flag}")


def _shown_value(article: Article, name: str) -> str:
    """A field in one line, as it is written for people."""
    image = article.image
    special = {
        "blocks": article.text,
        "image": image and image.url,
        "caption": image and image.caption,
        "credit": image and image.credit,
        "is_free": "yes" if article.is_free else "no",
    }
    value = special[name] if name in special else getattr(article, name, None)
    shown = "; ".join(value) if isinstance(value, tuple) else str(value if value is not None else "")
    return " ".join(shown.split())


def _read(target: str, url: str | None) -> Article | NotArticle:
    if url is not None:
        check_address(url, typed=f"--url {url!r}")
    if not target.startswith(("http://", "https://")):
        return extract(Page(url=url or Path(target).absolute().as_uri(), body=_bytes(Path(target))))
    check_address(target, typed=repr(target))
    with installation() as opened:
        with turns_of(opened.settings.crawl, opened.store) as turns:
            fetched = fetch_once(target, settings=opened.settings.crawl, pace=turns)
        now = utc_now()
        page = Page(url=fetched.url, body=fetched.body, content_type=fetched.content_type, fetched_at=now)
        source = _source_of(fetched.url, opened)
        if source is None:
            return extract(page)
        known = opened.store.boilerplates.at(source.id, now)
        return extract(page, hints=hints_for(None, source), rules=source.rules, boilerplate=known)


def _source_of(url: str, opened: Installation) -> Source | None:
    """The source the address belongs to, whose settings a crawl would use to read the page."""
    try:
        return owner_of(url, opened.sources)[1]
    except NewsdexError:
        return None


def _bytes(path: Path) -> bytes:
    try:
        body = path.read_bytes()
        return gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    except (OSError, EOFError) as error:
        why = getattr(error, "strerror", None) or error
        raise NotFoundError(f"{path} cannot be read: {why}; name a saved page or an https address") from error


def extract_manifest(manifest: Path, predictions: Path) -> None:
    """Extract every page of a manifest, writing one prediction per line."""
    rows = list(_rows(manifest))
    try:
        out = predictions.open("w", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{predictions} cannot be written: {error.strerror}; name another file") from error
    with out:
        for row in rows:
            path = Path(row["path"])
            path = path if path.is_absolute() else manifest.parent / path
            result = extract(Page(url=row.get("url") or path.absolute().as_uri(), body=_bytes(path)))
            out.write(json.dumps(prediction(row["id"], result), ensure_ascii=False) + "\n")


def _rows(manifest: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = manifest.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise NotFoundError(f"{manifest} cannot be read: {error.strerror}; name a file of JSON lines") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not {"id", "path"} <= row.keys():
                raise ValueError("id or path is missing")
        except (ValueError, AttributeError) as error:
            raise ConfigError(f"{manifest}, line {number}: {error}; write {{id, path, url}}") from error
        yield row
