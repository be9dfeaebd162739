"""Mentions: where names, titles and cues stand in an article."""
