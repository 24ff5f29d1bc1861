"""The graph as RDF: written, stored, asked and checked."""
