"""Copies of one text among articles: found by their sketches, linked, and grouped in clusters."""
