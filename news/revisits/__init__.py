"""Revisits: when a URL is worth fetching again, by pure rules learned per source and within a budget."""
