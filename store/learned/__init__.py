"""What fetches teach about each source: its boilerplate, how its pages read, and when they are edited."""
