"""A publisher that exists only on this machine, for trying newsdex without contacting a real one."""
