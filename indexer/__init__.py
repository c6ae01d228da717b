"""From the store's outbox to a search engine. Only cli, scheduler and search import it."""
