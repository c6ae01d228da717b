"""From an answer to everything that is saved about it."""
