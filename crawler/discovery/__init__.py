"""From a feed, sitemap or section page's bytes to the URLs it names: pure, no I/O."""
