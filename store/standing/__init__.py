"""Stored standing searches: the searches, their matches, and the alerts still to be sent."""
