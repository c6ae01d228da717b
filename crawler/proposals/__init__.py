"""From an address of a site to the proposal of a source."""
