"""The frontier: every known URL, when it is due, and how new ones enter it."""
