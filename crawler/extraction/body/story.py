"""Choose the passages that are the story, and turn them into blocks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from lxml.html import HtmlElement

from crawler.extraction.body.advertising import advertised
from crawler.extraction.body.bodymodel import body_model
from crawler.extraction.body.features import measure
from crawler.extraction.body.furniture_lines import is_label, is_source_line, opens_pointer
from crawler.extraction.body.gaps import filled
from crawler.extraction.body.inset_boxes import inset_boxes
from crawler.extraction.body.kinship import drawn_together
from crawler.extraction.body.other_stories import other_stories
from crawler.extraction.body.quotes import attributions
from crawler.extraction.body.second_look import looked_again
from crawler.extraction.body.standfirst import beside_dek, dek_apart, placed_dek
from crawler.extraction.body.wording import PageFacts
from crawler.extraction.page.nametokens import GROUP_NAMES, is_embedded_post
from crawler.extraction.page.passages import HIDDEN, ROLE_NAMES, Box, Passage, has_heading_role, line_of
from crawler.extraction.text import ends_sentence
from crawler.extraction.trees import Column
from crawler.extraction.vocabulary import LINK_BOX_LABELS
from news.article import Block, BlockKind

# A passage at least this certain is story. Chosen by cross-validation on the developers' corpora, where precision and
# recall balance; a page that calls itself news has more furniture that reads like a story.
STORY_CERTAINTY = 0.55
NEWS_CERTAINTY = 0.65
_LABEL = re.compile(r"[^\d:]{2,25}")  # a label before a link to another story
_LABELLED_TAGS = frozenset({"p", "div"})
MIN_LINKED_CHARACTERS = 25  # of the headline in such a link
MAX_BLOCKS = 5_000
MAX_SUBHEAD_CHARACTERS = 120
MAX_SUBHEAD_PROSE = 200  # of a heading; a longer one is a sentence of the story set large
MAX_QUOTED_SHARE = 0.9  # of a story's characters; beyond it blockquotes are only layout
MAX_ROW_CHARACTERS = 600
INSIDE_SHARE = 0.5  # of the choice's characters inside the article; with less, the rest counts too
MIN_ARTICLE_CHARACTERS = 800  # of story in the headline's article: then another article is another story
DESPITE_CERTAINTY = 0.9  # from which a passage is story even in a doubted element
POINTER_LINK_SHARE = 0.9  # of a pointer to another story
MAX_POINTERS = 8  # under one label; a choice
OWN_SHARE = 0.6  # of the choice's characters outside social posts; a choice
MIN_OWN_CHARACTERS = 500  # of story outside comments or before its source line: then the rest is dropped

_KINDS = {
    "h1": BlockKind.SUBHEAD, "h2": BlockKind.SUBHEAD, "h3": BlockKind.SUBHEAD, "h4": BlockKind.SUBHEAD,
    "h5": BlockKind.SUBHEAD,
    "h6": BlockKind.SUBHEAD, "li": BlockKind.LIST_ITEM, "dt": BlockKind.LIST_ITEM, "dd": BlockKind.LIST_ITEM,
    "blockquote": BlockKind.QUOTE,
}  # fmt: skip
_CAPTION_ROLE = 1 << ROLE_NAMES.index("figcaption")
_INSIDE_ROLES = sum(1 << ROLE_NAMES.index(role) for role in ("article", "main"))
_OUTSIDE_ROLES = HIDDEN | 1 << ROLE_NAMES.index("header")
_WHOLE_TAGS = frozenset({"body", "main", "article"})  # their names describe the whole page
_CAPTION_BITS = 1 << GROUP_NAMES.index("caption")
_CAPTION_NAMES = re.compile(r"(?:^|[\s_-])(?:(?:embed|image|photo|media|fig)[-_]?)?caption(?:$|[\s_-])", re.IGNORECASE)
_COMMENT_BITS = 1 << GROUP_NAMES.index("comment")
_COMMENT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comment-?list|comments?|repl(?:y|ies)|kommentare|yorumlar|comentarios|commentaires|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CELL_TAGS = frozenset({"td", "th"})
_QUOTE_ROLE = 1 << ROLE_NAMES.index("blockquote")


@dataclass(frozen=True)
class Story:
    """The story of a page and how certain it is."""

    blocks: tuple[Block, ...]
    certainty: float  # 0 to 1: mean over the characters; 0 without blocks
    dek: str | None = None  # one of the passages, recognized by its place
    dek_beside: str | None = None  # a dek recognized by its place, outside the story


def judge_passages(passages: list[Passage], boxes: list[Box], facts: PageFacts, headline: int | None = None) -> Column:
    """How certain it is that each passage is story, 0 to 1; `headline` is its passage's index if known."""
    columns = measure(passages, boxes, facts, headline)
    return looked_again(passages, columns, body_model().odds(columns))


def read_story(
    passages: list[Passage],
    certainties: Column,
    not_story: set[HtmlElement],
    *,
    is_news: bool,
    headline: int = -1,
    doubted: set[HtmlElement] | None = None,
    dek: str | None = None,
    dek_is_shown: bool = True,
) -> Story:
    """The story from the passages that are certain enough, outside `not_story` elements.

    In `doubted` elements only passages of at least DESPITE_CERTAINTY are kept. `dek` is the dek's text, which is
    removed if it stands apart from the story. Unless a dek is known to be shown (`dek_is_shown`), one is looked for
    by its place, and the story keeps it.
    `headline` is the index of the headline's passage, -1 if none shows it.
    """
    certainties = drawn_together(passages, certainties)
    least = NEWS_CERTAINTY if is_news else STORY_CERTAINTY
    sure_of: list[float] = certainties.tolist()
    sure = [
        certainty >= least and not ((is_news and _is_beside(passages[index])) or _is_pointer(passages, index))
        for index, certainty in enumerate(sure_of)
    ]
    chosen = filled(passages, certainties, sure)
    spoken = set(attributions(passages, chosen))
    kept = [
        index
        for index, passage in enumerate(passages)
        if (chosen[index] or index in spoken)
        and not _within(passage.box, not_story)
        and (sure_of[index] >= DESPITE_CERTAINTY or not _within(passage.box, doubted or set()))
    ]
    kept = _uncommented(passages, _inside_only(passages, kept, headline))
    kept = _up_to_source(passages, _unposted(passages, kept))
    ads = advertised(passages, kept) | inset_boxes(passages, kept)
    kept = [index for index in kept if index not in ads]
    apart = dek_apart(passages, kept, headline, dek) if dek is not None else ()
    kept = [index for index in kept if index not in apart]
    placed = None if dek_is_shown else placed_dek(passages, kept, headline)
    blocks = _unquoted(tuple(_blocks(passages, kept, spoken))[:MAX_BLOCKS])
    size = _size(passages, kept)
    certainty = sum(len(passages[each].text) * sure_of[each] for each in kept) / size if size else 0.0
    return Story(
        blocks, certainty, None if placed is None else passages[placed].line, beside_dek(passages, kept, headline)
    )


def _size(passages: Sequence[Passage], indexes: Iterable[int]) -> int:
    """The total characters of these passages."""
    return sum(len(passages[index].text) for index in indexes)


def _is_pointer(passages: list[Passage], index: int) -> bool:
    """Whether a passage is a pointer to another story: a link in a run of links below a label for them.

    The label may also be the start of the link itself.
    """
    own = passages[index]
    if _is_labelled_link(own):
        return True
    if own.link_characters >= POINTER_LINK_SHARE * len(own.text) and opens_pointer(own.text):
        return True
    for passage in reversed(passages[max(0, index - MAX_POINTERS) : index + 1]):
        if passage.link_characters < POINTER_LINK_SHARE * len(passage.text):
            return passage is not passages[index] and is_label(passage.text, LINK_BOX_LABELS)
    return False


def _is_labelled_link(passage: Passage) -> bool:
    """Whether a passage is a bold label, a colon and one linked headline: "More: …", in any language."""
    if passage.link_count != 1 or not passage.bold_characters:
        return False
    label, colon, rest = passage.text.partition(":")
    if not colon or not _LABEL.fullmatch(label) or passage.box.tag not in _LABELLED_TAGS:
        return False
    linked, bold = len("".join(rest.split())), len("".join(label.split()))
    is_link = passage.link_characters == len(rest.strip()) >= MIN_LINKED_CHARACTERS
    return is_link and bold <= passage.bold_characters < linked and passage.text[-1] not in ".!"


def _is_beside(passage: Passage) -> bool:
    """Whether a passage is a caption or a first-level heading, which are not part of the story in news."""
    box = passage.box
    if box.roles & _CAPTION_ROLE or box.tag == "h1":
        return True
    return any(
        each.tag not in _WHOLE_TAGS and each.bits & _CAPTION_BITS and _CAPTION_NAMES.search(each.names)
        for each in (box, box.parent)
        if each is not None
    )


def _inside_only(passages: Sequence[Passage], kept: list[int], headline: int) -> list[int]:
    """The choice without hidden passages, page headers, other stories and further articles with headlines.

    If too little would be left, the page uses such elements for its story, and they stay.
    """
    inside = [index for index in kept if not _is_outside(passages[index])]
    if _size(passages, inside) >= INSIDE_SHARE * _size(passages, kept):
        kept = inside
    kept = _first_only(passages, kept, headline)
    own = _article_of(passages[headline].box) if headline >= 0 else None
    if own is None:
        return kept
    headed = {_article_of(passage.box) for passage in passages if passage.box.tag == "h1"} - {own, None}
    articles = {index: _article_of(passages[index].box) for index in kept}
    held = _size(passages, (index for index in kept if articles[index] is own))
    return [index for index in kept if articles[index] not in headed] if held >= MIN_ARTICLE_CHARACTERS else kept


def _first_only(passages: Sequence[Passage], kept: list[int], headline: int) -> list[int]:
    """The choice without other stories that follow on the page."""
    others = other_stories(passages, kept, headline)
    if not others:
        return kept
    return [index for index in kept if not any(box.number in others for box in line_of(passages[index].box))]


def _uncommented(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice without readers' comments, if enough story is left."""
    known: dict[int, bool] = {}
    own = [index for index in kept if not _is_comment(passages[index].box, known)]
    return own if _size(passages, own) >= MIN_OWN_CHARACTERS else kept


def _unposted(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice without social posts, which stay as embeds, unless they are much of the story."""
    own = [index for index in kept if not _is_posted(passages[index])]
    return own if _size(passages, own) >= OWN_SHARE * _size(passages, kept) else kept


def _is_posted(passage: Passage) -> bool:
    """Whether a passage is in a social network's embedded post."""
    if not passage.box.roles & _QUOTE_ROLE:
        return False
    return any(each.tag == "blockquote" and is_embedded_post(each.names) for each in line_of(passage.box))


def _up_to_source(passages: Sequence[Passage], kept: list[int]) -> list[int]:
    """The choice up to the line that names the story's sources, if nothing after it is built like the story."""
    for place, passage in enumerate(passages):
        if is_source_line(passage.text):
            before = [index for index in kept if index < place]
            paths = {passages[index].box.path for index in before}
            behind = (passages[index] for index in kept if index > place)
            if _size(passages, before) >= MIN_OWN_CHARACTERS and not any(each.box.path in paths for each in behind):
                return [index for index in kept if index <= place]
    return kept


def _is_comment(box: Box | None, known: dict[int, bool]) -> bool:
    """Whether a box or one around it is named as comments; `known` caches results by box number."""
    if box is None or not box.all_bits & _COMMENT_BITS:
        return False
    if box.number not in known:
        named = box.tag not in _WHOLE_TAGS and bool(_COMMENT_NAMES.search(box.names))
        known[box.number] = named or _is_comment(box.parent, known)
    return known[box.number]


def _is_outside(passage: Passage) -> bool:
    """Whether a passage is hidden or in a header, and not in an article or main element."""
    return bool(passage.box.roles & _OUTSIDE_ROLES) and not passage.box.roles & _INSIDE_ROLES


def _article_of(box: Box | None) -> Box | None:
    """The outermost article element that a box is or stands in."""
    found = None
    for each in line_of(box):
        found = each if each.tag == "article" else found
    return found


def _within(box: Box | None, elements: set[HtmlElement]) -> bool:
    return bool(elements) and any(each.element in elements for each in line_of(box))


def _blocks(passages: Sequence[Passage], kept: Sequence[int], spoken: Collection[int]) -> Iterator[Block]:
    """One block per passage, or per table row; `spoken` passages take the kind of the block before them."""
    kind = BlockKind.PARAGRAPH
    for row, group in groupby(kept, key=lambda index: row_of(passages[index])):
        indexes = list(group)
        cells = [passages[index] for index in indexes]
        if row is not None and is_data_row(cells):
            yield Block(kind=BlockKind.TABLE_ROW, text=" | ".join(cell.text for cell in cells))
            continue
        for index, cell in zip(indexes, cells, strict=True):
            kind = kind if index in spoken else _kind(cell)
            yield Block(kind=kind, text=cell.text)


def is_data_row(cells: Sequence[Passage]) -> bool:
    """Whether the passages of a table row are cells of data, not of a page laid out as a table."""
    boxes = {cell.box.number for cell in cells}
    if not 1 < len(cells) == len(boxes) or sum(len(cell.text) for cell in cells) > MAX_ROW_CHARACTERS:
        return False
    return len({_cell_of(cell.box) for cell in cells}) > 1  # a row of a newsletter is one cell with several paragraphs


def _unquoted(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with quotes as paragraphs if nearly all are quotes: early pages used them to indent text."""
    quoted = sum(len(block.text) for block in blocks if block.kind is BlockKind.QUOTE)
    if quoted <= MAX_QUOTED_SHARE * sum(len(block.text) for block in blocks):
        return blocks
    return tuple(
        replace(block, kind=BlockKind.PARAGRAPH) if block.kind is BlockKind.QUOTE else block for block in blocks
    )


def _cell_of(box: Box) -> Box | None:
    """The table cell that a box is or stands in."""
    return next((each for each in line_of(box) if each.tag in _CELL_TAGS), None)


def _kind(passage: Passage) -> BlockKind:
    for box in islice(line_of(passage.box), 3):
        if has_heading_role(box):
            return BlockKind.SUBHEAD
        if box.tag in _KINDS:
            is_prose = _KINDS[box.tag] is BlockKind.SUBHEAD and len(passage.text) > MAX_SUBHEAD_PROSE
            return BlockKind.PARAGRAPH if is_prose and ends_sentence(passage.text) else _KINDS[box.tag]
    if passage.box.roles & _QUOTE_ROLE:
        return BlockKind.QUOTE
    wholly_bold = passage.bold_characters >= 0.95 * len(passage.text.replace(" ", ""))
    if wholly_bold and len(passage.text) <= MAX_SUBHEAD_CHARACTERS and passage.text[-1] not in ".,;:…":
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH


def row_of(passage: Passage) -> Box | None:
    """The table row that a passage stands in, at most two levels up."""
    return next((box for box in islice(line_of(passage.box), 3) if box.tag == "tr"), None)
