"""Settings and sources: files and the environment, parsed once at the edge into frozen values."""
