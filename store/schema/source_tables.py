"""The tables that name a source, except those with too many rows for one transaction, which are changed in parts."""

from __future__ import annotations

from store.schema import article, copy_sketch, metadata, url

_IN_PARTS = (article, copy_sketch, url)
AT_ONCE = [table for table in metadata.sorted_tables if "source_id" in table.c and table not in _IN_PARTS]
