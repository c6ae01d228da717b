"""What a story ends with or sets apart: a list or table right behind its last paragraph, boxes of tips in manuals."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, takewhile

from crawler.extraction.body.furniture_lines import is_furniture
from crawler.extraction.body.wholes import TABLE_ROLE, holds_data, within
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import ROLES, Box, Passage, characters_in, line_of
from crawler.extraction.text import ends_sentence
from crawler.extraction.trees import Column

LAST_LIST_CERTAINTY = 0.4  # of a list behind the last paragraph, averaged over its characters
LAST_TABLE_CERTAINTY = 0.3  # of a table there
TIP_LEVELS = 3  # from a passage up to its box of tips; a choice
MAX_HEAD_CHARACTERS = 15  # of a box of tips: "Note", "warning"; a choice
RECIPE_LEVELS = 4  # from a passage up to the box of ingredients or steps; a choice
MIN_STEPS, MAX_STEPS = 3, 100  # ingredients and steps of a page's recipes
WRAPPERS = 2  # boxes between a table and the box of the paragraphs; a choice

# Name groups that say no more of a list, quote or table than its tag does.
INSET_BITS = bits_of("story", "body", "list", "quote", "table")
_LIST_TAGS = frozenset({"ul", "ol", "dl"})
_ITEM_TAGS, _HEADING_TAGS = frozenset({"li"}), frozenset({"h2", "h3", "h4", "h5"})
_LIST_ROLES = sum(ROLES[tag] for tag in ("ul", "ol", "dl"))
_TABLE_TAGS = frozenset({"table"})
# Boxes of tips and warnings, as the systems for manuals name them
_TIP = re.compile(
    r"(?:^|\s)(?:theme-)?(?:admonition|markdown-alert|custom-block|notecard|hint-block|gitbook-hint)(?:[\s_-]|$)"
)
_TIP_IN_PATH = re.compile("admonition|markdown-alert|custom-block|notecard|hint-block|gitbook-hint")
_RECIPE = re.compile(
    r"(?:^|[\s_-])recipe-?(?:card-)?_{0,2}-?(?:ingredient|instruction|direction)s?(?:[\s_-]|$)", re.IGNORECASE
)
_HEAD = re.compile(r"title|heading|icon", re.IGNORECASE)


def keep_tips(passages: list[Passage], chosen: list[bool]) -> None:
    """Keep the texts of boxes of tips that stand beside paragraphs of the story, without their heads."""
    inside = [index for index, passage in enumerate(passages) if _may_hold_tips(passage.box.path)]
    around = {passages[index].box.parent for index, is_in in enumerate(chosen) if is_in} if inside else set()
    for index in inside:
        passage = passages[index]
        if not chosen[index] and (tip := _tip_around(passage.box)) is not None and tip.parent in around:
            is_head = len(passage.text) <= MAX_HEAD_CHARACTERS and not ends_sentence(passage.text)
            chosen[index] = not (is_head or _HEAD.search(passage.box.names) or is_furniture(passage.text))


def keep_recipes(passages: list[Passage], chosen: list[bool]) -> None:
    """Keep the ingredients and steps of a recipe, with their heads, if the story has text of its own."""
    inside = [index for index, each in enumerate(passages) if "ecipe" in each.box.path]
    named = (index for index in inside if _is_of_recipe(passages[index]))
    steps = {index for index in named if within(passages[index].box, _ITEM_TAGS) is not None}
    if MIN_STEPS <= len(steps) <= MAX_STEPS and any(chosen):
        for index in {*steps, *(index for index in inside if index + 1 in steps and _is_head(passages[index]))}:
            chosen[index] = True


def keep_ends(passages: list[Passage], certainties: Column, chosen: list[bool]) -> None:
    """Keep lists that end a box right behind its last paragraph, as of a product's features, though more follows."""
    for index, (here, behind) in enumerate(pairwise(passages)):
        if not chosen[index] or chosen[index + 1] or not behind.box.roles & _LIST_ROLES:
            continue
        whole = within(behind.box, _LIST_TAGS)
        if whole is None or whole.parent is not here.box.parent or whole.bits & ~INSET_BITS:
            continue
        inside = _run_in(whole, passages, index + 1, _LIST_TAGS)
        is_linked = any(passages[each].link_characters for each in inside)
        if not is_linked and _are_sure(passages, certainties, inside, LAST_LIST_CERTAINTY):
            for each in inside:
                chosen[each] = True


def keep_last(passages: list[Passage], certainties: Column, chosen: list[bool]) -> None:
    """Keep a list or table right behind the story's last paragraph, in the same box, if it is sure enough."""
    backwards = range(len(chosen) - 1, -1, -1)
    last = next((each for each in backwards if chosen[each] and not passages[each].box.roles & TABLE_ROLE), -1)
    behind = last + 1
    if last < 0 or behind == len(passages):
        return
    tip = _tip_around(passages[last].box)
    container = (passages[last].box if tip is None else tip).parent
    _keep_rest(passages, certainties, chosen, last)
    for tags, wrappers, least in (
        (_LIST_TAGS, 0, LAST_LIST_CERTAINTY),
        (_TABLE_TAGS, WRAPPERS, LAST_TABLE_CERTAINTY),
    ):
        whole = within(passages[behind].box, tags)
        if whole is None or not _stands_in(whole, container, wrappers):
            continue
        inside = _run_in(whole, passages, behind, tags)
        pieces = [passages[index] for index in inside]
        is_linked = 2 * sum(each.link_characters for each in pieces) > characters_in(passages, inside)
        is_sure = _are_sure(passages, certainties, inside, least)
        if is_sure and not is_linked and (tags is _LIST_TAGS or holds_data(pieces)):
            for index in inside:
                chosen[index] = True


def _keep_rest(passages: list[Passage], certainties: Column, chosen: list[bool], last: int) -> None:
    """Keep the rest of a list whose first items the story ends with, if it is as sure as a list behind it."""
    whole = within(passages[last].box, _LIST_TAGS)
    if whole is None or whole.bits & ~INSET_BITS:
        return
    rest = _run_in(whole, passages, last + 1, _LIST_TAGS)
    is_linked = any(passages[index].link_characters for index in rest)
    if rest and not is_linked and _are_sure(passages, certainties, rest, LAST_LIST_CERTAINTY):
        for index in rest:
            chosen[index] = True


def _are_sure(passages: list[Passage], certainties: Column, inside: list[int], least: float) -> bool:
    """Whether passages are so sure on average, each weighing as much as it has characters."""
    sure = sum(len(passages[index].text) * float(certainties[index]) for index in inside)
    return sure >= least * characters_in(passages, inside)


def _run_in(whole: Box, passages: list[Passage], start: int, tags: frozenset[str]) -> list[int]:
    """The indexes from `start` on whose passages stand in that list or table, up to the first that does not."""
    return list(takewhile(lambda index: within(passages[index].box, tags) is whole, range(start, len(passages))))


@lru_cache(maxsize=10_000)
def _names_recipe(names: str) -> bool:
    return _RECIPE.search(names) is not None


def _is_of_recipe(passage: Passage) -> bool:
    near = islice(line_of(passage.box), RECIPE_LEVELS)
    return not passage.link_count and any(each.names and _names_recipe(each.names) for each in near)


def _is_head(passage: Passage) -> bool:
    return passage.box.tag in _HEADING_TAGS


def _stands_in(whole: Box, container: Box | None, wrappers: int) -> bool:
    """Whether a list or table is in a box, with at most so many boxes between them, and named nothing else."""
    around = [whole, *islice(line_of(whole.parent), wrappers + 1)]
    at = next((at for at, each in enumerate(around) if each is container), 0)
    return at > 0 and not any(each.bits & ~INSET_BITS for each in around[:at])


@lru_cache(maxsize=20_000)  # a page's passages have few paths
def _may_hold_tips(path: str) -> bool:
    return _TIP_IN_PATH.search(path) is not None


def _tip_around(box: Box) -> Box | None:
    near = islice(line_of(box), TIP_LEVELS)
    return next((each for each in near if each.names and _names_tips(each.names)), None)


@lru_cache(maxsize=10_000)
def _names_tips(names: str) -> bool:
    return _TIP.search(names) is not None
