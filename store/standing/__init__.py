"""Standing searches as they are kept: the searches, what they matched, and whom that is still to be told."""
