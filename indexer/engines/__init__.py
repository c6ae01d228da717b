"""The search engines behind the port; the only place that imports elasticsearch or tantivy."""
