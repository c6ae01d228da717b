"""Crawls: the worker that runs them, one crawl of one source, its spider and Scrapy's settings."""
