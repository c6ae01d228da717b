"""Page furniture: what stands among the story's text without being the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.extraction.body.contacts import without_contacts
from crawler.extraction.body.counters import is_counter
from crawler.extraction.body.prompts import INNER_PROMPTS, PROMPT_PATTERNS
from crawler.extraction.bylines.byline_lines import is_byline_line, is_role
from crawler.extraction.dates.moments import find_moment
from crawler.extraction.dates.shown_days import tells_publication
from crawler.extraction.page.tree import in_link, link_share, text_of
from crawler.extraction.text import AnyCase, ends_sentence, tidy, word_key
from crawler.extraction.vocabulary import (
    END_LABELS,
    LINK_BOX_LABELS,
    LINK_LINE_OPENERS,
    SOURCE_OPENERS,
    TAG_LABELS,
)
from news.article import Block, BlockKind

MAX_LABEL_CHARACTERS = 60
MAX_HEADLINE_CHARACTERS = 160  # a line longer than that is no headline in a list
DATE_LABEL_CHARACTERS = 15  # that open a line of dates: "Published", "Veröffentlicht am"
MIN_STORY_CHARACTERS = 200  # an unlinked paragraph of that length belongs to a story
MAX_LINK_LINE_CHARACTERS = 250
MAX_SOURCE_CHARACTERS = 140
TAIL_BLOCKS = 4  # at the end, where tags and the writer's addresses stand; a choice
SOURCE_WITHIN_LAST = 4  # blocks from the end where a source line may stand

OPENING_BLOCKS = 6  # in which the headline may stand again
MIN_TITLE_WORDS = 4
MIN_REFRAINS = 3
MAX_REFRAIN_SHARE = 0.5  # of a page's characters, each text counted once: a choice
MIN_REPEATED_CHARACTERS = 25  # shorter ones repeat by chance: "Yes.", a score, a refrain
MIN_PULLED_WORDS = 5  # of a quote that the story has in a paragraph as well
MAX_SPEAKER_CHARACTERS = 100  # of the line below a quote that says whose it is
COPIED_ITEMS = 3  # in a row that stood so before: the list again; one item may be of several lists. 2 loses more

MAX_CAPTION_CHARACTERS = 600

MIN_COPY_CHARACTERS = 800  # of one block that holds others' texts
MIN_COPIED_CHARACTERS = 60  # of each of those texts
COPY_SHARE = 0.3  # of a body's characters, both of the copy and of what it repeats

# "… in Savannah. (AP Photo/Jane Roe)", "… am Hafen. (Foto: Jane Roe)"
_PHOTO_CREDIT = re.compile(
    r"[(\[（](?:[A-Z]{2,6} )?(?:photos?|fotos?|photograph|bild)\s*(?:/|:|by\b|von\b)[^()\[\]（）]{2,80}[)\]）]\.?$",
    re.IGNORECASE,
)
_CREDIT_MARK = re.compile(r"[/(:©]")
_LABEL_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "strong", "b", "a", "summary", "li")
_DASHES = " -–—"
_LABEL_TRIM = " \t\n:：»›>→…-–—|•▶"
_LINK_OPENERS = "|".join(sorted((re.escape(word) for word in LINK_LINE_OPENERS), key=len, reverse=True))
_LINK_LINE = re.compile(rf"^[\W_]*(?:{_LINK_OPENERS})\s*(?:[:：|>»】\]]|[-–—]\s)\s*\S", re.IGNORECASE)
_LINK_LINE_SIGN = re.compile(r"[:：|>»】\]\-–—]")  # in every such line: looked for first, since most lines have none
_LINKED_LINE = re.compile(rf"^[\W_]*(?:{_LINK_OPENERS})\b", re.IGNORECASE)
_SOURCE_LINE = re.compile(
    r"^(?-i:SOURCE\s+(?=[A-Z0-9].*[a-z])(?P<firm>.{2,120}))$|"  # as releases of firms end
    rf"^[\W_]*(?:{'|'.join(map(re.escape, SOURCE_OPENERS))})\s*[:：]\s*(?P<source>.{{2,120}})$",
    re.IGNORECASE,
)
# "2026-01-08 10:30 来源:新华社 作者:王小明"
_EAST_SOURCE = re.compile(r"\d.{0,30}?(?:来源|來源|稿源)\s?[:：]\s*([^\s:：|]{2,30})")
_PROMPTS = AnyCase("|".join(f"(?:{pattern})" for pattern in PROMPT_PATTERNS))
_INNER_PROMPTS = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in INNER_PROMPTS.items())
_PLACEHOLDER = re.compile(
    r"(?:\s*(?:\{[{%*#].{0,80}?[}%*#]\}|<%.{0,80}?%>|\$\{[^}]{0,80}\}|\[/?[a-z][\w-]{2,30}(?:\s+[\w-]+=[^\]]{0,200})?/?\]))+\s*"
)  # of a template or a content system's shortcode, unfilled
# "Tags: bridge, council", "Email: jdoe@example.com"
_TAIL_LINE = re.compile(
    rf"\W*(?:(?:{'|'.join(sorted(map(re.escape, TAG_LABELS), key=len, reverse=True))})\s*[:：]\s*[^.!?]{{2,200}}"
    r"|(?:e-?mail|twitter|instagram)\s*:\s*\S*@\S+)",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(r"[\W_]*")  # "___", "* * *"
# What pages set out alike has equal parts: prices, dates, what two products have in common.
_BYLINE_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.SUBHEAD})
_ALIKE_KINDS = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW})


@dataclass(frozen=True)
class Cleaned:
    """The story's blocks and what the furniture told."""

    blocks: tuple[Block, ...]
    source_line: str | None = None


def is_label(text: str | None, labels: frozenset[str]) -> bool:
    """Whether a short text is one of the labels, arrows and closing colon aside."""
    return bool(text) and len(text or "") <= MAX_LABEL_CHARACTERS and _bare(text or "") in labels


@lru_cache(maxsize=10_000)
def _bare(text: str) -> str:
    """A short text as labels are written: folded, arrows and closing colon aside."""
    return tidy(text).strip(_LABEL_TRIM).casefold().replace("’", "'")


def prune_link_boxes(tree: HtmlElement) -> None:
    """Cut labelled boxes of links to other stories, and paragraphs that are such a link, out of the tree."""
    labelled = [
        element
        for element in tree.iter(*_LABEL_TAGS)
        if is_label(element.text, LINK_BOX_LABELS) and not _has_more(element)
    ]
    for label in labelled:
        if label.getroottree().getroot() is tree:  # not cut with an earlier box
            _cut_box(label)
    for paragraph in [element for element in tree.iter("p", "h3", "h4", "strong") if _is_link_line(element)]:
        cut(paragraph)


def cut(element: HtmlElement) -> None:
    """Take an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def clean_blocks(blocks: Sequence[Block], *, title: str, dek: str | None, captions: Iterable[str]) -> Cleaned:
    """The blocks without repeated headline, dek and captions, prompts, pointers and the lists after the end."""
    kept = without_contacts(_before_end(_without_copy(list(blocks))))
    kept, source_line = _take_source(kept)
    title_key, dek_key = word_key(title), word_key(dek)
    caption_keys = {word_key(line) for line in captions if _CREDIT_MARK.search(line)} - {()}
    repeats = Counter(block.text for block in kept)
    refrains = _refrains(kept, repeats) | _photo_captions(kept)
    copied = _copied_items(kept) | _pulled_quotes(kept)
    story: list[Block] = []
    seen: set[str] = set()
    for index, block in enumerate(kept):
        key = word_key(block.text)
        opens = index < OPENING_BLOCKS
        if (
            _SAYS_NOTHING.fullmatch(block.text)
            or (opens and _repeats_title(block, key, title_key))
            or (index < 3 and key == dek_key and len(kept) > 2)
        ):
            continue
        if (
            key in caption_keys
            or is_furniture(block.text)
            or is_counter(block.text)
            or _is_inner_source(block)
            or (index < 4 and block.at is None and (_is_date_line(block.text) or _is_byline(block)))
            or (index >= len(kept) - TAIL_BLOCKS and _TAIL_LINE.fullmatch(block.text))
        ):
            continue
        if index in copied or block.text in refrains or (repeats[block.text] > 1 and _is_repeat(block, seen)):
            continue
        seen.add(block.text)
        story.append(block)
    return Cleaned(tuple(_without_bare_tail(story)), source_line)


def _repeats_title(block: Block, key: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether an opening block is the headline again, with its kicker where it is a heading."""
    if key == title:
        return True
    return block.kind is BlockKind.SUBHEAD and len(title) >= MIN_TITLE_WORDS and key[-len(title) :] == title


def _without_copy(blocks: list[Block]) -> list[Block]:
    """The blocks without one that tells most of the others again: a whole story for print or behind a wall."""
    total = sum(len(block.text) for block in blocks)
    for place, block in enumerate(blocks):
        if len(block.text) >= max(MIN_COPY_CHARACTERS, COPY_SHARE * total):
            others = (
                each.text for each in blocks[:place] + blocks[place + 1 :] if len(each.text) >= MIN_COPIED_CHARACTERS
            )
            if sum(len(text) for text in others if text in block.text) >= COPY_SHARE * total:
                return blocks[:place] + blocks[place + 1 :]
    return blocks


def _is_repeat(block: Block, seen: set[str]) -> bool:
    """Whether a block stands a second time."""
    if len(block.text) < MIN_REPEATED_CHARACTERS or block.kind in (BlockKind.SUBHEAD, *_ALIKE_KINDS):
        return False
    return block.text in seen


def _copied_items(blocks: Sequence[Block]) -> set[int]:
    """The indexes of list items that stand a second time together with their neighbours: a list that is shown again."""
    seen: set[tuple[str, ...]] = set()
    copied: set[int] = set()
    for start in range(len(blocks) - COPIED_ITEMS + 1):
        run = blocks[start : start + COPIED_ITEMS]
        if all(block.kind is BlockKind.LIST_ITEM for block in run):
            texts = tuple(block.text for block in run)
            if texts in seen:
                copied.update(range(start, start + COPIED_ITEMS))
            seen.add(texts)
    return copied


def _pulled_quotes(blocks: Sequence[Block]) -> set[int]:
    """The indexes of quotes whose words stand in a row in a paragraph too: set large beside it to catch the eye."""
    quotes = {index: word_key(block.text) for index, block in enumerate(blocks) if block.kind is BlockKind.QUOTE}
    if not quotes:
        return set()
    told = [f" {' '.join(word_key(block.text))} " for block in blocks if block.kind is BlockKind.PARAGRAPH]
    pulled = {
        index
        for index, words in quotes.items()
        if len(words) >= MIN_PULLED_WORDS and any(f" {' '.join(words)} " in text for text in told)
    }
    return pulled | {index + 1 for index in pulled if _names_speaker(blocks[index + 1 : index + 3])}


def _names_speaker(behind: Sequence[Block]) -> bool:
    """Whether the first of the blocks behind a quote says who said it: the last line of the quote, and no sentence."""
    kinds = [block.kind for block in behind]
    if kinds[:1] != [BlockKind.QUOTE] or kinds[1:] == [BlockKind.QUOTE]:
        return False
    line = behind[0].text
    return len(line) <= MAX_SPEAKER_CHARACTERS and not (line[0].islower() or ends_sentence(line))


def _refrains(blocks: Sequence[Block], repeats: Counter[str]) -> frozenset[str]:
    """What stands so often that it is a notice of the page, all copies of it; never the larger part of a story."""
    found = {
        block.text
        for block in blocks
        if repeats[block.text] >= MIN_REFRAINS
        and len(block.text) >= MIN_REPEATED_CHARACTERS
        and block.kind not in _ALIKE_KINDS
    }
    return _unless_most(found, blocks)


def _photo_captions(blocks: Sequence[Block]) -> frozenset[str]:
    """What ends with a photographer's credit in brackets: captions that no markup tells; never most of a story."""
    found = {
        block.text for block in blocks if len(block.text) <= MAX_CAPTION_CHARACTERS and _PHOTO_CREDIT.search(block.text)
    }
    return _unless_most(found, blocks)


def _unless_most(found: set[str], blocks: Sequence[Block]) -> frozenset[str]:
    share = sum(map(len, found)) / (sum(map(len, {block.text for block in blocks})) or 1)
    return frozenset(found) if share <= MAX_REFRAIN_SHARE else frozenset()


def is_furniture(text: str) -> bool:
    """Whether a whole line is a label, a prompt or a pointer to another story."""
    if is_label(text, LINK_BOX_LABELS):
        return True
    if len(text) > MAX_LINK_LINE_CHARACTERS:
        return False
    line = text.strip()
    if _LINK_LINE_SIGN.search(text) and _LINK_LINE.match(text):
        return True
    if _is_placeholder(text) or _PROMPTS.is_all_of(line.strip(_DASHES)):
        return True
    folded = line.casefold()
    for word, pattern in _INNER_PROMPTS:  # noqa: SIM110  any() would take longer than the search
        if word in folded and pattern.fullmatch(line):
            return True
    return False


def opens_pointer(text: str) -> bool:
    """Whether a line begins as one that leads to another story: what all of it is a link does so."""
    return len(text) <= MAX_LINK_LINE_CHARACTERS and _LINKED_LINE.match(text) is not None


def _is_inner_source(block: Block) -> bool:
    """Whether a paragraph only says where a chart's figures or what stands above are from: of 10 none was annotated."""
    return block.kind is BlockKind.PARAGRAPH and is_source_line(block.text) and not ends_sentence(block.text)


def _is_placeholder(text: str) -> bool:
    return ("{" in text or "<%" in text or "[" in text) and _PLACEHOLDER.fullmatch(text) is not None


def _is_date_line(text: str) -> bool:
    """Whether a line is a date with a word or two before it, or says when the story was published and changed."""
    is_short = len(text) <= MAX_LABEL_CHARACTERS
    is_short = is_short or (len(text) <= 2 * MAX_LABEL_CHARACTERS and tells_publication(text[:DATE_LABEL_CHARACTERS]))
    return is_short and not ends_sentence(text) and find_moment(text) is not None


def _is_byline(block: Block) -> bool:
    """Whether a block is names behind "by" and nothing else, or only says what a writer does."""
    if block.kind not in _BYLINE_KINDS or len(block.text) > MAX_LABEL_CHARACTERS:
        return False
    return is_byline_line(block.text) or (is_role(block.text) and not ends_sentence(block.text))


def _has_more(element: HtmlElement) -> bool:
    return len(text_of(element, limit=200)) > MAX_LABEL_CHARACTERS


def _cut_box(label: HtmlElement) -> None:
    """The box is the smallest element around the label with more text, if links fill it; else the run behind it."""
    outer = label
    label_length = len(text_of(label))
    for ancestor in label.iterancestors():
        if ancestor.tag in ("body", "html", "article", "main"):
            break
        size = sum(len(text.strip()) for text in ancestor.itertext())
        if size > 2 * label_length + 20:
            if _is_link_box(ancestor):
                outer = ancestor
            break
        outer = ancestor
    if len(text_of(outer)) <= label_length + 10:
        for sibling in _link_run(outer):
            cut(sibling)
    cut(outer)


def _link_run(label: HtmlElement) -> list[HtmlElement]:
    """The siblings behind a label up to the next piece of story."""
    run: list[HtmlElement] = []
    for sibling in label.itersiblings():
        if not isinstance(sibling.tag, str) or not _is_link_box(sibling):
            break
        run.append(sibling)
    return run


def _is_link_box(element: HtmlElement) -> bool:
    if any(
        len(text_of(paragraph)) >= MIN_STORY_CHARACTERS and link_share(paragraph) < 0.5
        for paragraph in element.iter("p")
    ):
        return False
    return link_share(element) >= 0.5


def _is_link_line(element: HtmlElement) -> bool:
    """A paragraph that is wholly a link, or an opener and a link: "Read more: …"."""
    if next(element.iter("a"), None) is None and not in_link(element):
        return False
    text = text_of(element, limit=MAX_LINK_LINE_CHARACTERS + 1)
    if len(text) > MAX_LINK_LINE_CHARACTERS:
        return False
    return bool(_LINK_LINE.match(text)) or (bool(_LINKED_LINE.match(text)) and link_share(element) > 0.85)


def _before_end(blocks: list[Block]) -> list[Block]:
    """The blocks before a closing label that only headline-like lines follow."""
    for index, block in enumerate(blocks):
        if index and is_label(block.text, END_LABELS):
            rest = [entry for entry in blocks[index + 1 :] if not _SOURCE_LINE.match(entry.text)]
            if not rest or (len(rest) > 1 and sum(map(_is_headline_like, rest)) >= 0.8 * len(rest)):
                return blocks[:index]
    return blocks


def _is_headline_like(block: Block) -> bool:
    if block.kind is BlockKind.TABLE_ROW:
        return False
    return len(block.text) <= MAX_HEADLINE_CHARACTERS and not ends_sentence(block.text.replace("...", ""))


def _take_source(blocks: list[Block]) -> tuple[list[Block], str | None]:
    for index in range(len(blocks) - 1, max(-1, len(blocks) - 1 - SOURCE_WITHIN_LAST), -1):
        if match := _SOURCE_LINE.match(blocks[index].text):
            return blocks[:index] + blocks[index + 1 :], _source(match)
    return blocks, None


def is_source_line(text: str) -> bool:
    """Whether a text names the story's sources: "SOURCE: AA and agencies"."""
    return len(text) <= MAX_SOURCE_CHARACTERS and _SOURCE_LINE.match(text) is not None


def source_line_in(texts: Iterable[str]) -> str | None:
    """The last of a page's texts that names the story's sources, wherever it stands ("SOURCE: AA and agencies")."""
    found = None
    for text in texts:
        if len(text) > MAX_SOURCE_CHARACTERS:
            continue
        if match := _SOURCE_LINE.match(text):
            found = _source(match)
        elif not text.isascii() and (named := _EAST_SOURCE.search(text)):
            found = named[1]
    return found


def _source(match: re.Match[str]) -> str:
    """The sources that a line names, without the bracket that closes the line alone."""
    source = (match["source"] or match["firm"]).partition(" | ")[0].strip()
    return source.removesuffix(")").rstrip() if source.count(")") > source.count("(") else source


def _without_bare_tail(blocks: list[Block]) -> list[Block]:
    """A story ends neither in a subhead nor in "See also:": what stood below was furniture. A sentence may end it."""
    while len(blocks) > 1 and _announces(blocks[-1]):
        blocks = blocks[:-1]
    return blocks


def _announces(block: Block) -> bool:
    """Whether a block only says what stands below it."""
    if block.kind is BlockKind.SUBHEAD:
        return not ends_sentence(block.text)
    return block.kind is BlockKind.PARAGRAPH and len(block.text) <= MAX_LABEL_CHARACTERS and block.text[-1] in ":："
