"""The WARC archive: writing, reading, indexing, checking and scrubbing it, and reading other people's archives."""
