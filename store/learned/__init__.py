"""What fetches teach about each source: its boilerplate, how its pages usually read, and when they are edited."""
