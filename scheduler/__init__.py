"""The daemon that decides when sources are asked; to be built on the frontier's due rows (see docs/architecture.md)."""
