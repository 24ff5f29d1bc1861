"""Names of things in a sentence, found by their shape, company and recurrence."""
