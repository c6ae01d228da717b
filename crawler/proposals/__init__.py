"""Proposing a source, given an address of a site."""
