"""The graph for other programs, and what sets two graphs apart."""
