"""The shared vocabulary: OWL classes and properties, SKOS schemes, SHACL shapes, named queries."""
