"""The mentions of a document tied to the things they name."""
