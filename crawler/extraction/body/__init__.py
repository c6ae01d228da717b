"""The body: a page's passages measured, judged and put together as blocks."""
