"""Whether an article matches saved queries, as the engines would find it; used by scheduler, search and cli."""
