"""Questions to a stored graph: named competency questions and free SPARQL, read only."""
