"""An article's body as the page shows it: with its full structure, pictures and embeds as links that load nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from markupsafe import Markup

from news.article import Block, BlockKind, Embed, Image
from news.rendering import safe_url, to_html
from news.versions.diff import BlockDiff, Change
from search.links import host_of

_KINDS = {"post": "Post", "video": "Video", "audio": "Recording"}  # kinds of embeds; others are pages
_TABLE = '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>'

AROUND_CHANGES = 1  # unchanged blocks kept visible on each side of a change
LEAST_FOLDED = 2  # a single paragraph is read as fast as the line that would replace it


def passages(blocks: Sequence[BlockDiff]) -> list[tuple[bool, Sequence[BlockDiff]]]:
    """The blocks of a comparison in order, in runs; True = far from every change, to be folded away."""
    changed = [number for number, block in enumerate(blocks) if block.change is not Change.SAME]
    near = {each for number in changed for each in range(number - AROUND_CHANGES, number + AROUND_CHANGES + 1)}
    runs = [(is_near, list(run)) for is_near, run in groupby(range(len(blocks)), key=near.__contains__)]
    return [(not is_near and len(run) >= LEAST_FOLDED, [blocks[number] for number in run]) for is_near, run in runs]


def body_html(blocks: Sequence[Block]) -> Markup:
    """The body as safe HTML whose headings continue the page's own without a gap."""
    html = to_html(list(_outlined(blocks)), image=_picture, embed=_embedded)
    wide = html.replace("<table>", _TABLE).replace("</table>", "</table></div>")  # texts contain none: they are escaped
    return Markup(wide)  # noqa: S704 - news.rendering lets nothing of the publisher's markup through


def _outlined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Put subheads at levels from 2 up, each at most one deeper than the previous one (WCAG 2.2, technique G141)."""
    used = sorted({block.level or 2 for block in blocks if block.kind is BlockKind.SUBHEAD})
    before = 1
    for block in blocks:
        if block.kind is BlockKind.SUBHEAD:
            before = min(before + 1, 2 + used.index(block.level or 2))
            yield replace(block, level=before)
        else:
            yield block


def _picture(image: Image | None) -> str:
    url = safe_url(image.url) if image else None
    if image is None or url is None:
        return ""
    about = f"<figcaption>{escape(image.caption or image.alt or '')}{_credit(image)}</figcaption>"
    return f'<figure class="picture">{_link(url, "Picture")}{about}</figure>'


def _credit(image: Image) -> str:
    return f" <cite>{escape(image.credit)}</cite>" if image.credit else ""


def _embedded(embed: Embed | None) -> str:
    url = safe_url(embed.url) if embed else None
    if embed is None or url is None:
        return ""
    return f'<p class="embed">{_link(url, _KINDS.get(embed.kind, "Page"))}</p>'


def _link(url: str, what: str) -> str:
    """A link that says where it leads, in the page's language."""
    about = f"{what} at {host_of(url)}"
    return f'<a class="go" href="{escape(url)}" rel="noopener noreferrer" lang="en">{escape(about)}</a>'
