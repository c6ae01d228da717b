"""Figures of all sources, as people watch them."""
