"""What a person sees and says of links: actors without an item, decisions, and files to hand on.

Reads published versions only; `kg.ingest.relink` takes the decisions in.
"""
