"""The reconciliation service: OpenRefine and others match their own tables against what Khabar knows.

Specification: https://reconciliation-api.github.io/specs/ (0.2 and 1.0-draft).
"""
