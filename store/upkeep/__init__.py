"""Upkeep of the record: retention, space, renaming a source, copying the whole, clocks set back."""
