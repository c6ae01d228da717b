"""Copies of one text among articles: looked up by their sketches, linked, and grouped in clusters."""
