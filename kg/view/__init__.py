"""The graph as one page that works offline."""
