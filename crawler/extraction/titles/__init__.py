"""The headline of a story, without the names of its site."""
