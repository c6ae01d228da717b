"""A publisher that exists only on this machine, for trying newsdex without asking a real one."""
