"""A page's bytes parsed into a tree, and what the page states about itself for machines."""
