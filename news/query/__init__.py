"""The query language: one grammar and one tree for every engine."""
