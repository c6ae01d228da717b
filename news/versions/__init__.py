"""What tells two versions of an article apart: digests, alignment, word-level diffs."""
