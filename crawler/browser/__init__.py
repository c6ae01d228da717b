"""Rendering pages whose story is loaded by scripts, in a browser that has no network of its own."""
