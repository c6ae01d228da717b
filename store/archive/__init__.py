"""The WARC archive: written, read, indexed, checked and scrubbed; and the archives of others, read."""
