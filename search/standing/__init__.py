"""Saved searches as people keep them: saved, matched, told and opened by a token."""
