"""The daemon: when sources are asked, and what runs beside crawls. Only cli imports it."""
