"""What is written for others: exports, and the pages of the ontology."""
