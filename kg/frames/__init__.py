"""Frames: statements, transfers, agreements, meetings and measures."""
