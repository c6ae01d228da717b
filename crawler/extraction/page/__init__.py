"""A page's bytes as a tree, and what it states about itself for machines."""
