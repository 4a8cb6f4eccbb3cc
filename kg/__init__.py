"""Records in, knowledge out: the graph, its store, its queries and the command line."""
