"""Removing an article for good from record, index and archive, and the list that keeps it from coming back."""
