"""Backups of the record: made while it is written, described by a manifest, put back."""
