"""Requests: work that people and programs asked for, the URLs it covers, and the fills of spans."""
