"""Khabar: a knowledge graph of the news that keeps who said it.

`kg` is the library and the command line; `server` is the Flask application. Start reading at `kg/pipeline.py`.
"""

__version__ = "0.1.0"
