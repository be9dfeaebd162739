"""`POST /validate`: anyone's RDF against the shapes, each request in a process of its own like a query."""
