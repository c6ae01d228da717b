"""Working with archived pages, ours and others': rereading, verifying, taking them in, and rebuilding a record."""
