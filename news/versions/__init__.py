"""Versions of an article: digests, alignment of paragraphs, word-level diffs."""
