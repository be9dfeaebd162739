"""Validation of anyone's RDF that follows the ontology: read, judge, point at the line, tell in many forms."""
