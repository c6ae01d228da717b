"""The body: a page's passages are measured, judged and assembled into blocks."""
