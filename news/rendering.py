"""An article's body as HTML and as Markdown, made from its blocks.

The HTML is safe to show anywhere: it contains only the elements and attributes written here, every text and address is
escaped, and addresses are http or https. None of the page's own markup passes through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from itertools import groupby, pairwise
from urllib.parse import urlsplit

from news.article import Article, Block, BlockKind, Embed, Image, SpanKind

_RUNS = frozenset({BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.TABLE_ROW})
_MARKDOWN = re.compile(r"([\\`*_\[\]<>]|&(?=#?\w+;))")
_MARKDOWN_START = re.compile(r"^(\d{1,9})(?=[.)])|^(?=[#+\-=|~])")  # what would start a list, a heading or a table
_HASHES = re.compile(r"(?<=\s)(#+)$")
_BACKSLASHED = r"\\\1"
_WORDS = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)  # from the first letter or digit to the last
_SPACE_OR_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_UNSAFE_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C"})


class BodyForm(StrEnum):
    """How a body is written."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


def rendered(article: Article, form: BodyForm) -> str:
    """Headline, dek and body in this form."""
    title, dek = article.title, article.dek_apart
    if form is BodyForm.HTML:
        head = [f"<h1>{escape(title)}</h1>", f"<p>{escape(dek)}</p>" if dek else ""]
        return "\n".join(part for part in (*head, to_html(article.blocks)) if part)
    if form is BodyForm.MARKDOWN:
        head = [_markdown_heading(1, _escaped(title)), _marked(_escaped(dek), "*") if dek else ""]
        return "\n\n".join(part for part in (*head, to_markdown(article.blocks)) if part)
    return "\n\n".join(part for part in (title, dek, article.text) if part)


def to_html(
    blocks: Sequence[Block],
    *,
    image: Callable[[Image | None], str] | None = None,
    embed: Callable[[Embed | None], str] | None = None,
) -> str:
    """The blocks as an HTML fragment, an element a line; `image` and `embed` override how they are written."""
    writers = (image or _html_figure, embed or _html_embed)
    return "\n".join(html for run in _runs(blocks) if (html := _html_of_run(run, *writers)))


def to_markdown(blocks: Sequence[Block]) -> str:
    """The blocks as CommonMark with tables, a blank line between them."""
    texts = (_markdown_of_run(run, is_odd=bool(index % 2)) for index, run in enumerate(_runs(blocks)))
    return "\n\n".join(text for text in texts if text)


def safe_url(url: str | None) -> str | None:
    """The address if it is an absolute http or https one."""
    if not url or _SPACE_OR_CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text with one style."""

    text: str
    url: str | None
    strong: bool
    emphasis: bool


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks in order, grouping those of one list, table or quote."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        run: list[Block] = []
        for block in group:
            if run and (kind not in _RUNS or block.opens):
                yield run
                run = []
            run.append(block)
        yield run


def _html_of_run(run: list[Block], image: Callable[[Image | None], str], embed: Callable[[Embed | None], str]) -> str:
    first = run[0]
    match first.kind:
        case BlockKind.LIST_ITEM:
            tag = "ol" if first.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_html_text(item)}</li>' for item in run)}</{tag}>"
        case BlockKind.QUOTE:
            return f"<blockquote>{''.join(f'<p>{_html_text(line)}</p>' for line in run)}</blockquote>"
        case BlockKind.TABLE_ROW:
            return f"<table><tbody>{''.join(map(_html_row, run))}</tbody></table>"
        case BlockKind.SUBHEAD:
            level = min(6, max(2, first.level or 2))
            return f"<h{level}>{_html_head(first)}</h{level}>"
        case BlockKind.PREFORMATTED:
            return f"<pre>{escape(first.text)}</pre>"
        case BlockKind.SEPARATOR:
            return "<hr>"
        case BlockKind.IMAGE:
            return image(first.image)
        case BlockKind.EMBED:
            return embed(first.embed)
        case _:
            return f"<p>{_html_text(first)}</p>"


def _html_head(block: Block) -> str:
    text = _html_text(block)
    return f'<time datetime="{escape(block.at.isoformat())}">{text}</time>' if block.at else text


def _html_row(row: Block) -> str:
    tag = "th" if row.heads else "td"
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row.cells or (row.text,))}</tr>"


def _html_figure(image: Image | None) -> str:
    url = safe_url(image.url) if image else None
    if image is None or url is None:
        return ""
    about = _caption(image)
    caption = f"<figcaption>{escape(about)}</figcaption>" if about else ""
    return f'<figure><img src="{escape(url)}" alt="{escape(image.alt or "")}" loading="lazy">{caption}</figure>'


def _html_embed(embed: Embed | None) -> str:
    url = safe_url(embed.url if embed else None)
    return f"<p>{_html_link(url, escape(url))}</p>" if url else ""


def _html_text(block: Block) -> str:
    return "".join(_html_link(url, "".join(map(_html_piece, pieces))) for url, pieces in _by_link(block))


def _html_piece(piece: _Piece) -> str:
    html = escape(piece.text)
    html = f"<em>{html}</em>" if piece.emphasis else html
    return f"<strong>{html}</strong>" if piece.strong else html


def _html_link(url: str | None, html: str) -> str:
    return f'<a href="{escape(url)}" rel="nofollow noopener">{html}</a>' if url else html


def _markdown_of_run(run: list[Block], *, is_odd: bool) -> str:
    """Write a run; list markers alternate so that two lists in a row stay two."""
    first = run[0]
    match first.kind:
        case BlockKind.LIST_ITEM:
            sign, stop = ("*", ")") if is_odd else ("-", ".")
            marks = (f"{number}{stop}" if first.ordered else sign for number in range(1, len(run) + 1))
            return "\n".join(f"{mark} {_markdown_text(item)}" for mark, item in zip(marks, run, strict=True))
        case BlockKind.QUOTE:
            return "\n>\n".join(f"> {_markdown_text(line)}" for line in run)
        case BlockKind.TABLE_ROW:
            return _markdown_table(run)
        case BlockKind.SUBHEAD:
            return _markdown_heading(min(6, max(2, first.level or 2)), _markdown_text(first))
        case BlockKind.PREFORMATTED:
            return _markdown_fenced(first.text)
        case BlockKind.SEPARATOR:
            return "---"
        case BlockKind.IMAGE:
            return _markdown_image(first.image)
        case BlockKind.EMBED:
            url = safe_url(first.embed.url if first.embed else None)
            return f"<{url.translate(_UNSAFE_IN_ADDRESS)}>" if url else ""
        case _:
            return _markdown_text(first)


def _markdown_heading(level: int, text: str) -> str:
    """A heading; signs at its end would belong to its mark."""
    return f"{'#' * level} {_HASHES.sub(_BACKSLASHED, text)}"


def _markdown_fenced(text: str) -> str:
    """Fence the text, since indented lines after a list would belong to its last item, markup and all."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{text}\n{fence}"


def _markdown_table(rows: list[Block]) -> str:
    cells = [[_escaped(cell).replace("|", "\\|") for cell in row.cells or (row.text,)] for row in rows]
    width = max(map(len, cells))
    head = cells.pop(0) if rows[0].heads else []
    lines = [head, ["---"] * width, *cells]
    return "\n".join(f"| {' | '.join([*line, *[''] * (width - len(line))])} |" for line in lines)


def _markdown_image(image: Image | None) -> str:
    url = safe_url(image.url) if image else None
    if image is None or url is None:
        return ""
    shown = f"![{_escaped(image.alt or '')}]({url.translate(_UNSAFE_IN_ADDRESS)})"
    about = _caption(image)
    return f"{shown}\n*{_escaped(about)}*" if about else shown


def _markdown_text(block: Block) -> str:
    text = "".join(_markdown_link(url, _markdown_pieces(list(pieces))) for url, pieces in _by_link(block))
    return _MARKDOWN_START.sub(r"\1\\", text.replace("![", r"\!["))  # else the link would be an image


def _markdown_pieces(pieces: Sequence[_Piece]) -> str:
    """The pieces with their marks; emphasis stands within what is strong, so that marks that meet are told apart."""
    texts = []
    for strong, within in groupby(pieces, key=lambda piece: piece.strong):
        parts = groupby(within, key=lambda piece: piece.emphasis)
        told = [_marked("".join(_escaped(piece.text) for piece in part), "*" * slanted) for slanted, part in parts]
        texts.append(_marked("".join(told), "**" * strong))
    return "".join(texts)


def _marked(text: str, signs: str) -> str:
    """The text with marks around it, punctuation at its ends left outside.

    Beside a letter, CommonMark recognises no mark with punctuation inside: "他说**「不」**。" would show its asterisks.
    """
    words = _WORDS.search(text) if signs else None
    return f"{text[: words.start()]}{signs}{words[0]}{signs}{text[words.end() :]}" if words else text


def _markdown_link(url: str | None, text: str) -> str:
    return _around_words(text, "[", f"]({url.translate(_UNSAFE_IN_ADDRESS)})") if url else text


def _around_words(text: str, before: str, behind: str) -> str:
    """Put the marks directly around the words, since Markdown recognises none with a space inside."""
    words = text.strip()
    start = len(text) - len(text.lstrip())
    return f"{text[:start]}{before}{words}{behind}{text[start + len(words) :]}" if words else text


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _caption(image: Image) -> str:
    return " / ".join(part for part in (image.caption, image.credit) if part)


def _by_link(block: Block) -> Iterator[tuple[str | None, Iterator[_Piece]]]:
    """The pieces of the text, grouped by link."""
    yield from groupby(_pieces(block), key=lambda piece: piece.url)


def _pieces(block: Block) -> Iterator[_Piece]:
    """The text cut wherever a span starts or ends."""
    text = block.text
    spans = [span for span in block.spans if 0 <= span.start < span.end <= len(text)]
    edges = sorted({0, len(text), *(edge for span in spans for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        over = [span for span in spans if span.start <= start and end <= span.end]
        kinds = {span.kind for span in over}
        url = next((safe for span in over if (safe := safe_url(span.url))), None)
        yield _Piece(text[start:end], url, SpanKind.STRONG in kinds, SpanKind.EMPHASIS in kinds)
