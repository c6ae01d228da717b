"""Live blogs as dated posts."""
