"""A client of the HTTP API for Python programs."""

from search.client.client import Client

__all__ = ["Client"]
