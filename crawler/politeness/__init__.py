"""How hosts are asked: robots.txt, gates, paces, leases, and which addresses are never asked."""
