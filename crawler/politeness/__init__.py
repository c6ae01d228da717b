"""Politeness towards hosts: robots.txt, gates, paces, leases, and the addresses that are never asked."""
