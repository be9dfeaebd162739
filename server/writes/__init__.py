"""Writes by clients: SPARQL Update and the Graph Store Protocol, off unless tokens are given.

A write runs in a process of its own (`writer.py`): it takes the store's writer lock, changes the writer's copy, has the
gate judge what changed, and publishes a new version, or leaves nothing behind.
"""
