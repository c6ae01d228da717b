"""When a URL is worth asking for again: pure rules, learned per source, under a budget."""
