"""Joins across articles: utterances, occurrences, copies."""
