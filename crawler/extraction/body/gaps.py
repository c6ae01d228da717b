"""Fill a story's gaps: subheads, paragraphs, lists, quotes and tables between passages that are surely story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby, islice, pairwise, takewhile

from crawler.extraction.body.last_insets import INSET_BITS, keep_ends, keep_last, keep_recipes, keep_tips
from crawler.extraction.body.last_paragraphs import keep_last_paragraphs
from crawler.extraction.body.wholes import TABLE_ROLE, make_whole, within
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import ROLES, Box, Passage, characters_in, has_heading_role, line_of
from crawler.extraction.trees import Column

GAP_CERTAINTY = 0.35  # of a paragraph between two of the story, or a subhead set apart from them
GAP_SUBHEAD_CERTAINTY = 0.15  # of a subhead whose box has the same path as theirs
BESIDE_SUBHEAD_CERTAINTY = 0.08  # of one whose box, or kind of box, both have: below .2 none in the corpora
LIST_SUBHEAD_CERTAINTY = 0.17  # of one above a list in the same box: 6 of 6 were annotated, 0 of 2 below
APART_SUBHEAD_CERTAINTY = 0.2  # of one in a box of its own between those of two paragraphs
MIN_GAP_CHARACTERS = 60
MAX_STEPS_TO_TEXT = 2  # from a subhead in a gap to the story's next passage
INSET_CERTAINTY = 0.1  # of a whole list, quote or table, averaged over its characters; .2 and .3 work as well
OPENING_INSET_CERTAINTY = 0.3  # of one at the start of the second passage's container; a choice
QUOTE_LEVELS = 3  # from a passage up to the box that is named a quote; a choice
BOXED_INSET_CERTAINTY = 0.15  # of one in a box of the kind that the paragraphs before and behind it have
MAX_CODE_LABEL_CHARACTERS = 60  # "policy.yaml", "Copy"; a choice

_NEVER = 2.0
_SUBHEAD_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_CELL_TAGS = frozenset({"td"})  # of a page laid out as a table
_TEXT_TAGS = frozenset({"p", "div"})
_INSET_TAGS = frozenset({"ul", "ol", "dl", "blockquote", "table"})
_BOX_TAGS = frozenset({"ul", "ol", "blockquote"})  # which systems that box each paragraph box as well
_BOXED_TAGS = frozenset({"blockquote", "table"})  # which content systems often wrap in a box of their own
_FOLLOWED_TAGS = _INSET_TAGS - {"table"}  # tables are left out because they also lay out whole pages
# Syntax-highlighted code stands in boxes called highlights, a name of the group factbox.
_CODE_BITS = INSET_BITS | bits_of("factbox")
_CODE_TAGS = frozenset({"pre"})
_QUOTE_BITS = bits_of("quote")
_QUOTE = re.compile(
    r"(?:^|[\s_-])(?:block-?)?(?:quote|quotation|zitat|citation|cita|citat|citaat)(?:$|[\s_-])", re.IGNORECASE
)
_INSET_ROLES = sum(ROLES[tag] for tag in ("ul", "ol", "dl", "blockquote", "table"))
_LIST_TAGS = frozenset({"ul", "ol"})


def filled(passages: list[Passage], certainties: Column, sure: list[bool]) -> list[bool]:
    """The choice with passages added that stand between two of the story and are built like them."""
    result = list(sure)
    chosen = [index for index, is_sure in enumerate(sure) if is_sure]
    for before, behind in pairwise(chosen):
        if behind - before == 1:
            continue
        for index in range(before + 1, behind):
            least = _least_in_gap(passages[index], passages[before], passages[behind], behind - index)
            result[index] = result[index] or bool(certainties[index] >= least)
        _keep_insets(passages, certainties, result, before, behind)
        _keep_heads(passages, certainties, result, before, behind)
    _keep_code(passages, certainties, result)
    prose = [index for index in chosen if not passages[index].box.roles & TABLE_ROLE]
    if len(prose) < len(chosen):  # a single sure cell must not end a gap
        for before, behind in pairwise(prose):
            _keep_insets(passages, certainties, result, before, behind)
    keep_tips(passages, result)
    keep_recipes(passages, result)
    keep_ends(passages, certainties, result)
    keep_last(passages, certainties, result)
    keep_last_paragraphs(passages, certainties, result)
    make_whole(passages, result)
    return result


def _keep_insets(passages: list[Passage], certainties: Column, chosen: list[bool], before: int, behind: int) -> None:
    own, next_one = (_out_of_inset(passages[index].box).parent for index in (before, behind))
    opening = next_one if next_one is not own and _has_inset(passages, before, behind) else None
    for container, least in ((own, INSET_CERTAINTY), (opening, OPENING_INSET_CERTAINTY)):
        for inset in _insets(container, passages, before, behind) if container else ():
            if _is_of_story(inset, passages, certainties, least):
                chosen[inset.start : inset.stop] = [True] * len(inset)
    for inset in _boxed_insets(passages, before, behind) if opening else ():
        least = OPENING_INSET_CERTAINTY if within(passages[before].box, _CELL_TAGS) else BOXED_INSET_CERTAINTY
        if _is_of_story(inset, passages, certainties, least):
            chosen[inset.start : inset.stop] = [True] * len(inset)


def _boxed_insets(passages: list[Passage], before: int, behind: int) -> Iterator[range]:
    """The lists and quotes between two paragraphs of one kind that stand in boxes of the same kind as theirs."""
    own, next_one = passages[before], passages[behind]
    kinds = {_path_around(own.box), _path_around(next_one.box)}
    is_prose = own.box.tag == next_one.box.tag in _TEXT_TAGS and len(own.text) >= MIN_GAP_CHARACTERS
    if len(kinds) == 1 and is_prose:
        for whole, run in groupby(range(before + 1, behind), key=lambda index: _boxed_whole(passages[index].box)):
            if whole is not None and _path_around(whole) in kinds:
                indexes = list(run)
                yield range(indexes[0], indexes[-1] + 1)


def _boxed_whole(box: Box) -> Box | None:
    """The list or quote that a box stands in, by its tag, or the outermost one close around named a quote."""
    whole = within(box, _BOX_TAGS)
    if whole is not None or not box.all_bits & _QUOTE_BITS:
        return whole
    named = [each for each in islice(line_of(box), QUOTE_LEVELS) if each.names and _names_a_quote(each.names)]
    return named[-1] if named else None


@lru_cache(maxsize=10_000)
def _names_a_quote(names: str) -> bool:
    return _QUOTE.search(names) is not None


def _has_inset(passages: list[Passage], before: int, behind: int) -> bool:
    """Whether any passage between two stands in a list, quote or table; the boxes' bits make this a fast check."""
    between = [each.box for each in passages[before + 1 : behind]]
    return any([box.roles & _INSET_ROLES or box.all_bits & _QUOTE_BITS for box in between])  # noqa: C419  half the time


def _keep_heads(passages: list[Passage], certainties: Column, chosen: list[bool], before: int, behind: int) -> None:
    """Keep the subheads directly above lists, quotes and tables that were kept between two passages."""
    for index in range(before + 1, behind - 1):
        if chosen[index] or not chosen[index + 1] or (head := _heading(passages[index].box)) is None:
            continue
        if within(passages[index + 1].box, _INSET_TAGS) is not None:
            least = _least_of_subhead(passages[index], head, passages[before], passages[index + 1])
            chosen[index] = bool(certainties[index] >= least)


def _keep_code(passages: list[Passage], certainties: Column, chosen: list[bool]) -> None:
    """Keep code that follows the story's last paragraph if that ends in a colon."""
    last = max((index for index, is_chosen in enumerate(chosen) if is_chosen), default=len(passages))
    behind = last + 1
    if behind < len(passages) and passages[last].text[-1] in ":：" and passages[behind].box.tag in _CODE_TAGS:
        is_beside = passages[behind].box.parent is passages[last].box.parent
        chosen[behind] = bool(is_beside and certainties[behind] >= GAP_CERTAINTY)


def _insets(container: Box, passages: list[Passage], before: int, behind: int) -> Iterator[range]:
    """The lists, quotes, tables and code between two passages, in parts of the container without other names."""
    ends = [_part_of(container, passages[index].box) for index in (before, behind)]
    if ends[1] is None:
        return
    gap = range(before + 1, behind)
    for part, run in groupby(gap, key=lambda index: _part_of(container, passages[index].box)):
        if part is None or part in ends:
            continue
        indexes = list(run)
        if code := _code_among(indexes, passages):
            indexes = code if not part.bits & ~_CODE_BITS else []
        elif part.bits & ~INSET_BITS:
            indexes = []
        elif part.tag not in _INSET_TAGS:
            indexes = _boxed(indexes, part, passages)
        if indexes:
            yield range(indexes[0], indexes[-1] + 1)


def _code_among(run: list[int], passages: list[Passage]) -> list[int]:
    """The passages of code in a part that has nothing else but short labels, such as a file's name."""
    code = [index for index in run if within(passages[index].box, _CODE_TAGS)]
    others = (passages[index].text for index in run if index not in code)
    return code if all(len(text) <= MAX_CODE_LABEL_CHARACTERS for text in others) else []


def _boxed(run: Iterable[int], part: Box, passages: list[Passage]) -> list[int]:
    """The passages in a quote or table inside a part, if no box in between has another kind of name."""
    return [index for index in run if _is_boxed(passages[index].box, part)]


def _is_boxed(box: Box, part: Box) -> bool:
    between = list(takewhile(lambda each: each is not part, line_of(box)))
    is_plain = not any(each.bits & ~INSET_BITS for each in between)
    return is_plain and any(each.tag in _BOXED_TAGS for each in between)


def _out_of_inset(box: Box) -> Box:
    """The quote or list that a box stands in, else the box itself, so that another quote or list may follow."""
    return next((each for each in islice(line_of(box), 3) if each.tag in _FOLLOWED_TAGS), box)


def _part_of(container: Box, box: Box) -> Box | None:
    """The direct child of the container that a box is or stands in; None if the box is outside it."""
    return next((each for each in line_of(box) if each.parent is container), None)


def _is_of_story(inset: range, passages: list[Passage], certainties: Column, least: float) -> bool:
    size = characters_in(passages, inset)
    sure = sum(len(passages[index].text) * float(certainties[index]) for index in inset)
    links = sum(passages[index].link_characters for index in inset)
    return sure >= least * size and links <= size / 2


def _least_in_gap(passage: Passage, before: Passage, behind: Passage, steps: int) -> float:
    """How sure a passage in a gap must be; more than 1 if it is neither subhead nor paragraph of the story."""
    if (head := _heading(passage.box)) is not None:
        return _least_of_subhead(passage, head, before, behind) if steps <= MAX_STEPS_TO_TEXT else _NEVER
    in_one_box = passage.box.parent is before.box.parent is behind.box.parent
    alike = in_one_box and passage.box.tag == before.box.tag == behind.box.tag
    alike = alike or (passage.box.tag in _TEXT_TAGS and passage.box.path in (before.box.path, behind.box.path))
    return GAP_CERTAINTY if alike and not _is_linked(passage) and len(passage.text) >= MIN_GAP_CHARACTERS else _NEVER


def _least_of_subhead(passage: Passage, head: Box, before: Passage, behind: Passage) -> float:
    """How sure a heading just above the story's next passage must be: less if it is placed like the story."""
    is_beside = _is_beside(head, before.box) and _is_beside(head, behind.box)
    is_alike = _path_around(head) == _path_around(before.box) == _path_around(behind.box)
    if (is_beside or is_alike) and not _is_linked(passage):
        return BESIDE_SUBHEAD_CERTAINTY
    boxed = before.box.parent is not behind.box.parent  # each paragraph has a box of its own
    around = {_path_around(head), _path_around(_whole_of(head) if boxed else head)}
    if around & {_path_around(before.box), _path_around(behind.box)}:
        return GAP_SUBHEAD_CERTAINTY
    if _heads_list(head, behind.box):
        return LIST_SUBHEAD_CERTAINTY
    if _is_linked(passage):
        return _NEVER
    return APART_SUBHEAD_CERTAINTY if _stands_alone(head, before.box, behind.box) else GAP_CERTAINTY


def _is_beside(head: Box, box: Box) -> bool:
    """Whether a heading stands in the same box as a passage, which may be text of that box itself, between breaks."""
    return head.parent is not None and (head.parent is box.parent or head.parent is box)


def _stands_alone(head: Box, before: Box, behind: Box) -> bool:
    """Whether a heading has a box of its own between the boxes of two paragraphs."""
    boxes = [box.parent for box in (before, head, behind) if box.parent is not None]
    around = {id(box.parent) for box in boxes if box.parent is not None}
    return len(boxes) == len({id(box) for box in boxes}) == 3 and len(around) == 1


def _whole_of(head: Box) -> Box:
    """The box around a heading that holds nothing else, else the heading itself."""
    around = head.parent
    return around if around is not None and len(around.element) == 1 else head


def _heads_list(head: Box, box: Box) -> bool:
    """Whether a box is in a list with the same parent as a heading: "Ingredients", "Key takeaways"."""
    whole = within(box, _LIST_TAGS)
    return whole is not None and whole.parent is head.parent


def _is_linked(passage: Passage) -> bool:
    return passage.link_characters > len(passage.text) / 2


def _heading(box: Box) -> Box | None:
    """The heading that a box is or stands directly in; other elements may have a heading's role."""
    return next((each for each in islice(line_of(box), 2) if each.tag in _SUBHEAD_TAGS or has_heading_role(each)), None)


def _path_around(box: Box) -> str:
    """The path of a box's parent: equal for all pieces if each piece of the story has a box of its own."""
    return box.parent.path if box.parent else ""
