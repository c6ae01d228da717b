"""The embedded search engine: tantivy in this process; the only package that imports it."""
