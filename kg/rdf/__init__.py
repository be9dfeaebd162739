"""Quads: the vocabulary, the IRIs, and an article's extraction as one named graph."""
