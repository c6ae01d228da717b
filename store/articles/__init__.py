"""Articles as they are read, and which article a story, an address or a text belongs to."""
