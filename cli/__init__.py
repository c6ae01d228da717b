"""The `newsdex` command: the only place that wires settings, store, engine and services together."""
