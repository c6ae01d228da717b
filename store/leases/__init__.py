"""Leases: claims on a host, the index's writer or an archive file, and the processes that hold them."""
