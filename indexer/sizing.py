"""How many primary shards an Elasticsearch index needs; docs/decisions/0014-one-index.md has the arithmetic."""

from __future__ import annotations

from math import ceil

GIB = 2**30
SHARD_BYTES = 30 * GIB  # of one shard at most: Elastic's advice is 10 to 50 GB (docs "Size your shards")
ARTICLE_BYTES = 15_000  # of an index: 3 bytes a character of body (benchmarks/indexing.py), of 5,000 characters
OTHER_FIELDS = "made with other fields than today's; `newsdex reindex` makes it anew"
CROWDED = "its shards have grown large; `newsdex reindex` makes it anew with more of them"
GROWTH = 2  # articles until the next rebuild, over those of today


def shards_for(article_count: int) -> int:
    """The number of primary shards for an index of this many articles that may grow.

    >>> [shards_for(count) for count in (0, 1_000_000, 10_000_000, 100_000_000)]
    [1, 1, 10, 94]
    """
    return max(1, ceil(article_count * GROWTH * ARTICLE_BYTES / SHARD_BYTES))


def is_crowded(size_bytes: int, shard_count: int) -> bool:
    """Whether the index should be built anew with more shards."""
    return size_bytes > shard_count * SHARD_BYTES * GROWTH
