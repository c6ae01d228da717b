"""The HTTP API: its routes, its bodies and its description."""
