"""Pages from archives, ours and others': read again, verified, taken in, and a record rebuilt from them."""
