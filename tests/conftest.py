"""Fixtures shared by all tests; each plug-in is a module of tests/support."""

from __future__ import annotations

pytest_plugins = [
    "tests.es_node.es_node_fixture",
    "tests.support.browser",
    "tests.support.commands",
    "tests.support.newsroom",
    "tests.support.postgresql",
    "tests.support.publisher",
    "tests.support.receivers",
    "tests.support.replay_site",
    "tests.support.stores",
    "tests.support.operated",  # after those it imports
    "tests.support.daemons",  # after those it is made of
]

collect_ignore = ["es_node"]  # the kit's own 96 tests: `pytest tests/es_node/tests` from its folder
