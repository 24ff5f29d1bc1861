"""The whole flow: documents in, facts out."""
