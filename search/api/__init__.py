"""The HTTP API: its routes, its response bodies and its OpenAPI description."""
