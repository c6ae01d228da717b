"""Which byline to prefer to the surest one: a person to a site, a full name to a first name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.extraction.bylines.byline_lines import may_name
from crawler.extraction.bylines.byline_measures import BylineCandidate
from crawler.extraction.bylines.makers import is_listed_writer
from crawler.extraction.bylines.people import people_of
from crawler.extraction.bylines.shown_bylines import is_listed
from crawler.extraction.page.nametokens import bits_of
from crawler.extraction.page.passages import Passage

MIN_PERSON_CERTAINTY = 0.04  # of a person shown on the page when the surest names are the site's or a group's
PASSAGES_NEAR = 6  # from the headline, within which a list names the story's own writers; a choice
SIGNED_BEHIND = 4  # passages after the story's last long one, where "Text: Jane Doe" signs it; a choice
MIN_COMMENTERS = 3  # a choice
MIN_WHOLE_CERTAINTY = 0.1  # of a full name of which the surest one is the first part
MIN_GROUP_SHARE = 0.8  # of the surest person's certainty, for a stated byline that adds others; a choice

MIN_PROSE = 60  # characters of a paragraph in which a name is looked for
MIN_SAID = 2  # times

STATED_PLACES = frozenset({"json-ld", "meta", "one meta"})
_COMMENT = bits_of("comment")
_EAST_NAME = re.compile("[\u4e00-\u9fff]{2,4}|[가-힣]{2,4}")  # written without a space


def shown_person(
    found: Sequence[BylineCandidate],
    sure: Sequence[float],
    sites: frozenset[str],
    otherwise: int,
    passages: Sequence[Passage],
) -> int:
    """The index of the surest person who is named as the writer; `otherwise` if there is none.
    That is after "by" or in an author's box near the headline, in an author's element, in a meta tag and near the
    headline, or after "by" at the story's end. On pages that state a site or newsroom, 4 of 5 such names are the
    annotated byline.
    """
    persons = [
        index
        for index, candidate in enumerate(found)
        if sure[index] >= MIN_PERSON_CERTAINTY
        and (
            "called" in candidate.places
            or ("meta" in candidate.places and any(line.is_near for line in candidate.shown))
            or any(line.is_near and (line.is_named or line.measures["opened"]) for line in candidate.shown)
            or any(line.is_near and is_listed_writer(line.index, passages) for line in candidate.shown)
            or any(
                line.measures["opened"] and 0 < line.measures["behind_last"] <= SIGNED_BEHIND
                for line in candidate.shown
            )
        )
        and not any(name in known for name in candidate.names for known in found[otherwise].names)
        and all(may_name(name, strict=True) or _EAST_NAME.fullmatch(name) for name in candidate.names)
        and people_of(candidate.names, None, sites) == candidate.names
        and not (is_below(candidate) and is_of_list(candidate, passages))
    ]
    return max(persons, key=lambda index: sure[index], default=otherwise)


def whole_name(found: Sequence[BylineCandidate], sure: Sequence[float], best: int) -> int:
    """The index of the surest candidate that completes a lone first name ("Jane", "Jane Doe"); `best` if none does."""
    first = found[best].names
    if len(first) > 1 or not first[0].istitle() or " " in first[0]:
        return best
    wholes = [
        index
        for index, candidate in enumerate(found)
        if sure[index] >= MIN_WHOLE_CERTAINTY and len(candidate.names) == 1
        and candidate.names[0].startswith(f"{first[0]} ") and may_name(candidate.names[0], strict=True)
    ]  # fmt: skip
    return max(wholes, key=lambda index: sure[index], default=best)


def family_last(found: Sequence[BylineCandidate], best: int) -> int:
    """The index of the one name that two single words of a byline are, as catalogues write it: "Doe, Jane"."""
    if len(found[best].names) != 2 or any(" " in name for name in found[best].names):
        return best
    turned = " ".join(reversed(found[best].names))
    return next((index for index, each in enumerate(found) if each.names == (turned,)), best)


def whole_group(found: Sequence[BylineCandidate], sure: Sequence[float], best: int, sites: frozenset[str]) -> int:
    """The index of a nearly as sure byline that the page states and that names the surest person beside others."""
    own = found[best].names
    if len(own) > 1:
        return best
    groups = [
        index
        for index, candidate in enumerate(found)
        if sure[index] >= MIN_GROUP_SHARE * sure[best] and STATED_PLACES & candidate.places
        and own[0] in (persons := people_of(candidate.names, None, sites)) and len(persons) > 1
        and all(may_name(name, strict=True) for name in persons)
    ]  # fmt: skip
    return max(groups, key=lambda index: sure[index], default=best)


def is_commenter(own: BylineCandidate, found: Sequence[BylineCandidate], passages: Sequence[Passage]) -> bool:
    """Whether names are shown only among comments, in lines built like those of two others: "Comment by Jane Doe".

    Of two readers one may be the writer, who answers.
    """
    if not own.is_of_comment or not all(line.measures["opened"] for line in own.shown):
        return False  # without a "by", the first of a forum's posts may be signed so
    paths = {passages[line.index].box.path for line in own.shown}
    alike = [
        each
        for each in found
        if each.is_of_comment and any(passages[line.index].box.path in paths for line in each.shown)
    ]
    return len(alike) >= MIN_COMMENTERS


def is_subject(candidate: BylineCandidate, passages: Sequence[Passage]) -> bool:
    """Whether a single word that only a line suggests is what the story is about: its paragraphs say it twice.

    Of 13 such words in the corpora 11 were no writers, the other two firms that the data states.
    """
    name = candidate.names[0]
    if candidate.places != {"byline"} or len(candidate.names) > 1 or " " in name or _EAST_NAME.fullmatch(name):
        return False
    if any(line.is_named or (line.measures["opened"] and line.measures["date_near"]) for line in candidate.shown):
        return False  # "by Jane" beside the day, whom readers or the story address
    word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    prose = (each.text for each in passages if len(each.text) >= MIN_PROSE and not each.box.all_bits & _COMMENT)
    return sum(len(word.findall(text)) for text in prose) >= MIN_SAID


def is_below(candidate: BylineCandidate) -> bool:
    """Whether a candidate is shown only in lines far from the headline, as in lists of other stories."""
    lines = [line.measures["distance"] for line in candidate.shown]
    return candidate.places == {"byline"} and all(distance > PASSAGES_NEAR for distance in lines)


def is_of_list(candidate: BylineCandidate, passages: Sequence[Passage]) -> bool:
    """Whether the page shows a candidate only with pictures and in tables or lists of several entries."""
    return bool(candidate.shown) and all(is_listed(passages, line.index) for line in candidate.shown)
