"""Backups of the record: made while it is being written, described by a manifest, and restored."""
