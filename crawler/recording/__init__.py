"""Writing down what crawls fetched: one writer per worker, one transaction for what came in meanwhile."""
