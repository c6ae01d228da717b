"""Tables of text sketches, by which copies are found, and of the links between copies."""

from __future__ import annotations

import sqlalchemy as sa

from store.schema.columns import ROW_ID, metadata, partial_index

copy_sketch = sa.Table(  # the sketch by which copies of an article's newest text are found, and its cluster
    "copy_sketch",
    metadata,
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=True),  # identifies the article in the two tables below
    sa.Column("article_id", sa.String(32), nullable=False, unique=True),
    sa.Column("source_id", sa.String(64), nullable=False),
    sa.Column("recipe", sa.Integer, nullable=False),  # news.shingles.RECIPE
    sa.Column("shingle_count", sa.Integer, nullable=False),
    sa.Column("sketch", sa.LargeBinary, nullable=False),  # news.shingles.packed; empty = too short to be judged
    sa.Column("seniority", sa.BigInteger, nullable=False),  # news.clusters.seniority_of
    sa.Column("cluster_id", sa.String(32)),  # no article's: it stays when another leads; null = no copies
    sa.Column("standing", sa.Integer, nullable=False),  # news.clusters.Standing
    partial_index("ix_copy_sketch_cluster", "cluster_id", "standing", "seniority", where="cluster_id IS NOT NULL"),
)

copy_band = sa.Table(  # articles whose sketches share a band may be copies
    "copy_band",
    metadata,
    sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

copy_link = sa.Table(  # two articles that are copies, each with the other
    "copy_link",
    metadata,
    sa.Column("number", ROW_ID, primary_key=True, autoincrement=False),
    sa.Column("other", ROW_ID, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
