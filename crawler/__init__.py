"""Discovery, fetch and extraction. Only cli, scheduler and search may import it; it never imports indexer."""
