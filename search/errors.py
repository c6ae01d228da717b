"""Errors of searching and of the web server.

NewsdexError
├── QueryTooLong   the query is longer than is read; shorten it (exit code 2)
├── BadRequest     what is asked for makes no sense (exit code 2)
└── CannotListen   the web server's address is taken or not of this machine
"""

from __future__ import annotations

from news.errors import NewsdexError

ENGINE, STORE = "engine", "store"  # the parts that answers need
DISK = "disk"  # what only new articles need
AWAY = {  # what everybody may be told of one that fails
    ENGINE: "the search engine does not answer now; newsdex's log says why",
    STORE: "the store cannot be reached now; newsdex's log says why",
    DISK: "the disk is full or cannot be read: nothing new can be kept",
}
WELL = {ENGINE: "answers", STORE: "answers", DISK: "has room"}  # and of one that does not


class QueryTooLong(NewsdexError):
    """The query is longer than a search reads."""

    exit_code = 2


class BadRequest(NewsdexError):
    """Work was asked for that makes no sense."""

    exit_code = 2


class CannotListen(NewsdexError):
    """The web server cannot have its address."""
