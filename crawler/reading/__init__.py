"""The reading processes, and what runs in them."""
