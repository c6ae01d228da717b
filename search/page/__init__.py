"""The web page: server-rendered HTML that needs no JavaScript."""
