"""Fixtures shared by all tests; each plug-in is a module of tests/support."""

from __future__ import annotations

pytest_plugins = [
    "tests.es_node.es_node_fixture",
    "tests.support.browser",
    "tests.support.commands",
    "tests.support.newsroom",
    "tests.support.publisher",
    "tests.support.replay_site",
]
