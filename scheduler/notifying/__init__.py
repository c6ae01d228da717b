"""Telling people: matches of saved searches, troubles to operators, and the heartbeat to a monitor."""
