"""Forgetting an article for good: from the record, the index and the archive, and the list that keeps it away."""
