"""Sources become articles: files, folders, globs, standard input, in text, HTML, JSON and JSON lines."""
