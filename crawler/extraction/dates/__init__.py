"""When a story was published and last changed."""
