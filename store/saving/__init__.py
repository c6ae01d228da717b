"""Saving what was fetched: URL state, fetch record, article version and the intent to index, in one transaction."""
