"""One indicator over time."""
