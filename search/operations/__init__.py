"""What page, API and command line do for operators: work asked for, pauses, and how everything is doing."""
