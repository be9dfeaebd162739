"""Sources become articles: files, folders, globs, standard input, in text, HTML, JSON and JSON lines."""

from kg.read.sources import read_file, read_sources

__all__ = ["read_file", "read_sources"]
