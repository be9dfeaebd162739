"""The store: one writer, published immutable versions, readers of the current one.

For readers (server, queries, exports):

    with open_current(db) as (version, graph):     # or: version = current(db); with version.hold(): version.open()
        version.number, version.base, version.manifest.published, version.path
        read_article(version, article_id)          # StoredArticle: text, source, record; None if there is none
        find_gone(version, iri)                    # Gone: what a 410 tells; None if nothing ever stood there

For clients' writes: `write(db, change_of, judge)`, one atomic change, published. For articles: `kg.ingest`.
"""

from kg.store.change import Change, write
from kg.store.layout import base_iri
from kg.store.ledger import Gone, StoredArticle, find_gone, read_article, read_articles
from kg.store.versions import Manifest, Version, current, open_current

__all__ = [
    "Change",
    "Gone",
    "Manifest",
    "StoredArticle",
    "Version",
    "base_iri",
    "current",
    "find_gone",
    "open_current",
    "read_article",
    "read_articles",
    "write",
]
