"""The processes that read pages, and what runs in them."""
