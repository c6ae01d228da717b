"""Boilerplate: blocks that a source shows on several different stories, and which belong to none of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from news.seen_pages import BodyBlock, SeenPage, digest_of

STORIES = 3  # different stories that must show a block; issue 5
WINDOW = 100  # a page is compared with this many newest stories of its source; a choice
MAX_HOLDERS = 30  # newest pages with a block that are compared with one another
KEPT = timedelta(days=30)  # a block not seen for this long is forgotten; a choice
MAX_KNOWN = 2_000  # most recently seen blocks of a source; a choice: fits a list of 25 headlines that changes daily

# Two pages are copies of one story when most of what they hold besides common blocks is the same. The limits are
# choices; tests/unit/boilerplate holds cut, edited and reordered copies on one side and other stories on the other.
MIN_OWN_WORDS = 12
COPY_SHARE = 0.3  # of sampled shingles of the shorter text's own blocks
COMMON_SHARE, MIN_COMMON = 2 / 3, 6  # a block on this share of the pages, at least six, says nothing about copies
TOPIC_SHARE, MIN_TOPIC = 4, 6  # a word in a quarter of the headlines, at least six, does not name a topic


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownBlock:
    """A block that was found to be boilerplate."""

    digest: int
    text: str
    is_repeated: bool  # seen within the texts of different stories; False = mostly seen beside them
    story_count: int  # different stories when it was learned, then each page on which it appears anew
    since_at: datetime  # first seen
    last_seen_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Boilerplate:
    """The boilerplate known of a source at one moment: the model that extraction is given."""

    version: str = ""  # equal for equal blocks; "" = no blocks
    repeated: frozenset[int] = frozenset()  # never part of a story, wherever they stand
    listed: frozenset[int] = frozenset()  # shown beside stories; a story's own words may be among them

    def __contains__(self, digest: object) -> bool:
        return digest in self.repeated or digest in self.listed

    def __bool__(self) -> bool:
        return bool(self.repeated or self.listed)


NO_BOILERPLATE = Boilerplate()


def known_about(at: datetime) -> tuple[datetime, datetime]:
    """(latest first sight, earliest last sight) of the blocks that count as known at a moment.

    So an old page is read with what was known in its time.
    """
    return at + KEPT, at - KEPT


def boilerplate_of(blocks: Iterable[KnownBlock], *, at: datetime) -> Boilerplate:
    """The model for a page fetched at a moment."""
    since_at, last_seen_at = known_about(at)
    current = [block for block in blocks if block.since_at <= since_at and last_seen_at <= block.last_seen_at]
    return boilerplate_with((block.digest, block.is_repeated) for block in current)


def boilerplate_with(current: Iterable[tuple[int, bool]]) -> Boilerplate:
    """The model of these blocks: each one's digest, and whether it repeats within texts."""
    is_repeated = dict(current)
    if not is_repeated:
        return NO_BOILERPLATE
    repeated = frozenset(digest for digest, within in is_repeated.items() if within)
    listed = frozenset(is_repeated) - repeated
    text = f"{sorted(repeated)} {sorted(listed)}"
    return Boilerplate(version=f"{digest_of(text):016x}", repeated=repeated, listed=listed)


class Window:
    """The newest pages of a source, newest first, indexed by the blocks that upcoming pages show."""

    def __init__(self, pages: Iterable[SeenPage] = (), *, coming: Iterable[SeenPage], size: int = WINDOW) -> None:
        """Index `pages`, given newest first; only blocks that also occur in `coming` are indexed."""
        self._size = size
        self._wanted = frozenset().union(*(each for page in coming for each in (page.furniture, page.body)))
        self._holders: dict[int, list[SeenPage]] = defaultdict(list)  # of each block, newest first
        self.pages: list[SeenPage] = []
        for page in pages:
            if len(self.pages) < size:
                self.pages.append(page)
                for digest in self._wanted_of(page):
                    self._holders[digest].append(page)

    def add(self, page: SeenPage) -> None:
        """Put this page first; it replaces one of the same article, or else the oldest page of a full window."""
        gone = next((other for other in self.pages if other.article_id == page.article_id), None)
        if gone is None and len(self.pages) >= self._size:
            gone = self.pages[-1]
        if gone is not None:
            self.pages.remove(gone)
            for digest in self._wanted_of(gone):
                self._holders[digest].remove(gone)
        self.pages.insert(0, page)
        for digest in self._wanted_of(page):
            self._holders[digest].insert(0, page)

    def holders(self, digests: Iterable[int], *, besides: str) -> dict[int, list[SeenPage]]:
        """Map each block to the pages of other articles that hold it, if with one more page they would be enough."""
        found = ((digest, self._holders.get(digest, ())) for digest in digests)
        others = {digest: [page for page in pages if page.article_id != besides] for digest, pages in found}
        return {digest: pages for digest, pages in others.items() if len(pages) >= STORIES - 1}

    def _wanted_of(self, page: SeenPage) -> Iterator[int]:
        return chain(self._wanted & page.furniture, self._wanted.intersection(page.body))


def learn(
    window: Window, page: SeenPage, known: Mapping[int, KnownBlock], *, ignored: Iterable[int] = ()
) -> list[KnownBlock]:
    """The blocks of `page` that are boilerplate as of now; `window` holds earlier pages of its source.

    `known` are the blocks of this page that were known before, `ignored` known blocks of other pages.
    A block counts once for each different story that shows it: copies of a story count as one. A sentence within the
    texts of stories on one topic, such as a quotation repeated by follow-ups, also counts once.
    """
    open_digests = [digest for digest in (*page.body, *page.furniture) if _is_open(digest, page, known)]
    holders = window.holders(open_digests, besides=page.article_id)
    if not holders:
        return []
    others = [other for other in window.pages if other.article_id != page.article_id]
    comparing = _Comparison([page, *others], {*known, *ignored})
    found = []
    for digest, pages in holders.items():
        chosen = comparing.different(digest, [page, *pages])
        is_repeated = sum(digest in each.body for each in chosen) >= STORIES
        old = known.get(digest)
        if len(chosen) >= STORIES and (old is None or is_repeated):
            found.append(_known_block(digest, page, pages, old, is_repeated=is_repeated))
    return found


def _is_open(digest: int, page: SeenPage, known: Mapping[int, KnownBlock]) -> bool:
    """Whether more can be learned of a block: one seen beside texts may yet be found within them."""
    old = known.get(digest)
    return old is None or (not old.is_repeated and digest in page.body)


def _known_block(
    digest: int, page: SeenPage, others: Sequence[SeenPage], old: KnownBlock | None, *, is_repeated: bool
) -> KnownBlock:
    assert page.seen_at is not None  # the store always sets it
    times = [page.seen_at, *(each.seen_at for each in others if each.seen_at is not None)]
    return KnownBlock(
        digest=digest,
        text=page.texts.get(digest, ""),
        is_repeated=is_repeated,
        story_count=max(len(others) + 1, old.story_count if old else 0),
        since_at=min([*times, old.since_at] if old else times),
        last_seen_at=page.seen_at,
    )


@dataclass(frozen=True, slots=True)
class _Common:
    """Blocks that many pages hold or that are known; tested on demand, since few of the thousands are looked up."""

    counts: Mapping[Any, int]
    least: float
    known: Collection[int] = frozenset()

    def __contains__(self, digest: object) -> bool:
        return digest in self.known or self.counts.get(digest, 0) >= self.least


class _Comparison:
    """Decides which pages of a source tell different stories."""

    def __init__(self, pages: Sequence[SeenPage], known: Collection[int]) -> None:
        bodies = Counter(chain.from_iterable(page.body for page in pages))
        self._common = _Common(bodies, max(MIN_COMMON, COMMON_SHARE * len(pages)))
        self._ignored = _Common(bodies, self._common.least, known)
        words = Counter(chain.from_iterable(page.topic for page in pages))
        frequent = max(MIN_TOPIC, len(pages) // TOPIC_SHARE)
        self._no_topic = {word for word, count in words.items() if count >= frequent}
        self._told: dict[tuple[int, int], bool] = {}

    def different(self, digest: int, holders: Sequence[SeenPage]) -> list[SeenPage]:
        """Enough of a block's pages that tell different stories; among equals, the newest come first."""
        chosen: list[SeenPage] = []
        for page in holders[:MAX_HOLDERS]:
            if all(self._differ(digest, page, other) for other in chosen):
                chosen.append(page)
            if sum(digest in each.body for each in chosen) >= STORIES:
                break
        return chosen

    def _differ(self, digest: int, one: SeenPage, other: SeenPage) -> bool:
        quoted = one.body.get(digest) if digest in other.body and digest not in self._common else None
        if quoted and quoted.is_sentence and self._are_of_one_topic(one, other):
            return False
        key = (id(one), id(other))
        if key not in self._told:
            self._told[key] = are_different(one, other, self._ignored)
        return self._told[key]

    def _are_of_one_topic(self, one: SeenPage, other: SeenPage) -> bool:
        """Whether their headlines share a topic word; ones that differ only in numbers ("Results 12") form a series."""
        return bool((one.topic & other.topic) - self._no_topic) and one.topic != other.topic


def are_different(one: SeenPage, other: SeenPage, ignored: Container[int] = frozenset()) -> bool:
    """Whether two pages tell different stories; `ignored` are blocks that are no evidence either way."""
    shared = one.body.keys() & other.body.keys()
    shared_words = sum(one.body[digest].words for digest in shared if digest not in ignored)
    mine, theirs = (_own(page, shared, ignored) for page in (one, other))
    own_words = min(sum(block.words for block in blocks) for blocks in (mine, theirs))
    if own_words < MIN_OWN_WORDS or shared_words >= own_words:
        return False
    samples = [frozenset().union(*(block.shingles for block in blocks)) for blocks in (mine, theirs)]
    least = min(map(len, samples))
    return not least or len(samples[0] & samples[1]) < COPY_SHARE * least


def _own(page: SeenPage, shared: Set[int], ignored: Container[int]) -> list[BodyBlock]:
    return [block for digest, block in page.body.items() if digest not in shared and digest not in ignored]
