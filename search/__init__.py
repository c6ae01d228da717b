"""Search for people and programs: articles and their history, as an HTTP API and as a web page.

`service` is what other packages call; only `cli` imports this package.
"""
