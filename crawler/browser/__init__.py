"""Pages whose story their scripts bring: rendered in a browser that has no network of its own."""
