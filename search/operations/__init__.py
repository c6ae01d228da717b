"""What page, API and command line offer operators: work on demand, pauses, and the state of the installation."""
