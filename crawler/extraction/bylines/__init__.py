"""Who wrote a story: people and agencies."""
