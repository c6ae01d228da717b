"""Writers listed one by one near the headline: if a list contains the byline, all of it is the byline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from crawler.extraction.bylines.byline_labels import opens_byline, without_opener
from crawler.extraction.bylines.byline_lines import is_no_byline, is_role, may_name
from crawler.extraction.bylines.inline_writers import written_together
from crawler.extraction.bylines.own_names import MAX_AUTHORS, tidy_names
from crawler.extraction.bylines.people import names_group
from crawler.extraction.bylines.shown_bylines import (
    MAX_BYLINE_CHARACTERS,
    PASSAGES_BEFORE,
    PASSAGES_BEHIND,
    is_called_author,
    leads_to_writer,
    name_before_office,
    without_joint,
)
from crawler.extraction.page.passages import IN_FIGURE, Box, Passage, is_inside, line_of

MAX_LEVELS = 4  # from a name to the box named after authors; a choice
MAX_LABEL_CHARACTERS = 25  # of a label such as "Written by"

_NO_SITES: frozenset[str] = frozenset()


def with_whole_list(names: tuple[str, ...], passages: Sequence[Passage], headline: int) -> tuple[str, ...]:
    """All names of the list that contains the byline, or of the first list if the byline is empty; else the byline.

    A list has entries of one kind for two or more writers: in a box named after authors, after a label ("Written by"),
    with links to the writers' pages, or as a run of lines with persons, one of them the byline. It can also be a
    single line with an element for each writer.
    """
    if len(names) > 1 or headline < 0:
        return names
    lists = _lists(passages, headline, names)
    listed = next((listed for listed in lists if not names or names[0] in listed), names)
    if len(listed) != 1:
        return listed
    near = passages[max(0, headline - PASSAGES_BEFORE) : headline + PASSAGES_BEHIND]
    lines = (written_together(names[0], each.box.element) for each in near if _is_short(each) and names[0] in each.text)
    return next((found for found in lines if len(found) > 1), names)


def _lists(passages: Sequence[Passage], headline: int, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    last = min(headline + PASSAGES_BEHIND, len(passages))
    index = max(0, headline - PASSAGES_BEFORE)
    while index < last:
        entries = _entries(passages, index, last, names) if index != headline and _is_short(passages[index]) else []
        if len(entries) > 1 and names and not any(names[0] in passages[each].line for each in entries):
            index = entries[-1]
        elif len(entries) > 1:
            listed = tuple(_person(passages[each]) for each in entries)
            lines = [without_joint(passages[each].line) for each in entries]
            have_tails = {not line.endswith(name) for name, line in zip(listed, lines, strict=True)}
            if all(listed) and len(set(listed)) == len(listed) <= MAX_AUTHORS and len(have_tails) == 1:
                yield listed
            index = entries[-1]
        index += 1


def _entries(passages: Sequence[Passage], index: int, last: int, names: tuple[str, ...]) -> list[int]:
    """The indexes of a list's entries, the first at `index`; none if nothing shows that they are writers.

    `names` is the byline, of one name or none.
    """
    box, kind = _list_around(passages[index].box), passages[index].box.path
    if box is not None:
        return [
            each
            for each in range(index, last)
            if passages[each].box.path == kind and is_inside(passages[each].box, box)
        ]
    end = index
    while end < last and passages[end].box.path == kind and _is_short(passages[end]):
        end += 1
    entries = list(range(index, end))
    if (index and _is_label(passages[index - 1].line)) or all(map(_is_linked, (passages[each] for each in entries))):
        return entries
    is_near = bool(names) and any(names[0] in passages[each].line for each in entries)
    return entries if is_near and any(_person(passages[each]) == names[0] for each in entries) else []


def _list_around(box: Box) -> Box | None:
    """The outermost box named after authors among the nearest ones; None if there is none."""
    found = None
    for each in islice(line_of(box.parent), MAX_LEVELS):
        found = each if is_called_author(each) else found
    return found


def _is_short(passage: Passage) -> bool:
    return len(passage.text) <= MAX_BYLINE_CHARACTERS and not passage.box.roles & IN_FIGURE


def _is_label(text: str) -> bool:
    """Whether a line is only the opening of a byline."""
    return len(text) <= MAX_LABEL_CHARACTERS and opens_byline(f"{text} ") and not without_opener(f"{text} ").strip()


def _is_linked(passage: Passage) -> bool:
    """Whether an entry links to a writer's page."""
    return any(leads_to_writer(link.get("href") or "") for link in passage.box.element.iter("a"))


def _person(passage: Passage) -> str:
    """The one person that an entry names; "" if it is anything else."""
    line = name_before_office(passage) or without_joint(passage.line)
    names = () if is_no_byline(line) else tidy_names([line], _NO_SITES)
    is_person = len(names) == 1 and may_name(names[0], strict=True) and not (names_group(names[0]) or is_role(names[0]))
    return names[0] if is_person else ""
