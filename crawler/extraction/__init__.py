"""From a page's bytes to an Article or a reason: pure, no I/O; imports neither Scrapy nor store."""
