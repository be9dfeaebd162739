"""The Flask application: a SPARQL endpoint and pages for people."""
