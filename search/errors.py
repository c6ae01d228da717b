"""Errors of searching and of the web server.

NewsdexError
├── QueryTooLong   the query is longer than the parser reads; shorten it (exit code 2)
├── BadRequest     the request makes no sense (exit code 2)
└── CannotListen   the web server's address is in use or does not belong to this machine
"""

from __future__ import annotations

from news.errors import NewsdexError

ENGINE, STORE = "engine", "store"  # the parts that answers depend on
DISK = "disk"  # needed only for new articles
AWAY = {  # what anyone may be told about a part that fails
    ENGINE: "the search engine does not answer now; newsdex's log says why",
    STORE: "the store cannot be reached now; newsdex's log says why",
    DISK: "the disk is full or cannot be read: nothing new can be kept",
}
WELL = {ENGINE: "answers", STORE: "answers", DISK: "has room"}  # and about one that works


class QueryTooLong(NewsdexError):
    """The query is longer than a search reads."""

    exit_code = 2


class BadRequest(NewsdexError):
    """The requested work makes no sense."""

    exit_code = 2


class CannotListen(NewsdexError):
    """The web server cannot listen on its address."""
