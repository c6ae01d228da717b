"""Saved searches for people: saving, matches, deliveries, and what a token opens."""
