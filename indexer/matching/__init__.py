"""Matching articles with saved queries, with the engines' results; used by scheduler, search and cli."""
