"""The daemon: when sources are polled, and what runs beside crawls. Only cli imports it."""
