"""What page, API and command line offer operators: work on demand, pauses, and how everything is doing."""
