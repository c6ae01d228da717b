"""Errors of searching and of the web server.

NewsdexError
├── QueryTooLong   the query is longer than is read; shorten it
└── CannotListen   the web server's address is taken or not of this machine
"""

from __future__ import annotations

from news.errors import NewsdexError


class QueryTooLong(NewsdexError):
    """The query is longer than a search reads."""


class CannotListen(NewsdexError):
    """The web server cannot have its address."""
