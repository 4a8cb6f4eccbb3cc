"""Records in, quads out: the only writer of triples, which mints every IRI of the graph."""

from kg.rdf.document import document_graphs, document_quads
from kg.rdf.names import DEFAULT_BASE, document_iri, graph_iri, identity_iri
from kg.rdf.schema import schema_quads

__all__ = [
    "DEFAULT_BASE",
    "document_graphs",
    "document_iri",
    "document_quads",
    "graph_iri",
    "identity_iri",
    "schema_quads",
]
