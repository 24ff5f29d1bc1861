"""Which names of all documents are one thing, and why."""
