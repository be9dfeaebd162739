"""Pages for people, in Arabic and English, and the same things as RDF; all of it works without JavaScript."""
