"""Reading the URLs that feeds, sitemaps and section pages name from their bytes: pure, no I/O."""
