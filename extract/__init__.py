"""Documents in, records out: what the paper says, cell by cell, and where. Knows no RDF."""
