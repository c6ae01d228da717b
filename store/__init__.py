"""The record: what was fetched, every version of every article, and what the index still has to be told.

The only package that imports sqlalchemy or warcio. Everything above may import it.
"""
