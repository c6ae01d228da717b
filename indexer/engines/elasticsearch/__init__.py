"""The engine for real installations: Elasticsearch 8.19 or 9; the only package that imports its client."""
