"""What stands around every route: the application, its guard, limits, headers, problems and metrics."""
