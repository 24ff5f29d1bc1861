"""The graph as a SPARQL endpoint on the loopback, with a page to ask from."""
