"""Entities: which mentions mean the same actor, and which Wikidata item that is."""
