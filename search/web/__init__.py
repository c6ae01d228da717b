"""What surrounds every route: the application, its guard, limits, headers, problems and metrics."""
